using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite;

namespace Lyra.Bench;

/// <summary>Measures how much longer the programs run with each level of profiles than without one, in both tiers.</summary>
internal static class ProfileOverhead
{
    private const int Runs = 5;

    private static readonly ProfileLevel[] Levels = [ProfileLevel.None, ProfileLevel.Basic, ProfileLevel.Detailed, ProfileLevel.Full];

    /// <summary>Prints a table in Markdown, with the ratios to the time without a profiler.</summary>
    /// <param name="names">The programs; all when empty.</param>
    public static void Report(string[] names)
    {
        Console.WriteLine("| program | off: none | basic | detailed | full | on: none | basic | detailed | full |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        List<double[]> rows = [];
        foreach (BenchProgram program in BenchProgram.All())
        {
            if (names.Length > 0 && !names.Contains(program.Name))
            {
                continue;
            }

            double[] ratios = [.. Ratios(program, JitMode.Off), .. Ratios(program, JitMode.On)];
            rows.Add(ratios);
            Print(program.Name, ratios);
        }

        Print("**geometric mean**", [.. Enumerable.Range(0, rows[0].Length).Select(i => Math.Exp(rows.Average(row => Math.Log(row[i]))))]);
        Print("**largest**", [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i]))]);
    }

    /// <summary>The smallest time of each level, relative to that without a profiler. The levels take turns.</summary>
    private static double[] Ratios(BenchProgram program, JitMode jit)
    {
        double without = double.MaxValue;
        double[] times = new double[Levels.Length];
        Array.Fill(times, double.MaxValue);
        for (int run = 0; run < Runs; run++)
        {
            without = Math.Min(without, Time(program, jit, null));
            for (int level = 0; level < Levels.Length; level++)
            {
                times[level] = Math.Min(times[level], Time(program, jit, Levels[level]));
            }
        }

        return Array.ConvertAll(times, time => time / without);
    }

    private static double Time(BenchProgram program, JitMode jit, ProfileLevel? level)
    {
        using LyraEngine engine = new(LyraOptions.Default with { Jit = jit });
        using LyraProfiler? profiler = level is { } measured ? engine.Profile(measured) : null;
        engine.Run(BenchProgram.Declarations(program.Name), program.Name + ".lyra");
        long start = Stopwatch.GetTimestamp();
        engine.Call("run", jit == JitMode.Off ? program.Mid.N / 2 : program.Mid.N);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Print(string name, double[] ratios) => Console.WriteLine(
        $"| {name} | {string.Join(" | ", ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))} |");
}
