using System.IO;
using System.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// Programs that are hard to compile give correct results and reach a steady state: recompilation becomes rare, and the cost of exits and
/// interpreter call-outs stays small compared with the work of compiled code. So they do not become slower than in the interpreter;
/// docs/benchmarks.md has the measurements.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class HardProgramTests
{
    /// <summary>The number of steps in compiled code whose gain equals the cost of one interpreter call-out.</summary>
    private const int StepsPerCallOut = 14;

    /// <summary>The number of steps in compiled code whose gain equals the cost of one exit and re-entry.</summary>
    private const int StepsPerExit = 40;

    public static TheoryData<string, int> Programs() => new()
    {
        { "types.lyra", 1_000 },
        { "branches-if.lyra", 40_000 },
        { "branches-match.lyra", 40_000 },
        { "match-500.lyra", 60_000 },
        { "shapes40.lyra", 1_500 },
        { "even-odd.lyra", 40 },
        { "cycle.lyra", 40 },
        { "ackermann.lyra", 3 },
    };

    [Theory]
    [SweepData(nameof(Programs))]
    public void Result_and_steps_are_those_of_the_interpreter(string file, int size)
    {
        using WarmProgram interpreted = new(BenchmarkProgram.HardFolder, file, JitMode.Off);
        using WarmProgram compiled = new(BenchmarkProgram.HardFolder, file);
        for (int call = 0; call < 3; call++)
        {
            (string result, JitStatistics expected) = interpreted.Call(size);
            (string compiledResult, JitStatistics added) = compiled.Call(size);

            compiledResult.ShouldBe(result);
            added.Steps.ShouldBe(expected.Steps);
        }

        compiled.Jit.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void Stress_mode_returns_the_same_result(string file, int size)
    {
        using WarmProgram interpreted = new(BenchmarkProgram.HardFolder, file, JitMode.Off);
        using WarmProgram stressed = new(BenchmarkProgram.HardFolder, file, JitMode.Stress);

        stressed.Call(size / 2).Result.ShouldBe(interpreted.Call(size / 2).Result);
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void Recompilation_stops_in_a_steady_state(string file, int size)
    {
        using WarmProgram program = new(BenchmarkProgram.HardFolder, file);
        for (int call = 0; call < 8; call++)
        {
            program.Call(size);
        }

        long compiled = program.Jit.TracesCompiled;
        JitStatistics[] late = [.. Enumerable.Range(0, 8).Select(_ => program.Call(size).Added)];

        compiled.ShouldBeLessThan(120);
        late.Sum(added => added.TracesCompiled).ShouldBeLessThanOrEqualTo(System.Math.Max(6, compiled / 4));
        late.Sum(added => added.TracesStarted).ShouldBeLessThanOrEqualTo(System.Math.Max(60, program.Jit.TracesStarted / 3));
    }

    [Theory]
    [SweepData(nameof(Programs))]
    public void Exits_cost_little_compared_with_the_compiled_work(string file, int size)
    {
        using WarmProgram program = new(BenchmarkProgram.HardFolder, file);
        for (int call = 0; call < 12; call++)
        {
            program.Call(size);
        }

        JitStatistics[] late = [.. Enumerable.Range(0, 4).Select(_ => program.Call(size).Added)];

        long lost = late.Sum(added => (added.CallOuts * StepsPerCallOut) + (added.Deoptimizations * StepsPerExit));
        lost.ShouldBeLessThan((late.Sum(added => added.CompiledSteps) / 2) + (late.Sum(added => added.Steps) / 50));
    }

    [Fact]
    public void Every_hard_program_is_tested() =>
        Directory.EnumerateFiles(BenchmarkProgram.HardFolder).Select(Path.GetFileName)
            .ShouldBe(Programs().Select(row => row.Data.Item1), ignoreOrder: true);
}
