using System;
using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>A script behaves the same when its frames are removed and rebuilt at random moments.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class RandomExitTests
{
    private const int Seeds = 12;

    public static TheoryData<string> Programs => [.. StepPrograms.All.Keys];

    public static TheoryData<string, int> Routes => new(FrameRoutes.All);

    [Theory]
    [SweepData(nameof(Programs))]
    public void A_program_does_the_same(string name)
    {
        string source = StepPrograms.All[name];
        string expected = SingleRuns.Run(source, null);
        long steps = long.Parse(expected[(expected.LastIndexOf('\n') + 1)..^6], System.Globalization.CultureInfo.InvariantCulture);
        for (int seed = 0; seed < Seeds; seed++)
        {
            SingleRuns.Run(source, Driver(seed)).ShouldBe(expected, $"seed {seed}");
            LyraLimits limits = new() { MaxSteps = 1 + (steps * seed / Seeds) };
            SingleRuns.Run(source, Driver(seed), 2, limits).ShouldBe(SingleRuns.Run(source, null, 2, limits), $"seed {seed} with a limit");
        }
    }

    [Theory]
    [SweepData(nameof(Routes))]
    public void The_frame_limit_is_the_same(string source, int framesPerLevel)
    {
        LyraLimits limits = new() { MaxFrames = 50 };
        for (int depth = 40 / framesPerLevel; depth < 60 / framesPerLevel; depth++)
        {
            string program = $"{source}\ntry {{ await d({depth}); print(\"fine\") }} catch e {{ print(e.kind, length(e.trace)) }}";
            SingleRuns.Run(program, Driver(depth), 2, limits).ShouldBe(SingleRuns.Run(program, null, 2, limits), $"depth {depth}");
        }
    }

    [Fact]
    public void Frames_inlined_in_each_other_are_built_again()
    {
        const string Source = """
            proc three(n) { var s = 0; while n > 0 { s += n; n -= 1 }; return s }
            proc two(a, b) { return three(a) * 2.5 + three(b) }
            proc one(xs, m) { for i, x in xs { m[tostring(i)] = two(x, i) }; return m }
            for k in 0..5000 { one([k, k + 1, k % 7], {}) }
            print(one([1, 2, 3], {}))
            """;
        DeoptimizingDriver? driver = null;
        string output = SingleRuns.Run(Source, interpreter => (driver = new DeoptimizingDriver(interpreter, 1)).Step);
        output.ShouldBe(SingleRuns.Run(Source, null));
        driver!.NestedExits.ShouldBeGreaterThan(50);
    }

    internal static Func<Engine, Func<bool>> Driver(int seed) => interpreter => new DeoptimizingDriver(interpreter, seed).Step;
}
