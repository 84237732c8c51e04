using System;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>The benchmark programs run compiled and give the same results in all modes of the compiler.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class BenchmarkTierTests
{
    // A program as users write it has dozens of procs and loops, which become hot one after the other.
    private const long WarmUpSteps = 10_000_000;

    /// <summary>The percentage of compiled steps that a warm program must reach.</summary>
    private const int LeastShare = 95;

    public static TheoryData<string, int> Programs() => Rows(_ => true);

    public static TheoryData<string, int> CompilablePrograms() => Rows(program => program.IsCompilable);

    [Theory]
    [SweepData(nameof(CompilablePrograms))]
    public void After_warm_up_nearly_all_steps_are_taken_in_compiled_code(string file, int size)
    {
        using WarmProgram program = new(BenchmarkProgram.Folder, file);
        do
        {
            program.Call(size);
            program.Call(size);
        }
        while (program.Jit.Steps < WarmUpSteps);

        JitStatistics warm = program.Call(size).Added;

        (warm.CompiledSteps - warm.CallOuts).ShouldBeGreaterThanOrEqualTo(warm.Steps / 100 * LeastShare, warm.ToString());
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void All_modes_return_the_same_result_and_take_the_same_steps(string file, int size)
    {
        BenchmarkProgram program = BenchmarkProgram.All().Single(program => program.File == file);
        foreach (int level in new[] { 0, 2 })
        {
            (string result, JitStatistics interpreted) = Run(file, size, JitMode.Off, level);
            interpreted.CompiledSteps.ShouldBe(0);
            foreach (JitMode mode in new[] { JitMode.On, JitMode.Stress })
            {
                (string compiledResult, JitStatistics compiled) = Run(file, size, mode, level);

                compiledResult.ShouldBe(result, $"{mode}, level {level}");
                compiled.Steps.ShouldBe(interpreted.Steps, $"{mode}, level {level}");
                bool isHot = mode == JitMode.Stress ? program.IsCompilable : program.IsHotWhenSmall;
                compiled.CompiledSteps.ShouldBeGreaterThanOrEqualTo(isHot ? 1 : 0, $"{mode}, level {level}");
            }
        }
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void Code_compiled_by_another_thread_returns_the_same_result_and_takes_the_same_steps(string file, int size)
    {
        using WarmProgram interpreted = new(BenchmarkProgram.Folder, file, JitMode.Off);
        using WarmProgram compiled = new(BenchmarkProgram.Folder, file, compilesInBackground: true);
        for (int call = 0; call < 4; call++)
        {
            (string result, JitStatistics added) = interpreted.Call(size);
            (string other, JitStatistics addedToOther) = compiled.Call(size);

            other.ShouldBe(result);
            addedToOther.Steps.ShouldBe(added.Steps);
        }
    }

    private static TheoryData<string, int> Rows(Func<BenchmarkProgram, bool> isIncluded)
    {
        TheoryData<string, int> rows = [];
        foreach (BenchmarkProgram program in BenchmarkProgram.All().Where(isIncluded))
        {
            rows.Add(program.File, program.Size);
        }

        return rows;
    }

    private static (string Result, JitStatistics Added) Run(string file, int size, JitMode mode, int level)
    {
        using WarmProgram program = new(BenchmarkProgram.Folder, file, mode, level);
        return program.Call(size);
    }
}
