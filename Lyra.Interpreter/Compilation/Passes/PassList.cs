using System;
using Lyra.Interpreter.Compilation.Emission;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>A bytecode pass: its name and the lowest optimization level that runs it.</summary>
internal readonly record struct PassRow(string Name, int Level, Action<ProcCode> Run);

/// <summary>
/// All bytecode passes, in the order in which they run. None changes what a program does, where its errors are reported, or the steps it is
/// charged: costs are counted before the first one, and no pass touches an instruction that charges.
/// </summary>
internal static class PassList
{
    public static readonly PassRow[] Rows =
    [
        new("constant-hoisting", Level: 2, ConstantHoisting.Run), // first: finds loops as they are emitted, before jump-threading jumps over their entry
        new("jump-threading", Level: 1, JumpThreading.Run), // leaves jumps that nothing reaches any more
        new("dead-code", Level: 1, DeadCode.Run),
        new("branch-inversion", Level: 2, BranchInversion.Run), // after dead-code: nothing unreached parts a jump from the one over which it goes
        new("return-forwarding", Level: 2, ReturnForwarding.Run),
    ];

    public static void Run(ProcCode code, int level)
    {
        foreach (PassRow pass in Rows)
        {
            if (pass.Level <= level) pass.Run(code);
        }
    }
}
