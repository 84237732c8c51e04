using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lyra.Bench;

/// <summary>
/// Measures how long single builtins with large operands continue after another thread has cancelled the run, at a random moment.
/// </summary>
internal static class BuiltinLatency
{
    private const int DefaultRounds = 30;

    /// <summary>Elements of a large operand when one thread runs; several threads share them.</summary>
    private const int Elements = 30_000_000;

    /// <summary>The longest time between two cancellations, which is less than some of the builtins take.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(600);

    /// <summary>Each has a name, what makes its operands of <c>n</c> elements, and the call.</summary>
    private static readonly (string Name, string Operands, string Call)[] Calls =
    [
        ("str * n", "", "\"abc\" * (10 * n)"),
        ("str + str", "let s = \"abcd\" * n", "s + \"x\""),
        ("str.replace, many", "let s = \"abcd\" * n", "s.replace(\"b\", \"xy\")"),
        ("str.replace, none", "let s = \"abcd\" * (4 * n)", "s.replace(\"bx\", \"y\")"),
        ("str.split", "let s = \"abcd,\" * (n / 4)", "s.split(\",\")"),
        ("list.join", "let xs = [\"abcd\"] * n", "xs.join(\",\")"),
        ("str.upper", "let s = \"abcd\" * n", "s.upper()"),
        ("str.reverse", "let s = \"abcd\" * n", "s.reverse()"),
        ("str == str", "let s = \"abcd\" * (4 * n)\nlet t = \"abcd\" * (4 * n)", "s == t"),
        ("str < str", "let s = \"abcd\" * (4 * n)\nlet t = \"abcd\" * (4 * n)", "s < t"),
        ("hash of a str", "let s = \"abcd\" * (4 * n)", "hash(s + \"x\")"),
        ("slice of a str", "let s = \"abcd\" * (4 * n)", "s[1..length(s)]"),
        ("str in str", "let s = \"abcd\" * (4 * n)", "\"bx\" in s"),
        ("str.trim", "let s = \" \" * (4 * n)", "s.trim()"),
        ("str.padStart", "", "\"x\".padStart(4 * n, \"abc\")"),
        ("str.chars", "let s = \"abcd\" * (n / 4)", "s.chars()"),
        ("str.codes", "let s = \"abcd\" * (n / 4)", "s.codes()"),
        ("list.copy of ints", "let xs = list(0..n)", "xs.copy()"),
        ("list.copy of strs", "let xs = [\"abcd\"] * n", "xs.copy()"),
        ("list * n of ints", "", "[1, 2, 3] * n"),
        ("list * n of strs", "", "[\"a\"] * n"),
        ("list + list", "let xs = list(0..n)", "xs + xs"),
        ("slice of a list", "let xs = list(0..n)", "xs[1..n]"),
        ("list.sort of ints", "let xs = list(0..n)\nimport random\nrandom.shuffle(xs)", "xs.copy().sort()"),
        ("list.sort of sorted ints", "let xs = list(0..n)", "xs.sort()"),
        ("list.sort of strs", "let xs = [\"b\", \"a\", \"c\"] * (n / 10)", "xs.copy().sort()"),
        ("sorted by a key", "let xs = list(0..n / 10)", "sorted(xs, x => -x)"),
        ("list.reverse", "let xs = list(0..n)", "xs.reverse()"),
        ("list == list", "let xs = list(0..n)\nlet ys = list(0..n)", "xs == ys"),
        ("list < list", "let xs = list(0..n)\nlet ys = list(0..n)", "xs < ys"),
        ("x in list of ints", "let xs = list(0..n)", "-1 in xs"),
        ("x in list of strs", "let xs = [\"abcd\"] * n", "\"x\" in xs"),
        ("list.index", "let xs = list(0..n)", "xs.index(-1)"),
        ("list.fill", "let xs = list(0..n)", "xs.fill(7)"),
        ("list.extend", "let xs = list(0..n)", "{ let ys = [1]; ys.extend(xs) }"),
        ("list.insert at 0", "let xs = list(0..n)", "{ xs.insert(0, 1); xs.removeAt(0) }"),
        ("list.push that grows", "let xs = list(0..n)", "{ let ys = xs.copy(); ys.push(1) }"),
        ("list.clear", "let xs = list(0..n)", "{ let ys = xs.copy(); ys.clear() }"),
        ("list(range)", "", "list(0..n)"),
        ("tuple(list)", "let xs = list(0..n)", "tuple(xs)"),
        ("map of pairs", "let ps = list(0..n / 10).map(x => (x, x))", "map(ps)"),
        ("map.copy", "let m = {}\nfor i in 0..n / 10 { m[i] = i }", "m.copy()"),
        ("map == map", "let m = {}\nfor i in 0..n / 10 { m[i] = i }\nlet k = m.copy()", "m == k"),
        ("set(list)", "let xs = list(0..n / 4)", "set(xs)"),
        ("set.union", "let a = set(0..n / 10)\nlet b = set(n / 20..n / 5)", "a.union(b)"),
        ("bytes(n)", "", "bytes(16 * n)"),
        ("bytes.fill", "let b = bytes(16 * n)", "b.fill(1)"),
        ("bytes.copy", "let b = bytes(16 * n)", "b.copy()"),
        ("bytes == bytes", "let b = bytes(16 * n)\nlet c = bytes(16 * n)", "b == c"),
        ("bytes.text", "let b = bytes(8 * n)", "b.text()"),
        ("bytes(str)", "let s = \"abc\u00E9\" * (2 * n)", "bytes(s)"),
        ("x in bytes", "let b = bytes(30 * n)", "1 in b"),
        ("simd.add", "import simd\nlet a = list(0..n)", "simd.add(a, a)"),
        ("simd.mul of floats", "import simd\nlet a = [1.5] * n", "simd.mul(a, a)"),
        ("simd.sum", "import simd\nlet a = [1.5] * n", "simd.sum(a)"),
        ("simd.dot", "import simd\nlet a = list(0..n)", "simd.dot(a, a)"),
        ("simd.lt", "import simd\nlet a = list(0..n)", "simd.lt(a, a)"),
        ("random.shuffle", "import random\nlet xs = list(0..n)", "random.shuffle(xs)"),
        ("sum of ints", "let xs = list(0..n)", "sum(xs)"),
        ("sum of floats", "let xs = [1.5] * n", "sum(xs)"),
        ("min", "let xs = list(0..n)", "min(xs)"),
        ("json.stringify", "import json\nlet xs = list(0..n / 3)", "json.stringify(xs)"),
        ("json.parse", "import json\nlet s = json.stringify(list(0..n / 6))", "json.parse(s)"),
        ("regex.findAll", "import regex\nlet s = \"abcd \" * (n / 20)", "regex.findAll(\"[a-z]+\", s)"),
        ("int * int", "let a = 3 ** n", "a * a"),
        ("int / int", "let a = 3 ** n\nlet b = 7 ** (n / 5)", "a / b"),
        ("int ** int", "", "7 ** n"),
        ("int + int", "let a = 1 << (20 * n)", "a + 1"),
        ("int << int", "", "3 << (20 * n)"),
        ("tostring of an int", "let a = 3 ** (n / 10)", "tostring(a)"),
        ("toint of a str", "let s = \"7\" * (n / 20)", "toint(s)"),
        ("tostring of a list", "let xs = list(0..n / 3)", "tostring(xs)"),
        ("list.map", "let xs = list(0..n)", "xs.map(x => x + 1)"),
        ("list.filter", "let xs = list(0..n)", "xs.filter(x => x % 2 == 0)"),
        ("list.reduce", "let xs = list(0..n)", "xs.reduce((a, x) => a + x, 0)"),
    ];

