using System;
using System.Diagnostics;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>
/// Measures each operation of module <c>simd</c> against the same work as a compiled loop of a script, with lists that fit the first-level
/// cache and with lists beyond all caches.
/// </summary>
internal static class SimdSpeed
{
    private const int Rounds = 7;
    private const int Cached = 1_000;
    private const int Uncached = 4_000_000;

    /// <summary>Elements that one measurement processes.</summary>
    private const int Work = 8_000_000;

    private static readonly (string Name, string Loop, string Call, string Into)[] Operations =
    [
        Elements("add", "a[i] + b[i]"), Elements("sub", "a[i] - b[i]"), Elements("mul", "a[i] * b[i]"), Elements("div", "a[i] / b[i]"),
        Elements("min", "if b[i] < a[i] { b[i] } else { a[i] }"), Elements("max", "if a[i] < b[i] { b[i] } else { a[i] }"),
        Mask("lt", "<"), Mask("le", "<="), Mask("eq", "=="),
        ("select", "for i in 0..n { c[i] = if m[i] { a[i] } else { b[i] } }", "simd.select(m, a, b)", "simd.selectTo(c, m, a, b)"),
        ("sum", "s = s * 0; for i in 0..n { s += a[i] }", "s = simd.sum(a)", ""),
        ("dot", "s = s * 0; for i in 0..n { s += a[i] * b[i] }", "s = simd.dot(a, b)", ""),
    ];

    /// <summary>Prints a table in Markdown.</summary>
    public static void Report()
    {
        Console.WriteLine("| operation | loop | new | ratio | into | ratio "
            + $"| {Uncached:N0}: loop | new | ratio | into | ratio |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string kind in new[] { "int", "float" })
        {
            foreach ((string name, string loop, string call, string into) in Operations)
            {
                string cached = Row(kind, Cached, loop, call, into);
                Console.WriteLine($"| {name} of {kind}s | {cached} | {Row(kind, Uncached, loop, call, into)} |");
            }
        }
    }

    private static (string Name, string Loop, string Call, string Into) Elements(string name, string element) =>
        (name, $"for i in 0..n {{ c[i] = {element} }}", $"simd.{name}(a, b)", $"simd.{name}To(c, a, b)");

    private static (string Name, string Loop, string Call, string Into) Mask(string name, string op) =>
        (name, $"for i in 0..n {{ m[i] = a[i] {op} b[i] }}", $"simd.{name}(a, b)", $"simd.{name}To(m, a, b)");

    /// <summary>Nanoseconds for an element of the loop and of both calls, and how many times as fast as the loop the calls are.</summary>
    private static string Row(string kind, int count, string loop, string call, string into)
    {
        string[] bodies = into.Length == 0 ? [loop, call] : [loop, call, into];
        double[] times = new double[bodies.Length];
        Array.Fill(times, double.MaxValue);
        LyraEngine[] engines = Array.ConvertAll(bodies, body => Engine(kind, count, body));
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < engines.Length; i++)
            {
                times[i] = Math.Min(times[i], Time(engines[i], count));
            }
        }

        string row = string.Create(CultureInfo.InvariantCulture, $"{times[0]:0.00}");
        for (int i = 1; i < times.Length; i++)
        {
            row += string.Create(CultureInfo.InvariantCulture, $" | {times[i]:0.00} | {times[0] / times[i]:0.0}");
        }

        foreach (LyraEngine engine in engines)
        {
            engine.Dispose();
        }

        return into.Length == 0 ? row + " | |" : row;
    }

    private static LyraEngine Engine(string kind, int count, string body)
    {
        LyraEngine engine = new();
        string number = kind == "int" ? "i % 97 + 1" : "i % 97 + 0.5";
        engine.Run($$"""
            import simd
            proc numbers(n) { let xs = []; for i in 0..n { xs.push({{number}}) }; return xs }
            let a = numbers({{count}})
            let b = numbers({{count}} + 13)[13..]
            let c = numbers({{count}})
            let m = simd.lt(a, b)
            proc once(a, b, c, m, n) { var s = a[0]; {{body}}; return s }
            proc run(times) { for t in 0..times { once(a, b, c, m, {{count}}) } }
            """);
        Time(engine, count);
        return engine;
    }

    private static double Time(LyraEngine engine, int count)
    {
        int times = Work / count;
        long start = Stopwatch.GetTimestamp();
        engine.Call("run", times);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times / count;
    }
}
