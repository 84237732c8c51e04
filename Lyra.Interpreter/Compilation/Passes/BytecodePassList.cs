using System;
using Lyra.Interpreter.Syntax;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>A bytecode pass: its name and the lowest optimization level that runs it.</summary>
internal readonly record struct PassRow(string Name, int Level, Action<ProcCode> Run);

/// <summary>
/// The bytecode passes in the order in which they run. No pass changes the behavior of a script, the positions of its errors or its steps:
/// costs are computed before the first pass, and no pass changes an instruction that charges steps.
/// </summary>
internal static class BytecodePassList
{
    public static readonly PassRow[] Rows =
    [
        // First: it finds loops as they were emitted, before jump threading changes the jumps into them.
        new("constant-hoisting", Level: 2, ConstantHoisting.Run),

        // Leaves unreachable jumps to dead-code.
        new("jump-threading", Level: 1, BytecodeJumpThreading.Run),
        new("dead-code", Level: 1, BytecodeDeadCode.Run),

        // After dead-code: no unreachable code separates a jump from the one that it jumps over.
        new("branch-inversion", Level: 2, BranchInversion.Run),

        // Before return-forwarding, which removes the copies in front of the new returns.
        new("return-duplication", Level: 3, ReturnDuplication.Run),
        new("return-forwarding", Level: 2, ReturnForwarding.Run),
    ];

    public static void Run(ProcCode code, int level, CompilationMeter meter)
    {
        foreach (PassRow pass in Rows)
        {
            if (pass.Level > level) continue;
            meter.Count(CompilationMeter.PassedInstruction * (long)code.Code.Count);
            meter.Expect(CompilationMeter.NanosecondsPerInstruction * code.Code.Count);
            pass.Run(code);
        }
    }
}
