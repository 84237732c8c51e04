using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Baseline;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Facts;

/// <summary>Measurements of scripts in the tiers.</summary>
internal static class TierFacts
{
    /// <summary>A loop at the top level, which gets hot while it runs.</summary>
    public const string Loop = "var s = 0\nfor i in 0..20_000_000 { s += i & 3 }\ns";

    private const int Rounds = 3;

    private const string BigFib = """
        var a = 0
        var b = 1
        for i in 0..100_000 { a, b = b, a + b }
        """;

    private const string Recursion = """
        var depth = 0
        proc down() {
            depth += 1
            down()
        }
        down()
        """;

    /// <summary>The programs that docs/profile.md lists.</summary>
    private static readonly string[] Profiled = ["raytrace", "nbody", "richards", "fannkuch", "queens", "stackvm", "fib"];

    /// <summary>
    /// The most milliseconds for which compilation stopped one of the programs in total; the bytes that one compilation allocates in the
    /// mean; and the guards that fail in 100 steps of compiled code.
    /// </summary>
    public static double[] Compilations(IReadOnlyList<BenchProgram> programs, BenchSize size)
    {
        double longest = 0;
        double bytes = 0;
        double compilations = 0;
        double steps = 0;
        double failures = 0;
        foreach (BenchProgram program in programs)
        {
            using LyraEngine engine = Run(program, size, new LyraOptions(), null);
            JitStatistics jit = engine.Statistics.Jit;
            longest = Math.Max(longest, jit.CompileTime.TotalMilliseconds);
            bytes += jit.CompileBytes;
            compilations += jit.TracesCompiled;
            steps += jit.CompiledSteps;
            failures += jit.Deoptimizations;
        }

        return [longest, bytes / compilations, 100 * failures / steps];
    }

    /// <summary>
    /// Times in the interpreter with a profile, to those without: at level none the mean of the programs that docs/profile.md lists, then
    /// the most of them at levels basic and full. Not a number if none of them is selected.
    /// </summary>
    public static double[] ProfileCosts(IReadOnlyList<BenchProgram> programs, BenchSize size)
    {
        BenchProgram[] profiled = [.. programs.Where(program => Profiled.Contains(program.Name))];
        return profiled.Length == 0
            ? [double.NaN, double.NaN, double.NaN]
            :
            [
                GeometricMean.Of(profiled.Select(program => ProfileCost(program, size, ProfileLevel.None))),
                profiled.Max(program => ProfileCost(program, size, ProfileLevel.Basic)),
                profiled.Max(program => ProfileCost(program, size, ProfileLevel.Full)),
            ];
    }

    /// <summary>The geometric mean of the times with limits on steps, time and memory, to those without.</summary>
    public static double LimitsCost(IReadOnlyList<BenchProgram> programs, BenchSize size)
    {
        LyraOptions limited = new()
        {
            Limits = new LyraLimits { MaxSteps = long.MaxValue / 2, Timeout = TimeSpan.FromMinutes(10), MaxMemoryBytes = 4L << 30 },
        };
        return GeometricMean.Of(programs.Select(program => Ratio(
            () => Run(program, size, limited, null).Dispose(),
            () => Run(program, size, new LyraOptions(), null).Dispose())));
    }

    /// <summary>The percentage of the steps of one loop at the top level that compiled code took, entered while it ran.</summary>
    public static double HandedOver(string loop)
    {
        using LyraEngine engine = new();
        engine.Run(loop, "loop.lyra");
        JitStatistics jit = engine.Statistics.Jit;
        return 100.0 * jit.CompiledSteps / jit.Steps;
    }

    /// <summary>The frames of an endless recursion under the default limit; the frame of the script itself counts.</summary>
    public static double FrameLimit()
    {
        using LyraEngine engine = new();
        try
        {
            engine.Run(Recursion, "recursion.lyra");
        }
        catch (LyraException)
        {
            return 1 + engine.Globals["depth"].As<long>();
        }

        return double.NaN;
    }

    /// <summary>The seconds of fib(100000), a number of 20,899 digits, on the baseline and in both tiers.</summary>
    public static double[] BigFibs() =>
        Fastest(static () => BaselineRun.Run(BigFib, "fib.lyra", [], TextWriter.Null, TextWriter.Null), RunBigFib);

    /// <summary>The seconds of the program of tasks on the baseline and in both tiers; not numbers if it is not selected.</summary>
    public static double[] Tasks(IReadOnlyList<BenchProgram> programs, BenchSize size)
    {
        if (programs.FirstOrDefault(static program => program.Name == "tasks") is not { } program)
        {
            return [double.NaN, double.NaN, double.NaN];
        }

        string text = BenchProgram.Text(program.Name);
        string[] arguments = [program.WorkAt(size).N.ToString(CultureInfo.InvariantCulture)];
        return Fastest(() => BaselineRun.Run(text, program.File, arguments, TextWriter.Null, TextWriter.Null), options =>
        {
            using LyraEngine engine = new(options with
            {
                Arguments = arguments,
                Capabilities = LyraCapabilities.Console | LyraCapabilities.Clock,
                Output = TextWriter.Null,
            });
            engine.Run(text, program.File);
        });
    }

    private static void RunBigFib(LyraOptions options)
    {
        using LyraEngine engine = new(options);
        engine.Run(BigFib, "fib.lyra");
    }

    /// <summary>The smallest seconds on the baseline, interpreted and compiled, in turns.</summary>
    private static double[] Fastest(Action baseline, Action<LyraOptions> run)
    {
        LyraOptions interpreted = new() { Jit = JitMode.Off };
        LyraOptions compiled = new();
        double[] fastest = [double.MaxValue, double.MaxValue, double.MaxValue];
        for (int round = 0; round < Rounds; round++)
        {
            Keep(ref fastest[0], Time(baseline));
            Keep(ref fastest[1], Time(() => run(interpreted)));
            Keep(ref fastest[2], Time(() => run(compiled)));
        }

        return fastest;
    }

    private static double ProfileCost(BenchProgram program, BenchSize size, ProfileLevel level)
    {
        LyraOptions options = new() { Jit = JitMode.Off };
        return Ratio(() => Run(program, size, options, level).Dispose(), () => Run(program, size, options, null).Dispose());
    }

    /// <summary>The smallest time of some work, to that of other work, in turns.</summary>
    private static double Ratio(Action work, Action other)
    {
        double with = double.MaxValue;
        double without = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            Keep(ref without, Time(other));
            Keep(ref with, Time(work));
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
