using System;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>Measures calls of small procs by the host: by a typed delegate and by name.</summary>
internal static class HostEntries
{
    private const int Count = 1_000_000;
    private const int Rounds = 7;

    private const string Source =
        """
        proc price(unit: float, count: int) -> float { return unit * count }
        proc sum(n) { var s = 0; for i in 0..n { s += i }; return s }
        proc nothing() { }
        """;

    /// <summary>
    /// Prints a table in Markdown: nanoseconds of processor time and bytes per call, and the share of the steps that ran compiled.
    /// </summary>
    public static void Report()
    {
        Console.WriteLine("| call | jit | ns | bytes | compiled |\n|---|---|--:|--:|--:|");
        foreach (JitMode mode in (JitMode[])[JitMode.On, JitMode.Off])
        {
            Measure("`price(2.5, 3)`, `Func<double, int, double>`", mode, static engine =>
            {
                Func<double, int, double> price = engine.GetProc<Func<double, int, double>>("price");
                return () => price(2.5, 3);
            });
            Measure("`nothing()`, `Action`", mode, static engine => engine.GetProc<Action>("nothing"));
            Measure("`sum(10)`, `Func<int, int>`", mode, static engine =>
            {
                Func<int, int> sum = engine.GetProc<Func<int, int>>("sum");
                return () => sum(10);
            });
            Measure("`engine.Call(\"price\", 2.5, 3)`", mode, static engine => () => engine.Call("price", 2.5, 3));
        }

        LyraScript script = LyraScript.Compile(Source);
        using LyraEngine kept = new(LyraOptions.Embedded);
        Console.WriteLine("\n| engine for one script | ns | bytes |\n|---|--:|--:|");
        Engine("new engine", script, static () => new LyraEngine(LyraOptions.Embedded), static engine => engine.Dispose());
        Engine("reset engine", script, () => kept, static engine => engine.Reset());
    }

    private static void Engine(string shown, LyraScript script, Func<LyraEngine> take, Action<LyraEngine> giveBack)
    {
        const int Requests = 20_000;
        double best = double.MaxValue;
        long bytes = 0;
        for (int i = 0; i < Rounds; i++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int n = 0; n < Requests; n++)
            {
                LyraEngine engine = take();
                engine.Run(script);
                giveBack(engine);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Requests);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Requests;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shown} | {best:0} | {bytes} |"));
    }

    /// <summary>Calls until the CLR has optimized the methods that take part, which it does in steps of 100 ms.</summary>
    private static void WarmUp(Action call)
    {
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start < 1_000)
        {
            for (int n = 0; n < 1_000; n++)
            {
                call();
            }
        }
    }

    private static void Measure(string shown, JitMode mode, Func<LyraEngine, Action> prepare)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = mode });
        engine.Run(Source);
        Action call = prepare(engine);
        double best = double.MaxValue;
        long bytes = 0;
        WarmUp(call);
        JitStatistics before = engine.Statistics.Jit;
        for (int i = 0; i < Rounds; i++)
        {
            before = engine.Statistics.Jit;
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int n = 0; n < Count; n++)
            {
                call();
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Count;
        }

        JitStatistics after = engine.Statistics.Jit;
        double compiled = (after.CompiledSteps - before.CompiledSteps) / (double)Math.Max(1, after.Steps - before.Steps);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shown} | {mode} | {best:0} | {bytes} | {compiled:0%} |"));
    }
}
