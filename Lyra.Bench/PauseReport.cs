using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lyra.Bench;

/// <summary>
/// Measures what <see cref="LyraMemoryMode.LowPause"/> saves and costs, in both tiers: four programs that make much garbage, called frame
/// by frame in one engine for each mode. The engines take turns.
/// </summary>
internal static class PauseReport
{
    private const int Rounds = 5;

    /// <summary>Each program, and the argument of one call of its <c>run</c>: work of about a millisecond.</summary>
    private static readonly (string Name, int Size)[] Programs = [("game", 4), ("requests", 60), ("tokens", 30), ("matrices", 120)];

    /// <summary>Prints a table in Markdown.</summary>
    /// <param name="args">The folder of the programs, if it is not that of the sources.</param>
    public static void Report(string[] args)
    {
        string folder = args.Length > 1 ? args[1] : Path.Combine("Lyra.Bench", "Pauses");
        Console.WriteLine(
            "| program | JIT | mode | bytes per frame | collections 0/1/2 | pauses ms | longest ms | frame p99.9 ms | peak MB | time |");
        Console.WriteLine("|---|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach ((string name, int size) in Programs)
        {
            foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
            {
                Report(File.ReadAllText(Path.Combine(folder, name + ".lyra")), name, size, jit);
            }
        }
    }

    private static void Report(string source, string name, int size, JitMode jit)
    {
        int frames = jit == JitMode.On ? 2_000 : 500;
        LyraMemoryMode[] modes = [LyraMemoryMode.Throughput, LyraMemoryMode.LowPause];
        LyraEngine[] engines = Array.ConvertAll(modes, mode =>
        {
            LyraEngine engine = new(new LyraOptions { Jit = jit, Memory = mode });
            engine.Run(source, name + ".lyra");
            _ = Measure(engine, size, frames);
            return engine;
        });
        Figures[] best = Array.ConvertAll(engines, engine => Measure(engine, size, frames));
        for (int round = 1; round < Rounds; round++)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                best[i] = best[i].Least(Measure(engines[i], size, frames));
            }
        }

        for (int i = 0; i < engines.Length; i++)
        {
            Print(name, jit, modes[i], best[i], best[0].Milliseconds, frames);
            engines[i].Dispose();
        }
    }

    private static void Print(string name, JitMode jit, LyraMemoryMode mode, Figures f, double reference, int frames) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {jit} | {mode} | {f.Bytes / frames:N0} | {f.Collections[0]}/{f.Collections[1]}/{f.Collections[2]} "
            + $"| {f.Paused:0.0} | {f.LongestPause:0.00} | {f.SlowFrame:0.00} | {f.PeakBytes / 1e6:0.0} "
            + $"| {f.Milliseconds / reference:0.00} |"));

    private static Figures Measure(LyraEngine engine, int size, int frames)
    {
        GC.Collect();
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        TimeSpan paused = GC.GetTotalPauseDuration();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        List<double> times = new(frames);
        double longest = 0;
        long peak = 0;
        long start = Stopwatch.GetTimestamp();
        for (int frame = 0; frame < frames; frame++)
        {
            int before = GC.CollectionCount(0);
            long frameStart = Stopwatch.GetTimestamp();
            engine.Call("run", size);
            times.Add(Stopwatch.GetElapsedTime(frameStart).TotalMilliseconds);
            if (GC.CollectionCount(0) != before)
            {
                GCMemoryInfo last = GC.GetGCMemoryInfo(GCKind.Any);
                longest = Math.Max(longest, last.PauseDurations[0].TotalMilliseconds);
                peak = Math.Max(peak, last.HeapSizeBytes);
            }
        }

        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        times.Sort();
        return new Figures(
            GC.GetAllocatedBytesForCurrentThread() - bytes,
            [.. collections.Select((count, generation) => GC.CollectionCount(generation) - count)],
            (GC.GetTotalPauseDuration() - paused).TotalMilliseconds,
            longest,
            times[(int)(0.999 * (times.Count - 1))],
            peak,
            time);
    }

    private sealed record Figures(
        long Bytes, int[] Collections, double Paused, double LongestPause, double SlowFrame, long PeakBytes, double Milliseconds)
    {
        public Figures Least(Figures other) => new(
            Math.Min(Bytes, other.Bytes),
            [.. Collections.Zip(other.Collections, Math.Min)],
            Math.Min(Paused, other.Paused),
            Math.Min(LongestPause, other.LongestPause),
            Math.Min(SlowFrame, other.SlowFrame),
            Math.Min(PeakBytes, other.PeakBytes),
            Math.Min(Milliseconds, other.Milliseconds));
    }
}
