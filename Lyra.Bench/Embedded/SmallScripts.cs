using System;
using System.Globalization;
using System.Linq;
using Jint;
using NLua;

namespace Lyra.Bench.Embedded;

/// <summary>
/// Measures many small scripts in one process: for each, a host makes an engine, runs the script from its source and drops the engine.
/// </summary>
internal static class SmallScripts
{
    private const int Count = 500;
    private const int Rounds = 25;
    private const string Expected = "4 apple, 1 bread, 2 cheese: 1246";

    private const string LyraSource = """
        struct Line { name; price; count }
        proc total(lines) {
            var sum = 0
            for line in lines { sum += line.price * line.count }
            return sum
        }
        let lines = [Line("apple", 30, 4), Line("bread", 250, 1), Line("cheese", 490, 2)]
        let discounts = {"apple": 5, "cheese": 10}
        var rebate = 0
        for line in lines {
            if line.name in discounts { rebate += line.price * line.count * discounts[line.name] / 100 }
        }
        let text = lines.map(line => "${line.count} ${line.name}").join(", ")
        "${text}: ${total(lines) - rebate}"
        """;

    private const string JavaScript = """
        class Line { constructor(name, price, count) { this.name = name; this.price = price; this.count = count; } }
        function total(lines) {
            let sum = 0;
            for (const line of lines) { sum += line.price * line.count; }
            return sum;
        }
        const lines = [new Line("apple", 30, 4), new Line("bread", 250, 1), new Line("cheese", 490, 2)];
        const discounts = {"apple": 5, "cheese": 10};
        let rebate = 0;
        for (const line of lines) {
            if (line.name in discounts) { rebate += line.price * line.count * discounts[line.name] / 100; }
        }
        const text = lines.map(line => `${line.count} ${line.name}`).join(", ");
        `${text}: ${total(lines) - rebate}`
        """;

    private const string LuaSource = """
        local function Line(name, price, count) return {name = name, price = price, count = count} end
        local function total(lines)
            local sum = 0
            for _, line in ipairs(lines) do sum = sum + line.price * line.count end
            return sum
        end
        local lines = {Line("apple", 30, 4), Line("bread", 250, 1), Line("cheese", 490, 2)}
        local discounts = {apple = 5, cheese = 10}
        local rebate = 0
        for _, line in ipairs(lines) do
            if discounts[line.name] then rebate = rebate + line.price * line.count * discounts[line.name] // 100 end
        end
        local texts = {}
        for i, line in ipairs(lines) do texts[i] = line.count .. " " .. line.name end
        return table.concat(texts, ", ") .. ": " .. (total(lines) - rebate)
        """;

    private static readonly (string Name, Func<string> Run)[] Engines = [("Lyra", RunLyra), ("Jint", RunJint), ("NLua", RunNLua)];

    /// <summary>
    /// Prints a table in Markdown: microseconds of processor time for an engine and its script, the least of several rounds in which the
    /// engines take turns, and the managed memory that they allocate.
    /// </summary>
    public static void Report()
    {
        double[] times = [.. Engines.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < Engines.Length; i++)
            {
                times[i] = Math.Min(times[i], ProcessorTime.Best(1, Count, () => RunMany(i)) / 1_000);
            }
        }

        Console.WriteLine("| engine | µs | KB | time to Lyra | memory to Lyra |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        double[] kilobytes = [.. Engines.Select((_, i) => AllocatedBytes(i) / 1_000)];
        for (int i = 0; i < Engines.Length; i++)
        {
            string time = times[i].ToString("0", CultureInfo.InvariantCulture);
            string size = kilobytes[i].ToString("0.0", CultureInfo.InvariantCulture);
            string slower = (times[i] / times[0]).ToString("0.0", CultureInfo.InvariantCulture);
            string larger = (kilobytes[i] / kilobytes[0]).ToString("0.0", CultureInfo.InvariantCulture);
            Console.WriteLine($"| {Engines[i].Name} | {time} | {size} | {slower} | {larger} |");
        }
    }

    private static double RunMany(int engine)
    {
        for (int i = 0; i < Count; i++)
        {
            string result = Engines[engine].Run();
            if (result != Expected)
            {
                throw new InvalidOperationException($"{Engines[engine].Name} gives {result}");
            }
        }

        return Count;
    }

    private static double AllocatedBytes(int engine)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RunMany(engine);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;
    }

    private static string RunLyra()
    {
        using LyraEngine engine = new();
        return engine.Run(LyraSource).As<string>();
    }

    private static string RunJint()
    {
        using Engine engine = new();
        return engine.Evaluate(JavaScript).AsString();
    }

    private static string RunNLua()
    {
        using Lua lua = new();
        return (string)lua.DoString(LuaSource)[0];
    }
}
