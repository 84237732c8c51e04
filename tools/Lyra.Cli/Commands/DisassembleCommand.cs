using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra disasm</c>: prints the bytecode of a program with its source lines, before and after the optimizer.</summary>
internal static class DisassembleCommand
{
    public static int Execute(string file, StandardStreams streams)
    {
        string source = SourceFile.Read(file);
        try
        {
            FileModuleLoader modules = new(Path.GetDirectoryName(file) ?? string.Empty);
            ListingReport.Write(streams.Output, level => LyraScript.Compile(source, file, level, moduleLoader: modules));
            return ExitCodes.Done;
        }
        catch (LyraCompileException e)
        {
            ErrorReport.WriteDiagnostics(streams.Error, e.Diagnostics, source);
            return ExitCodes.BadSource;
        }
    }
}
