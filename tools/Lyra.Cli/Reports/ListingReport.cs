using System;
using System.IO;
using Lyra.Interpreter.Compilation.Options;

namespace Lyra.Cli.Reports;

/// <summary>The bytecode of a script before and after the optimizer.</summary>
internal static class ListingReport
{
    /// <param name="output">Where it is written.</param>
    /// <param name="compile">Compiles the script at an optimization level.</param>
    public static void Write(TextWriter output, Func<int, LyraScript> compile)
    {
        LyraScript before = compile(0);
        LyraScript after = compile(CompilerOptions.DefaultOptimizationLevel);
        output.WriteLine("; before the optimizer (-O0)");
        output.WriteLine(before.Disassemble().TrimEnd());
        output.WriteLine();
        output.WriteLine($"; after the optimizer (-O{CompilerOptions.DefaultOptimizationLevel})");
        output.WriteLine(after.Disassemble().TrimEnd());
    }
}
