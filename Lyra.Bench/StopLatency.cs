using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lyra.Bench;

/// <summary>Measures how long compiled loops continue after their time limit, and after another thread has cancelled them.</summary>
internal static class StopLatency
{
    private const int Rounds = 20;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(100);

    private static readonly (string Name, string Source)[] Loops =
    [
        ("while true { }", "while true { }"),
        ("inner loops", "while true { for i in 0..1000000 { } }"),
        ("calls", "proc f(n) { return n * 3 + 1 }\nvar n = 0\nwhile true { n = f(n) % 1000 }"),
        ("recursion", "proc fib(n) { if n < 2 { return n }; return fib(n - 1) + fib(n - 2) }\nwhile true { fib(25) }"),
        ("list pushes", "var xs = []\nwhile true { if length(xs) > 1000 { xs.clear() }; xs.push(length(xs)) }"),
        ("sort of 3,000", "var xs = [3, 1, 2] * 1000\nwhile true { xs.sort(); xs.reverse() }"),
        ("map and filter of 1,000", "var xs = list(0..1000)\nwhile true { xs.map(x => x + 1).filter(x => x % 2 == 0) }"),
        ("string appends", "var s = \"\"\nwhile true { if length(s) > 1000 { s = \"\" }; s += \"x\" }"),
        ("map stores", "var m = {}\nvar n = 0\nwhile true { m[n % 100] = n; n += 1 }"),
    ];

    /// <summary>Prints a table in Markdown: the median and the maximum in milliseconds.</summary>
    public static void Report()
    {
        Console.WriteLine("| loop | time limit: median ms | longest | cancelled: median ms | longest |\n|---|--:|--:|--:|--:|");
        foreach ((string name, string source) in Loops)
        {
            double[] limited = Measure(() => OvertimeOf(source));
            double[] cancelled = Measure(() => TimeFromCancellation(source));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {limited[Rounds / 2]:0.00} | {limited[^1]:0.00} | {cancelled[Rounds / 2]:0.00} | {cancelled[^1]:0.00} |"));
        }
    }

    private static double[] Measure(Func<TimeSpan> once) => [.. Enumerable.Range(0, Rounds).Select(_ => once().TotalMilliseconds).Order()];

    private static TimeSpan OvertimeOf(string source)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { Timeout = Time } });
        long start = Stopwatch.GetTimestamp();
        RunUntilStopped(engine, source, default);
        return Stopwatch.GetElapsedTime(start) - Time;
    }

    private static TimeSpan TimeFromCancellation(string source)
    {
        using LyraEngine engine = new();
        using CancellationTokenSource cancellation = new();
        long stopped = 0;
        Thread run = new(() =>
        {
            RunUntilStopped(engine, source, cancellation.Token);
            stopped = Stopwatch.GetTimestamp();
        });
        run.Start();
        Thread.Sleep(Time);
        long cancelled = Stopwatch.GetTimestamp();
        cancellation.Cancel();
        run.Join();
        return Stopwatch.GetElapsedTime(cancelled, stopped);
    }

    private static void RunUntilStopped(LyraEngine engine, string source, CancellationToken cancellation)
    {
        try
        {
            engine.Run(source, "loop.lyra", cancellation);
            throw new InvalidOperationException("The loop ended without being stopped.");
        }
        catch (Exception e) when (e is LyraLimitException or LyraCanceledException)
        {
            // It was stopped.
        }
    }
}