    /// <summary>Prints a table in Markdown: milliseconds from the cancellation to the end of the run.</summary>
    /// <param name="args">May contain <c>threads=N</c>, <c>rounds=N</c> and <c>only=TEXT;TEXT</c>.</param>
    public static void Report(string[] args)
    {
        int threads = int.Parse(Option(args, "threads") ?? "1", CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option(args, "rounds") ?? $"{DefaultRounds}", CultureInfo.InvariantCulture);
        string[] only = (Option(args, "only") ?? string.Empty).Split(';');
        Console.WriteLine($"{Counted(threads)}, {Elements / threads:N0} elements, {rounds} cancellations each");
        Console.WriteLine("| builtin | call ms | p50 | p99 | longest |\n|---|--:|--:|--:|--:|");
        List<double> all = [];
        foreach ((string name, string operands, string call) in Calls.Where(c => Array.Exists(only, part => c.Name.Contains(part))))
        {
            double[] times = Measure(operands, call, threads, rounds, out TimeSpan once);
            all.AddRange(times);
            Print(name, once, times);
        }

        Print("all", TimeSpan.Zero, [.. all.Order()]);
    }

    private static string Counted(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static string? Option(string[] args, string name) =>
        args.FirstOrDefault(arg => arg.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static void Print(string name, TimeSpan once, double[] times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {once.TotalMilliseconds:0} | {times[times.Length / 2]:0.0} | {times[(times.Length - 1) * 99 / 100]:0.0} "
            + $"| {times[^1]:0.0} |"));

    private static double[] Measure(string operands, string call, int threads, int rounds, out TimeSpan once)
    {
        LyraEngine[] engines = [.. Enumerable.Range(0, threads).Select(_ => new LyraEngine())];
        try
        {
            string body = call[0] == '{' ? call[1..^1] : call;
            foreach (LyraEngine engine in engines)
            {
                engine.Run($"let n = {Elements / threads}\n{operands}\n", "operands.lyra");
                engine.Run($"proc call() {{ {body}\n return nil }}", "call.lyra");
            }

            once = TimeOnce(engines[0]);
            Random random = new(1);
            List<double> times = [];
            for (int round = 0; round < rounds; round++)
            {
                TimeSpan wait = Shorter(once, LongestWait) * random.NextDouble();
                times.AddRange(CancelAll(engines, TimeSpan.FromMilliseconds(2) + wait));
            }

            return [.. times.Order()];
        }
        finally
        {
            Array.ForEach(engines, engine => engine.Dispose());
            GC.Collect();
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>The time of one call, of which at most a second counts.</summary>
    private static TimeSpan TimeOnce(LyraEngine engine)
    {
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(1));
        long start = Stopwatch.GetTimestamp();
        RunUntilCancelled(engine, "call()", end.Token);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Runs the call in all engines, and cancels them at once after some time. Returns the milliseconds from then on.</summary>
    private static double[] CancelAll(LyraEngine[] engines, TimeSpan wait)
    {
        using CancellationTokenSource cancellation = new();
        using CountdownEvent started = new(engines.Length);
        long[] stopped = new long[engines.Length];
        Thread[] runs = [.. engines.Select((engine, i) => new Thread(() =>
        {
            started.Signal();
            RunUntilCancelled(engine, "while true { call() }", cancellation.Token);
            stopped[i] = Stopwatch.GetTimestamp();
        }))];
        Array.ForEach(runs, run => run.Start());
        started.Wait();
        Thread.Sleep(wait);
        long cancelled = Stopwatch.GetTimestamp();
        cancellation.Cancel();
        Array.ForEach(runs, run => run.Join());
        return [.. stopped.Select(end => Stopwatch.GetElapsedTime(cancelled, end).TotalMilliseconds)];
    }

    private static void RunUntilCancelled(LyraEngine engine, string source, CancellationToken cancellation)
    {
        try
        {
            engine.Run(source, "loop.lyra", cancellation);
        }
        catch (LyraCanceledException)
        {
            // It was stopped.
        }
    }
}
