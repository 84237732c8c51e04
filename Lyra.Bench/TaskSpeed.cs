using System;
using System.Diagnostics;
using System.Globalization;

namespace Lyra.Bench;

/// <summary>
/// Measures tasks in both tiers: creation, awaits with and without a turn of the event loop, channels, and a program of tasks.
/// </summary>
internal static class TaskSpeed
{
    private const int Rounds = 7;
    private const int Count = 200_000;

    private const string Source = """
        async proc one(x) { return x }
        proc plain(x) { return x }
        async proc call(n) { var s = 0; for i in 0..n { one(i) }; return s }
        async proc create(n) { for k in 0..n / 1000 { for i in 0..1000 { spawn one(i) }; await sleep(0) } }
        async proc createOnly(n) {
            var seconds = 0.0
            for k in 0..n / 1000 {
                let start = clock()
                for i in 0..1000 { spawn one(i) }
                seconds += clock() - start
                await sleep(0)
            }
            return seconds
        }
        async proc createPlain(n) { for k in 0..n / 1000 { for i in 0..1000 { spawn plain(i) }; await sleep(0) } }
        async proc resolved(n) { let t = one(1); var s = 0; for i in 0..n { s += await t }; return s }
        async proc turn(n) { var s = 0; for i in 0..n { s += await spawn one(1) }; return s }
        async proc echo(a, b) { for x in a { await b.send(x) } }
        async proc pingPong(n) {
            let a = chan(0)
            let b = chan(0)
            spawn echo(a, b)
            var s = 0
            for i in 0..n { await a.send(i); s += await b.recv() }
            a.close()
            return s
        }
        async proc buffered(n) { let c = chan(1); var s = 0; for i in 0..n { await c.send(i); s += await c.recv() }; return s }
        async proc gathered(n) {
            var s = 0
            for k in 0..n / 100 { s += sum(await gather(list(0..100).map(i => one(i)))) }
            return s
        }
        async proc stage(input, output) { for x in input { await output.send(await one(x)) }; output.close() }
        async proc feed(input, n) { for i in 0..n { await input.send(i) }; input.close() }
        async proc heavy(n) {
            let first = chan(16)
            let second = chan(16)
            let third = chan(16)
            spawn feed(first, n)
            spawn stage(first, second)
            spawn stage(second, third)
            var s = 0
            for x in third { s += x }
            return s
        }
        """;

    private static readonly (string Proc, string Meaning)[] Measured =
    [
        ("call", "call of an async proc that finishes at once"),
        ("createOnly", "`spawn` of an async proc, without its run"), ("create", "`spawn` of an async proc, and its run"),
        ("createPlain", "`spawn` of a proc, and its run"), ("resolved", "`await` of a finished task"),
        ("turn", "`await` of a spawned task: a turn of the event loop"), ("pingPong", "ping-pong over two channels without room"),
        ("buffered", "send and receive where there is room"), ("gathered", "member of a `gather` of 100"),
        ("heavy", "item through four tasks and three channels"),
    ];

    /// <summary>
    /// Prints a table in Markdown: nanoseconds and allocated bytes for each operation. The script measures the creation without the run.
    /// </summary>
    public static void Report()
    {
        Console.WriteLine("| operation | off: ns | bytes | on: ns | bytes |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach ((string proc, string meaning) in Measured)
        {
            Console.WriteLine($"| {meaning} | {Cells(proc, JitMode.Off)} | {Cells(proc, JitMode.On)} |");
        }
    }

    private static string Cells(string proc, JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit });
        engine.Run(Source);
        engine.Call(proc, Count);
        double best = double.MaxValue;
        long bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            LyraValue result = engine.Call(proc, Count);
            double seconds = proc == "createOnly" ? result.As<double>() : Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Min(best, seconds * 1e9 / Count);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{best:0.0} | {bytes:N0}");
    }
}
