using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Profiling;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Profiling;

/// <summary>
/// The counts of blocks are those of the instructions: the conformance cases run with one counter for each block and with one for each
/// instruction, in the interpreter and in compiled code. All give the same counts, output and steps.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ProfileExactnessTests
{
    public static TheoryData<string> Cases() => new(ConformanceRuns.AllCases.Where(IsPlain).Select(test => test.Name));

    [Theory]
    [SweepData(nameof(Cases))]
    public void Every_way_of_counting_gives_the_same_counts(string name)
    {
        string file = Path.Combine(ConformanceCase.Folder, name + ".lyra");
        string expected = Run(file, JitMode.Off, null, out _, out _);
        string byInstruction = Run(file, JitMode.Off, ProfileLevel.Full, out Dictionary<string, long> exact, out _);
        byInstruction.ShouldBe(expected);
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On, JitMode.Stress })
        {
            Run(file, jit, ProfileLevel.Basic, out Dictionary<string, long> counts, out long compiled).ShouldBe(expected, $"{jit}");
            Differences(exact, counts).ShouldBeEmpty($"{jit}");
        }
    }

    private static string Run(string file, JitMode jit, ProfileLevel? level, out Dictionary<string, long> counts, out long compiled)
    {
        StringWriter output = new();
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 10,
            HotProcThreshold = 10,
            CompilesInBackground = false,
            Output = output,
            Capabilities = LyraCapabilities.None,
        });
        ProfileSession session = new(level ?? ProfileLevel.None);
        if (level is not null)
        {
            engine.BeginProfile(session);
        }

        try
        {
            engine.Run(File.ReadAllText(file), file);
        }
        catch (LyraException e)
        {
            output.WriteLine($"{e.Kind}: {e.Message}");
        }

        LyraProfile profile = engine.Read(session);
        counts = profile.Code.GroupBy(i => $"{i.File}:{i.Line} {i.Proc} {i.Index} {i.Text}")
            .ToDictionary(group => group.Key, group => group.Sum(i => i.Count));
        compiled = profile.CompiledInstructions;
        output.WriteLine($"{engine.Statistics.Jit.Steps} steps");
        return output.ToString();
    }

    private static List<string> Differences(Dictionary<string, long> expected, Dictionary<string, long> actual) =>
    [
        .. expected.Keys.Union(actual.Keys)
            .Where(key => expected.GetValueOrDefault(key) != actual.GetValueOrDefault(key))
            .Select(key => $"{key}: {expected.GetValueOrDefault(key)} expected, {actual.GetValueOrDefault(key)} counted"),
    ];

    /// <summary>Whether a case needs nothing but its source.</summary>
    private static bool IsPlain(ConformanceCase test) => test.ExitCode != 2 && test.Options.Length == 0 && test.ProgramArguments.Length == 0
        && test.Input.Length == 0 && !test.IsTimed
        && !File.ReadAllText(Path.Combine(ConformanceCase.Folder, test.Name + ".lyra")).Contains("import ", StringComparison.Ordinal);
}
