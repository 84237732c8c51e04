using System;
using Lyra.Interpreter.Compilation.Emission;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>A bytecode pass: its name and the lowest optimization level that runs it.</summary>
internal readonly record struct PassRow(string Name, int Level, Action<ProcCode> Run);

/// <summary>All bytecode passes, in the order in which they run. None changes what a program does or the steps it is charged.</summary>
internal static class PassList
{
    public static readonly PassRow[] Rows =
    [
    ];

    public static void Run(ProcCode code, int level)
    {
        foreach (PassRow pass in Rows)
        {
            if (pass.Level <= level) pass.Run(code);
        }
    }
}
