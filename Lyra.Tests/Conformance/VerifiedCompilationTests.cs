using System;
using System.IO;
using System.Threading;
using Lyra.Cli.CommandLine;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Verification;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// All code compiled for the conformance cases and the benchmark programs is verifiable as an assembly, by a verifier that knows nothing of
/// Lyra. Other tests check the output of the programs.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class VerifiedCompilationTests
{
    /// <summary>A low threshold, so that as much as possible is compiled.</summary>
    private const int Hot = 5;

    private static readonly StandardStreams Streams = new();
    private static readonly ProgramVerifier Verifier = new();
    private static readonly Lock Gate = new();

    public static TheoryData<string, bool> Cases()
    {
        TheoryData<string, bool> rows = [];
        foreach (ConformanceCase test in ConformanceRuns.AllCases)
        {
            // Cases with invalid options run nothing, so they compile nothing.
            if (OptionScanner.TryParseRun([.. test.Run("on").Arguments], out _))
            {
                rows.Add(test.Name, false);
                rows.Add(test.Name, true);
            }
        }

        return rows;
    }

    public static TheoryData<string, int, bool> Programs()
    {
        TheoryData<string, int, bool> rows = [];
        foreach (BenchmarkProgram program in BenchmarkProgram.All())
        {
            rows.Add(program.File, program.Size, true);
            if (program.IsHotWhenSmall)
            {
                rows.Add(program.File, program.Size, false);
            }
        }

        return rows;
    }

    [Theory]
    [SweepData(nameof(Cases))]
    public void Code_compiled_for_a_conformance_case_is_verifiable(string name, bool isStressed)
    {
        CommandRun run = ConformanceRuns.Case(name).Run(isStressed ? "stress" : "on");
        OptionScanner.TryParseRun([.. run.Arguments], out RunRequest? request).ShouldBeTrue();
        string file = Path.Combine(run.Folder, request.File);
        LyraOptions options = request.Settings.ToOptions(run.Folder, request.ScriptArguments, Streams);

        int regions = Verify(file, options with
        {
            HotLoopThreshold = Hot,
            HotProcThreshold = Hot,
            HotExitThreshold = Hot,
            Input = new StreamReader(new MemoryStream(run.Input))
        });

        if (!isStressed && ConformanceRuns.Case(name).Section == "15-hot")
        {
            regions.ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void Code_compiled_for_a_benchmark_program_is_verifiable(string file, int size, bool isStressed)
    {
        LyraOptions options = new() { Jit = isStressed ? JitMode.Stress : JitMode.On, Arguments = [$"{size}"] };

        int regions = Verify(Path.Combine(BenchmarkProgram.Folder, file), options);

        regions.ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// Runs a program to its end, with or without an error, and verifies the compiled code. Returns the number of regions.
    /// </summary>
    private static int Verify(string file, LyraOptions options)
    {
        using LyraEngine engine = new(ProgramVerifier.OptionsFor(options) with { Output = TextWriter.Null });
        EmittedMethods methods = ProgramVerifier.Watch(engine);
        try
        {
            engine.Run(File.ReadAllText(file), Path.GetFileName(file));
        }
        catch (Exception e) when (e is LyraException or LyraCompileException or LyraExitException)
        {
            // The case is about an error; code compiled before the error is still verified.
        }

        lock (Gate)
        {
            Verifier.Verify(Path.GetFileNameWithoutExtension(file), methods).Faults.ShouldBeEmpty();
        }

        return methods.Regions;
    }
}
