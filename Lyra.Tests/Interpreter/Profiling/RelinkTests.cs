using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Profiling;

/// <summary>
/// Profiles of code that was loaded before: the benchmark programs run while profiles begin and end between their calls. The results and
/// steps are those without a profile, and the counts those of a profile that was there from the beginning.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class RelinkTests
{
    public static TheoryData<string> Programs() => new(BenchmarkProgram.All().Select(program => program.File));

    [Theory]
    [SweepData(nameof(Programs))]
    public void A_profile_that_begins_late_counts_the_same_and_changes_nothing(string file)
    {
        BenchmarkProgram program = BenchmarkProgram.All().Single(each => each.File == file);
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On, JitMode.Stress })
        {
            using LyraEngine plain = Load(program, jit);
            using LyraEngine early = Load(program, jit, out LyraProfiler fromTheBeginning);
            using LyraEngine late = Load(program, jit);
            Call(early, program).ShouldBe(Call(plain, program), $"{jit}");
            Call(late, program);
            Dictionary<string, long> before = Counts(fromTheBeginning);

            using (LyraProfiler profiler = late.Profile(ProfileLevel.Basic))
            {
                (string Result, long Steps) called = Call(late, program);

                called.ShouldBe(Call(plain, program), $"{jit}");
                Call(early, program).ShouldBe(called, $"{jit}");
                Dictionary<string, long> after = Counts(fromTheBeginning);
                Dictionary<string, long> counts = Counts(profiler);
                counts.Keys.Where(key => counts[key] != after[key] - before.GetValueOrDefault(key)).ShouldBeEmpty($"{jit}");
                counts.Values.Sum().ShouldBe(after.Values.Sum() - before.Values.Sum());
            }

            Call(late, program).ShouldBe(Call(plain, program), $"{jit}");
        }
    }

    private static LyraEngine Load(BenchmarkProgram program, JitMode jit)
    {
        LyraEngine engine = Load(program, jit, out LyraProfiler profiler, ProfileLevel.None);
        profiler.Dispose();
        return engine;
    }

    private static LyraEngine Load(
        BenchmarkProgram program, JitMode jit, out LyraProfiler profiler, ProfileLevel level = ProfileLevel.Basic)
    {
        LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            HotLoopThreshold = 10,
            HotProcThreshold = 10,
            CompilesInBackground = false,
            Output = TextWriter.Null,
        });
        profiler = engine.Profile(level);
        engine.Run(BenchmarkProgram.Declarations(BenchmarkProgram.Folder, program.File), program.File);
        return engine;
    }

    /// <summary>The result of one call, and the steps that it took.</summary>
    private static (string Result, long Steps) Call(LyraEngine engine, BenchmarkProgram program)
    {
        long before = engine.Statistics.Jit.Steps;
        string result = engine.Call("run", program.Size).ToString()!;
        return (result, engine.Statistics.Jit.Steps - before);
    }

    private static Dictionary<string, long> Counts(LyraProfiler profiler) => profiler.Snapshot().Code
        .GroupBy(i => string.Create(CultureInfo.InvariantCulture, $"{i.File}:{i.Line} {i.Proc} {i.Index} {i.Text}"))
        .ToDictionary(group => group.Key, group => group.Sum(i => i.Count));
}
