using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Verification;
using Lyra.Jit.Emission;
using Lyra.Jit.Inspection;

namespace Lyra.Cli.Commands;

/// <summary>
/// <c>lyra verify</c>: runs programs, writes the compiled code of each into an assembly, and verifies its IL. The output of the programs is
/// discarded; standard output shows the report. The command ends at the first program whose code is not verifiable.
/// </summary>
internal static class VerifyCommand
{
    public static int Execute(RunSettings settings, string[] files, string[] scriptArguments, StandardStreams streams)
    {
        if ((settings.Jit ?? settings.Preset.Jit) == JitMode.Off)
        {
            throw new UsageException("lyra verify verifies compiled code, and --jit off compiles nothing; remove --jit");
        }

        using ProgramVerifier verifier = new();
        HashSet<string> names = [];
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            string name = NameOf(file, names);
            code = Math.Max(code, VerifyProgram(new RunRequest(settings, file, scriptArguments), name, verifier, streams));
            if (code == ExitCodes.CheckFailed)
            {
                break;
            }
        }

        return code;
    }

    /// <summary>Runs a program and verifies the code compiled for it, even if the program failed.</summary>
    private static int VerifyProgram(RunRequest request, string name, ProgramVerifier verifier, StandardStreams streams)
    {
        string source = SourceFile.Read(request.File);
        string? assembly = request.Settings.AssemblyFolder is { } folder ? Path.Combine(folder, name + ".dll") : null;
        if (assembly is not null)
        {
            OutputFile.RequireInFolder(assembly);
        }

        string programFolder = Path.GetDirectoryName(request.File) ?? string.Empty;
        LyraOptions options = request.Settings.ToOptions(programFolder, request.ScriptArguments, streams);
        using LyraEngine engine = new(ProgramVerifier.OptionsFor(options) with { Output = TextWriter.Null });
        EmittedMethods methods = ProgramVerifier.Watch(engine);
        int code = Execution.Run(engine, source, request.File, request.Settings, streams, out _);
        VerifiedProgram verified = verifier.Verify(name, methods);
        if (assembly is not null)
        {
            OutputFile.Write(assembly, file => file.Write(verified.Image));
        }

        Report(request.File, methods, verified, assembly, streams.Output);
        return ExitCodeOf(verified, code);
    }

    /// <summary>A fault of the compiler takes precedence over one of the program. The exit code of a script is ignored.</summary>
    internal static int ExitCodeOf(VerifiedProgram verified, int programCode)
    {
        bool hasFailed = programCode is ExitCodes.BadSource or ExitCodes.ScriptError;
        return verified.Faults.Count > 0 ? ExitCodes.CheckFailed : hasFailed ? programCode : ExitCodes.Done;
    }

    private static void Report(string file, EmittedMethods methods, VerifiedProgram verified, string? saved, TextWriter output)
    {
        long bytes = 0;
        foreach ((_, IlBuffer code) in methods.All)
        {
            bytes += code.ByteCount;
        }

        string what = methods.All.Count == 0
            ? "nothing was compiled"
            : $"{Count(methods.Regions, "region")}, {Count(methods.All.Count, "method")}, {Count(bytes, "byte")} of IL, "
                + Count(verified.Faults.Count, "fault");
        output.WriteLine($"{file}: {what}{(saved is null ? string.Empty : $"; {saved}")}");
        foreach (string fault in verified.Faults)
        {
            output.WriteLine($"  {fault}");
        }
    }

    /// <summary>The program's name, followed by a number if an earlier program has the same name.</summary>
    private static string NameOf(string file, HashSet<string> names)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string unique = name;
        for (int copy = 2; !names.Add(unique); copy++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{copy}");
        }

        return unique;
    }

    private static string Count(long number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {unit}{(number == 1 ? string.Empty : "s")}");
}
