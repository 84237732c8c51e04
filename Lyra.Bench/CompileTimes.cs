using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite;

namespace Lyra.Bench;

/// <summary>
/// Measures the cost of compilation for each program: the time that the script waits, its share of the run in a new engine, the
/// individual pauses, and the kilobytes that each compilation allocated.
/// </summary>
internal static class CompileTimes
{
    /// <summary>Prints a table in Markdown.</summary>
    /// <param name="isMid">Whether the programs run at their mid size instead of their full size.</param>
    public static void Report(bool isMid)
    {
        Console.WriteLine("| program | run ms | compiled | stopped ms | share | median stop ms | longest | background ms "
            + "| KB each |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        TimeSpan run = TimeSpan.Zero;
        TimeSpan stopped = TimeSpan.Zero;
        long bytes = 0;
        long compiled = 0;
        foreach (BenchProgram program in BenchProgram.All())
        {
            (TimeSpan time, JitStatistics jit, double[] stops) = Measure(program, isMid ? program.Mid.N : program.Full.N);
            run += time;
            stopped += jit.CompileTime;
            bytes += jit.CompileBytes;
            compiled += jit.TracesCompiled;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {program.Name} | {time.TotalMilliseconds:0} | {jit.TracesCompiled} | {jit.CompileTime.TotalMilliseconds:0.0} | "
                    + $"{jit.CompileTime / time:P1} | {MedianOf(stops):0.00} | {stops.LastOrDefault():0.00} | "
                    + $"{jit.BackgroundTime.TotalMilliseconds:0} | "
                    + $"{KilobytesEach(jit.CompileBytes, jit.TracesCompiled):0} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| **all** | {run.TotalMilliseconds:0} | | {stopped.TotalMilliseconds:0.0} | {stopped / run:P1} | | | | "
                + $"{KilobytesEach(bytes, compiled):0} |"));
    }

    private static (TimeSpan Time, JitStatistics Jit, double[] Stops) Measure(BenchProgram program, long size)
    {
        using LyraEngine engine = new();
        List<double> stops = [];
        TimeSpan known = TimeSpan.Zero;
        engine.JitEvents += e =>
        {
            if (e.Kind is not (LyraJitEventKind.Exit or LyraJitEventKind.Deoptimized))
            {
                NoteStop(engine.Statistics.Jit.CompileTime);
            }
        };
        long start = Stopwatch.GetTimestamp();
        engine.Run(BenchProgram.Declarations(program.Name), program.Name + ".lyra");
        engine.Call("run", size);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        NoteStop(engine.Statistics.Jit.CompileTime);
        return (time, engine.Statistics.Jit, [.. stops.Order()]);

        void NoteStop(TimeSpan now)
        {
            if (now > known)
            {
                stops.Add((now - known).TotalMilliseconds);
            }

            known = now;
        }
    }

    private static double KilobytesEach(long bytes, long compiled) => bytes / 1024.0 / Math.Max(1, compiled);

    private static double MedianOf(double[] sorted) => sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
}
