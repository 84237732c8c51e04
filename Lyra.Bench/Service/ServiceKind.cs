using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Service;

/// <summary>
/// One kind of script that a simulated service runs. Its source has any number of versions; they differ in constants, not in the amount of
/// work. The cost of a request does not depend on its number, so each cycle of requests is the same work. The types of arguments change
/// from request to request.
/// </summary>
/// <param name="Name">The name of the kind and of its proc.</param>
/// <param name="Source">The source of a version.</param>
/// <param name="Argument">The argument of a request.</param>
/// <param name="Expected">The expected answer of a version to a request, computed in C#.</param>
internal sealed record ServiceKind(string Name, Func<int, string> Source, Func<int, LyraValue> Argument, Func<int, int, LyraValue> Expected)
{
    private const int Types = 3;

    /// <summary>
    /// All kinds: business rules, the loop of a game, text, numbers, code used with several types, containers of the host, tasks.
    /// </summary>
    public static IReadOnlyList<ServiceKind> All { get; } =
    [
        new("price", PriceSource, NumberOf, PriceOf),
        new("play", PlaySource, static request => request % 10, PlayOf),
        new("munge", MungeSource, static request => request % 4, MungeOf),
        new("kernel", KernelSource, static request => 0.5 * (request % 8), KernelOf),
        new("total", TotalSource, AnythingOf, TotalOf),
        new("order", OrderSource, OrdersOf, OrderOf),
        new("task", TaskSource, static request => request % 100, static (version, request) => (300L * (request % 100)) + version),
    ];

    /// <summary>Adds the host's definitions for scripts of all kinds.</summary>
    public static void Equip(LyraEngine engine)
    {
        engine.Define("discount", static (int sum) => sum / 10);
        engine.Define("scaled", static (double x) => x * 0.5);
        engine.Define("fetch", static async (int x) =>
        {
            await System.Threading.Tasks.Task.Yield();
            return x * 3;
        });
    }

    private static string PriceSource(int version) => $$"""
        struct Line { price; count }
        proc price(rate) {
            var total = 0
            for i in 0..150 {
                let line = Line(i % 50 + {{version}}, i % 3 + 1)
                var sum = line.price * line.count
                if i % 4 == 0 { sum -= discount(sum) }
                total += sum
            }
            return total * rate
        }
        """;

    private static LyraValue PriceOf(int version, int request)
    {
        long total = 0;
        for (int i = 0; i < 150; i++)
        {
            long sum = (long)((i % 50) + version) * ((i % 3) + 1);
            total += i % 4 == 0 ? sum - (sum / 10) : sum;
        }

        return request % 2 == 0 ? total * 2 : total * 0.25;
    }

    private static LyraValue NumberOf(int request) => request % 2 == 0 ? 2 : 0.25;

    private static string PlaySource(int version) => $$"""
        struct Ball {
            x
            speed
            proc step(self, width) {
                self.x += self.speed
                if self.x < 0 or self.x > width { self.speed = -self.speed }
            }
        }
        proc play(start) {
            let balls = []
            for i in 0..10 { balls.push(Ball(start + i * 7, i % 5 + 1)) }
            for frame in 0..15 {
                for ball in balls { ball.step(100 + {{version}} % 10) }
            }
            return balls.reduce((sum, ball) => sum + ball.x, 0)
        }
        """;

    private static LyraValue PlayOf(int version, int request)
    {
        long sum = 0;
        for (int i = 0; i < 10; i++)
        {
            long x = (request % 10) + (i * 7);
            long speed = (i % 5) + 1;
            for (int frame = 0; frame < 15; frame++)
            {
                x += speed;
                speed = x < 0 || x > 100 + (version % 10) ? -speed : speed;
            }

            sum += x;
        }

        return sum;
    }

    private static string MungeSource(int version) => $$"""
        let words = ["alpha", "beta", "gamma", "delta{{version}}"]
        proc munge(first) {
            var counts = {}
            var text = ""
            for i in 0..80 {
                let word = words[(i * i + first) % 4]
                counts[word] = counts.get(word, 0) + 1
                text += word[0..2]
            }
            return "${text.upper()} ${counts.get("alpha", 0)} ${length(words[3])}"
        }
        """;

    private static LyraValue MungeOf(int version, int request)
    {
        string[] words = ["alpha", "beta", "gamma", $"delta{version}"];
        int[] picks = [.. Enumerable.Range(0, 80).Select(i => ((i * i) + (request % 4)) % 4)];
        string text = string.Concat(picks.Select(pick => words[pick][..2].ToUpperInvariant()));
        return $"{text} {picks.Count(static pick => pick == 0)} {words[3].Length}";
    }

    private static string KernelSource(int version) => $$"""
        proc kernel(x) {
            let cells = [0.0] * 60
            for round in 0..5 {
                for i in 0..60 { cells[i] = cells[i] * 0.5 + scaled(x + i) + {{version}}.0 }
            }
            var sum = 0.0
            for cell in cells { sum += cell }
            return sum
        }
        """;

    private static LyraValue KernelOf(int version, int request)
    {
        double x = 0.5 * (request % 8);
        double sum = 0;
        for (int i = 0; i < 60; i++)
        {
            double cell = 0;
            for (int round = 0; round < 5; round++)
            {
                cell = (cell * 0.5) + ((x + i) * 0.5) + version;
            }

            sum += cell;
        }

        return sum;
    }

    private static string TotalSource(int version) => $$"""
        proc added(a, b) { return a + b }
        proc total(x) {
            var sum = x
            for i in 0..60 { sum = added(sum, x) }
            return ({{version}}, sum)
        }
        """;

    private static LyraValue AnythingOf(int request) => (request % Types) switch { 0 => 7, 1 => 0.5, _ => "ab" };

    private static LyraValue TotalOf(int version, int request) => (request % Types) switch
    {
        0 => LyraValue.From((version, 7 * 61)),
        1 => LyraValue.From((version, 0.5 * 61)),
        _ => LyraValue.From((version, string.Concat(Enumerable.Repeat("ab", 61)))),
    };

    private static string OrderSource(int version) => $$"""
        proc order(orders) {
            var sum = {{version}}
            for o in orders { sum += o["price"] * o["count"] }
            return orders.map(o => o["count"] + sum)
        }
        """;

    private static LyraValue OrdersOf(int request) =>
        LyraValue.From(Enumerable.Range(0, 20).Select(i => new Dictionary<string, int> { ["price"] = i + (request % 9), ["count"] = i % 4 })
            .ToList());

    private static LyraValue OrderOf(int version, int request)
    {
        int sum = version + Enumerable.Range(0, 20).Sum(i => (i + (request % 9)) * (i % 4));
        return LyraValue.From(Enumerable.Range(0, 20).Select(i => (i % 4) + sum).ToList());
    }

    private static string TaskSource(int version) => $$"""
        async proc part(x) { return await fetch(x) }
        async proc task(x) {
            var sum = {{version}}
            for i in 0..100 { if i % 50 == 0 { sum += await part(x) } else { sum += 0 } }
            return sum + x * 294
        }
        """;
}
