using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Lyra.Bench.Suite;

namespace Lyra.Bench;

/// <summary>
/// Measures what the checks of the code in memory cost: the time of the programs with sampled checks and in checked mode, relative to none;
/// the time of checks that are hoisted out of the run, to one for each entry from the host; and the memory of an engine with each preset.
/// </summary>
internal static class IntegrityCost
{
    private const int Runs = 5;
    private const int Engines = 200;
    private const int Entries = 20_000;

    private static readonly int[] Intervals = [0, 1_000, 100, 1];
    private static readonly string[] Programs = ["fib", "sieve", "richards", "queens", "exprtree", "tasks", "wordcount"];

    /// <summary>Prints tables in Markdown.</summary>
    public static void Report()
    {
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
        {
            Console.WriteLine($"| --jit {jit} | none ms | 1,000 | 100 | checked | checks at 1,000 | at 100 | checked |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
            foreach (string name in Programs)
            {
                Console.WriteLine(Row(name, jit));
            }

            Console.WriteLine();
        }

        Console.WriteLine("| program, entered | none ns | hoisted, + ns | checked, + ns | hoisted, of a run |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (string name in Programs)
        {
            Console.WriteLine(EntryRow(name));
        }

        Console.WriteLine();
        Console.WriteLine("| preset | bytes of a new engine | after a first small run |");
        Console.WriteLine("|---|--:|--:|");
        Console.WriteLine(MemoryRow("Default", LyraOptions.Default));
        Console.WriteLine(MemoryRow("Embedded", LyraOptions.Embedded));
        Console.WriteLine(MemoryRow("Server", LyraOptions.Server));
    }

    private static string Row(string name, JitMode jit)
    {
        BenchProgram program = BenchProgram.All().Single(p => p.Name == name);
        double[] times = new double[Intervals.Length];
        long[] checks = new long[Intervals.Length];
        Array.Fill(times, double.MaxValue);
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < Intervals.Length; i++)
            {
                (double time, checks[i]) = Time(program, jit, Intervals[i]);
                times[i] = Math.Min(times[i], time);
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times[0]:0} | {times[1] / times[0]:0.00} | {times[2] / times[0]:0.00} | {times[3] / times[0]:0.00} "
                + $"| {checks[1]:N0} | {checks[2]:N0} | {checks[3]:N0} |");
    }

    private static (double Time, long Checks) Time(BenchProgram program, JitMode jit, int interval)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit, IntegrityInterval = interval });
        engine.Run(BenchProgram.Declarations(program.Name), program.Name + ".lyra");
        long start = Stopwatch.GetTimestamp();
        engine.Call("run", program.Mid.N);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, engine.Statistics.Integrity.Checks);
    }

    /// <summary>
    /// The cost of a check at each entry: a sampled one, which is half of those that an interval of 2 makes at every second entry, and all
    /// of checked mode. A short run has no other occasion for a check. The last column relates the sampled one to the time of the program.
    /// </summary>
    private static string EntryRow(string name)
    {
        BenchProgram program = BenchProgram.All().Single(p => p.Name == name);
        double[] times = [double.MaxValue, double.MaxValue, double.MaxValue];
        double whole = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            for (int interval = 0; interval < times.Length; interval++)
            {
                times[interval] = Math.Min(times[interval], TimeOfEntry(program, interval));
            }

            whole = Math.Min(whole, Time(program, JitMode.Off, 0).Time * 1e6);
        }

        double hoisted = 2 * (times[2] - times[0]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {times[0]:N0} | {hoisted:N0} | {times[1] - times[0]:N0} | {hoisted / whole * 1e6:0.00} ppm |");
    }

    private static double TimeOfEntry(BenchProgram program, int interval)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, IntegrityInterval = interval });
        engine.Run(BenchProgram.Declarations(program.Name) + "\nproc entered() { return nil }", program.Name + ".lyra");
        long before = engine.Statistics.Integrity.Checks;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Entries; i++)
        {
            engine.Call("entered");
        }

        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Entries;
        long checks = engine.Statistics.Integrity.Checks - before;
        bool isExpected = interval == 0 ? checks == 0 : interval == 1 ? checks > Entries : Math.Abs(checks - (Entries / 2)) <= 1;
        return isExpected ? nanoseconds : throw new InvalidOperationException($"{program.Name}: {checks} checks in {Entries} entries");
    }

    /// <summary>
    /// The bytes that an engine allocates when it is made, and those until it has run a compiled script that uses its cache and its pools.
    /// </summary>
    private static string MemoryRow(string name, LyraOptions options)
    {
        LyraScript script = LyraScript.Compile("""
            struct A { x }
            struct B { x }
            var sum = 0
            for o in [A(1), B(2), A(3), B(4)] { sum += o.x }
            sum
            """);
        using (LyraEngine first = new(options))
        {
            first.Run(script);
        }

        long made = 0;
        long used = 0;
        for (int i = 0; i < Engines; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using LyraEngine engine = new(options);
            made += GC.GetAllocatedBytesForCurrentThread() - before;
            engine.Run(script);
            used += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {made / Engines:N0} | {used / Engines:N0} |");
    }
}
