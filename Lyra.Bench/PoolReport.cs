using System;
using System.Diagnostics;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>
/// Measures what interning saves: the bytes allocated, the garbage collections and the time of procs that make short strs, with the table
/// of texts and without it, in both tiers.
/// </summary>
internal static class PoolReport
{
    private const int Rounds = 5;

    private const string Source = """
        import json
        let sentence = "the quick brown fox jumps over the lazy dog and particularly interesting identifiers follow"
        let record = "{\"identifier\": 1, \"description\": 2, \"position\": 3, \"category\": 4, \"available\": 5}"
        let records = "[" + (0..50).map(i => record).join(",") + "]"
        let japanese = "日本語のテキストを一文字ずつ数える"
        let numbers = (0..20_000).map(i => "word${i}").join(" ")
        proc words(n) {
            var count = 0
            for i in 0..n { for word in sentence.split(" ") { if word == "fox" { count += 1 } } }
            return count
        }
        proc keys(n) {
            var sum = 0
            for i in 0..n / 10 { for r in json.parse(records) { sum += r["identifier"] } }
            return sum
        }
        proc distinct(n) {
            var count = 0
            for i in 0..n / 1_000 { count += numbers.split(" ").length() }
            return count
        }
        proc units(n) {
            var count = 0
            for i in 0..n { for unit in japanese.chars() { if unit == "語" { count += 1 } } }
            return count
        }
        """;

    /// <summary>Prints a table in Markdown.</summary>
    public static void Report()
    {
        Console.WriteLine("| proc | JIT | bytes without | bytes with | collections without | with | time with / without |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (string proc in new[] { "words", "keys", "distinct", "units" })
        {
            foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
            {
                Print(proc, jit);
            }
        }
    }

    /// <summary>The engines take turns, and the smallest time of each counts.</summary>
    private static void Print(string proc, JitMode jit)
    {
        using LyraEngine without = NewEngine(jit, 0);
        using LyraEngine with = NewEngine(jit, LyraOptions.Default.TextSlots);
        Figures best = Measure(without, proc);
        Figures bestWith = Measure(with, proc);
        for (int round = 1; round < Rounds; round++)
        {
            best = best.Least(Measure(without, proc));
            bestWith = bestWith.Least(Measure(with, proc));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {proc} | {jit} | {best.Bytes:N0} | {bestWith.Bytes:N0} | {best.Collections} | {bestWith.Collections} "
            + $"| {bestWith.Milliseconds / best.Milliseconds:0.00} |"));
    }

    private static LyraEngine NewEngine(JitMode jit, int slots)
    {
        LyraEngine engine = new(LyraOptions.Default with { Jit = jit, TextSlots = slots });
        engine.Run(Source, "pools.lyra");
        return engine;
    }

    private static Figures Measure(LyraEngine engine, string proc)
    {
        GC.Collect();
        int collections = GC.CollectionCount(0);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        engine.Call(proc, 40_000);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Figures(GC.GetAllocatedBytesForCurrentThread() - bytes, GC.CollectionCount(0) - collections, time);
    }

    private readonly record struct Figures(long Bytes, int Collections, double Milliseconds)
    {
        public Figures Least(Figures other) => new(
            Math.Min(Bytes, other.Bytes), Math.Min(Collections, other.Collections), Math.Min(Milliseconds, other.Milliseconds));
    }
}
