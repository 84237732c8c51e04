using Lyra.Cli.Files;
using Lyra.Cli.Output;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra disasm</c>: prints the bytecode of a program with its source lines, before and after the optimizer.</summary>
internal static class DisassembleCommand
{
    public static int Execute(string file, StandardStreams streams)
    {
        string source = SourceFile.Read(file);
        try
        {
            LyraScript before = LyraScript.Compile(source, file, optimizationLevel: 0);
            LyraScript after = LyraScript.Compile(source, file);
            streams.Output.WriteLine("; before the optimizer (-O0)");
            streams.Output.WriteLine(before.Disassemble().TrimEnd());
            streams.Output.WriteLine();
            streams.Output.WriteLine("; after the optimizer (-O2)");
            streams.Output.WriteLine(after.Disassemble().TrimEnd());
            return ExitCodes.Done;
        }
        catch (LyraCompileException e)
        {
            ErrorReport.WriteDiagnostics(streams.Error, e.Diagnostics, source);
            return ExitCodes.BadSource;
        }
    }
}
