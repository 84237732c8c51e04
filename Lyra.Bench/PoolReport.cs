using System;
using System.Diagnostics;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>
/// Measures what pools save, in both tiers: the bytes allocated, the garbage collections and the time of procs that make short strs, with
/// the table of texts and without it, and of procs whose lists, maps and sets grow, with and without the arrays that others have given up.
/// </summary>
internal static class PoolReport
{
    private const int Rounds = 5;

    private const int GrowthCalls = 400_000;

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

    /// <summary>Each container of a proc grows to the same size.</summary>
    private const string Growth = """
        proc ints500(n) { var sum = 0; for i in 0..n / 25 { var a = []; for k in 0..500 { push(a, k) }; sum += a.length() }; return sum }
        proc strs500(n) { var sum = 0; for i in 0..n / 25 { var a = []; for k in 0..500 { push(a, "x") }; sum += a.length() }; return sum }
        proc maps30(n) { var sum = 0; for i in 0..n / 4 { var m = {}; for k in 0..30 { m[k] = k }; sum += m.length() }; return sum }
        proc sets30(n) { var sum = 0; for i in 0..n / 4 { var s = set(); for k in 0..30 { s.add(k) }; sum += s.length() }; return sum }
        """;

    /// <summary>Prints tables in Markdown.</summary>
    public static void Report()
    {
        ReportTexts();
        Console.WriteLine();
        ReportArrays();
    }

    private static void ReportTexts()
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

    private static void ReportArrays()
    {
        Console.WriteLine("| proc | JIT | bytes without | bytes with | collections without | with | reused | time with / without |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (string proc in new[] { "ints500", "strs500", "maps30", "sets30" })
        {
            foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
            {
                PrintGrowth(proc, jit);
            }
        }
    }

    /// <summary>A delegate of the host calls the proc for the figures without reuse, because arrays are not reused in a callback.</summary>
    private static void PrintGrowth(string proc, JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        engine.Run(Growth, "pools.lyra");
        engine.Define("call", (string name, long n) => engine.Call(name, n).As<long>());
        engine.Run("proc without(name, n) { return call(name, n) }", "call.lyra");
        Figures best = Measure(() => engine.Call("without", proc, GrowthCalls));
        Figures bestWith = Measure(() => engine.Call(proc, GrowthCalls));
        for (int round = 1; round < Rounds; round++)
        {
            best = best.Least(Measure(() => engine.Call("without", proc, GrowthCalls)));
            bestWith = bestWith.Least(Measure(() => engine.Call(proc, GrowthCalls)));
        }

        ArrayStatistics before = engine.Statistics.Arrays;
        engine.Call(proc, GrowthCalls);
        ArrayStatistics after = engine.Statistics.Arrays;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {proc} | {jit} | {best.Bytes:N0} | {bestWith.Bytes:N0} | {best.Collections} | {bestWith.Collections} "
            + $"| {(double)(after.Reused - before.Reused) / (after.Grown - before.Grown):P0} "
            + $"| {bestWith.Milliseconds / best.Milliseconds:0.00} |"));
    }

    /// <summary>The engines take turns, and the smallest time of each counts.</summary>
    private static void Print(string proc, JitMode jit)
    {
        using LyraEngine without = NewEngine(jit, 0);
        using LyraEngine with = NewEngine(jit, LyraOptions.Default.TextSlots);
        Figures best = Measure(() => without.Call(proc, 40_000));
        Figures bestWith = Measure(() => with.Call(proc, 40_000));
        for (int round = 1; round < Rounds; round++)
        {
            best = best.Least(Measure(() => without.Call(proc, 40_000)));
            bestWith = bestWith.Least(Measure(() => with.Call(proc, 40_000)));
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

    private static Figures Measure(Action call)
    {
        GC.Collect();
        int collections = GC.CollectionCount(0);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        call();
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Figures(GC.GetAllocatedBytesForCurrentThread() - bytes, GC.CollectionCount(0) - collections, time);
    }

    private readonly record struct Figures(long Bytes, int Collections, double Milliseconds)
    {
        public Figures Least(Figures other) => new(
            Math.Min(Bytes, other.Bytes), Math.Min(Collections, other.Collections), Math.Min(Milliseconds, other.Milliseconds));
    }
}
