using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Baseline;

namespace Lyra.Bench.Suite.Facts;

/// <summary>Measurements of scripts in the tiers.</summary>
internal static class TierFacts
{
    private const int Rounds = 3;

    private const string Loop = "var s = 0\nfor i in 0..20_000_000 { s += i & 3 }\ns";

    private const string BigFib = """
        var a = 0
        var b = 1
        for i in 0..100_000 { a, b = b, a + b }
        """;

    /// <summary>The most milliseconds for which compilation stopped one of the programs in total.</summary>
    public static double LongestStop(IReadOnlyList<BenchProgram> programs, BenchSize size) => programs.Max(program =>
    {
        using LyraEngine engine = Run(program, size, new LyraOptions(), null);
        return engine.Statistics.Jit.CompileTime.TotalMilliseconds;
    });

    /// <summary>The geometric mean of the times with the level basic, to those without a profile, in the interpreter.</summary>
    public static double ProfileCost(IReadOnlyList<BenchProgram> programs, BenchSize size) =>
        Math.Exp(programs.Average(program => Math.Log(ProfileCost(program, size))));

    /// <summary>The percentage of the steps of one loop at the top level that compiled code took, entered while it ran.</summary>
    public static double HandedOver()
    {
        using LyraEngine engine = new();
        engine.Run(Loop, "loop.lyra");
        JitStatistics jit = engine.Statistics.Jit;
        return 100.0 * jit.CompiledSteps / jit.Steps;
    }

    /// <summary>The seconds of fib(100000), a number of 20,899 digits, on the baseline and in both tiers.</summary>
    public static double[] BigFibs()
    {
        double[] fastest = [double.MaxValue, double.MaxValue, double.MaxValue];
        for (int round = 0; round < Rounds; round++)
        {
            Keep(ref fastest[0], Time(static () => BaselineRun.Run(BigFib, "fib.lyra", [], TextWriter.Null, TextWriter.Null)));
            Keep(ref fastest[1], Time(static () => RunBigFib(JitMode.Off)));
            Keep(ref fastest[2], Time(static () => RunBigFib(JitMode.On)));
        }

        return fastest;
    }

    private static void RunBigFib(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        engine.Run(BigFib, "fib.lyra");
    }

    private static double ProfileCost(BenchProgram program, BenchSize size)
    {
        LyraOptions options = new() { Jit = JitMode.Off };
        double without = double.MaxValue;
        double with = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            Keep(ref without, Time(() => Run(program, size, options, null).Dispose()));
            Keep(ref with, Time(() => Run(program, size, options, ProfileLevel.Basic).Dispose()));
        }

        return with / without;
    }

    private static LyraEngine Run(BenchProgram program, BenchSize size, LyraOptions options, ProfileLevel? level)
    {
        LyraEngine engine = new(options);
        using LyraProfiler? profiler = level is { } measured ? engine.Profile(measured) : null;
        engine.Run(BenchProgram.Declarations(program.Name), program.Name + ".lyra");
        engine.Call("run", program.WorkAt(size).N);
        return engine;
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Keep(ref double fastest, double seconds) => fastest = Math.Min(fastest, seconds);
}
