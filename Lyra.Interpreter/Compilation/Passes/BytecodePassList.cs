using System;
using System.Collections.Generic;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Passes;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// The bytecode passes in the order in which they run. No pass changes the behavior of a script, the positions of its errors or its steps:
/// costs are computed before the first pass, and no pass changes an instruction that charges steps.
/// </summary>
internal static class BytecodePassList
{
    private static readonly PassPlan<ProcCode> Plan = new(
        [
            Row("constant-hoisting", level: 2, ConstantHoisting.Run),
            Row("jump-threading", level: 1, BytecodeJumpThreading.Run),
            Row("dead-code", level: 1, BytecodeDeadCode.Run),
            Row("dead-stores", level: 2, DeadStores.Run),
            Row("branch-inversion", level: 2, BranchInversion.Run),
            Row("return-duplication", level: 3, ReturnDuplication.Run),
            Row("return-forwarding", level: 2, ReturnForwarding.Run),
        ],
        new("constant-hoisting", "jump-threading", "it finds loops as they were emitted, and jump threading changes the jumps into them"),
        new("jump-threading", "dead-code", "it leaves jumps that nothing reaches"),
        new("dead-code", "branch-inversion", "no dead code may separate a jump from the one that it jumps over"),
        new("return-duplication", "return-forwarding", "it removes the copies in front of the new returns"));

    public static IReadOnlyList<Pass<ProcCode>> Rows => Plan.Passes;

    /// <summary>Runs the passes of an optimization level; they count as work of the compilation.</summary>
    public static void Run(ProcCode code, int level, WorkMeter meter)
    {
        code.Meter = meter;
        try
        {
            Plan.Run(code, PassRun.All with { Level = level }, new Metered(meter));
        }
        finally
        {
            code.Meter = null;
        }
    }

    private static Pass<ProcCode> Row(string name, int level, Action<ProcCode> run) =>
        new(name, code => Apply(run, code)) { Level = level };

    private static bool Apply(Action<ProcCode> run, ProcCode code)
    {
        run(code);
        return true;
    }

    private sealed class Metered(WorkMeter meter) : IPassObserver<ProcCode>
    {
        public void Before(string pass, ProcCode code)
        {
            meter.Count(CompilationCosts.PassedInstruction * (long)code.Code.Count);
            meter.Expect(CompilationCosts.NanosecondsPerInstruction * code.Code.Count);
        }
    }
}
