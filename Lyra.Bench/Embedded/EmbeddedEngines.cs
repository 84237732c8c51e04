using System;
using System.Globalization;
using System.Linq;

namespace Lyra.Bench.Embedded;

/// <summary>Measures what crosses the border between host and script in Lyra and in other engines that run in the same process.</summary>
internal static class EmbeddedEngines
{
    private const int Count = 200_000;
    private const int Rounds = 9;

    /// <summary>
    /// Prints a table in Markdown: nanoseconds of processor time for an operation, the least of several rounds in which the engines take
    /// turns, and the ratios to Lyra.
    /// </summary>
    public static void Report()
    {
        using IEmbeddedEngine lyra = new EmbeddedLyra();
        using IEmbeddedEngine jint = new EmbeddedJint();
        using IEmbeddedEngine lua = new EmbeddedNLua();
        IEmbeddedEngine[] engines = [lyra, jint, lua];
        string names = string.Join(" | ", engines.Select(engine => engine.Name + " ns"));
        Console.WriteLine($"| operation | {names} | Jint / Lyra | NLua / Lyra |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (EmbeddedTask task in EmbeddedTask.All)
        {
            double[] best = Measure(task, engines);
            string times = string.Join(" | ", best.Select(time => time.ToString("0.0", CultureInfo.InvariantCulture)));
            string ratios = string.Join(" | ", best.Skip(1).Select(time => (time / best[0]).ToString("0.0", CultureInfo.InvariantCulture)));
            Console.WriteLine($"| {task.Shown} | {times} | {ratios} |");
        }
    }

    private static double[] Measure(EmbeddedTask task, IEmbeddedEngine[] engines)
    {
        Func<int, double>[] work = [.. engines.Select(engine => engine.Prepare(task))];
        double[] results = [.. work.Select(run => run(Count))];
        if (results.Any(result => result != results[0]))
        {
            throw new InvalidOperationException($"{task.Shown}: the engines disagree: {string.Join(", ", results)}");
        }

        double[] best = [.. work.Select(_ => double.MaxValue)];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < work.Length; i++)
            {
                best[i] = Math.Min(best[i], ProcessorTime.Best(1, Count, () => work[i](Count)));
            }
        }

        return best;
    }
}
