using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra.Bench.Suite.Counting;

/// <summary>
/// Counts what a program executes: in the interpreter by a profile, and with the JIT. No count depends on the time: the engines have a
/// clock that advances by its readings, the JIT compiles on the thread of the script, and what it loads first is loaded before. Entries
/// and exits of compiled code are not counted, because their number depends on the time: compiled loops pause to look at the clock.
/// </summary>
internal static class ProgramCounter
{
    private const int Default = 2;
    private static readonly int[] Levels = [0, Default, 3];

    public static CounterRow Count(BenchProgram program, BenchSize size)
    {
        SortedDictionary<string, long> counts = new(System.StringComparer.Ordinal);
        string source = BenchProgram.Declarations(program.Name);
        long n = program.WorkAt(size).N;
        CodeCounter.Count(program, counts);
        foreach (int level in Levels)
        {
            CountInterpreted(source, program.Name, n, level, counts);
        }

        CountCompiled(source, program.Name, n, counts);
        return new CounterRow(program.Name, n, counts);
    }

    private static void CountInterpreted(string source, string name, long n, int level, SortedDictionary<string, long> counts)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, OptimizationLevel = level, Time = new SteppingClock() });
        using LyraProfiler profiler = engine.Profile(ProfileLevel.Basic);
        Run(engine, source, name, n);
        counts[Counters.Instructions(level)] = profiler.Snapshot().Instructions;
        if (level == Default)
        {
            LyraStatistics statistics = engine.Statistics;
            counts[Counters.Steps] = statistics.Jit.Steps;
            counts[Counters.Calls] = statistics.Interpreter.Calls;
            counts[Counters.BackEdges] = statistics.Interpreter.BackEdges;
            counts[Counters.Lookups] = statistics.InlineCache.Lookups;
            counts[Counters.Hits] = statistics.InlineCache.Hits;
        }
    }

    private static void CountCompiled(string source, string name, long n, SortedDictionary<string, long> counts)
    {
        TierWarmUp.Complete();
        using LyraEngine engine = new(new LyraOptions
        {
            CompilesInBackground = false,
            Time = new SteppingClock(),
            LimitClock = new SteppingClock(),
        });
        InlineCounter inlined = new();
        engine.Compiler.Listen(inlined);
        Run(engine, source, name, n);
        JitStatistics jit = engine.Statistics.Jit;
        counts[Counters.Traces] = jit.TracesCompiled;
        counts[Counters.SideTraces] = jit.SideTraces;
        counts[Counters.Aborts] = jit.Aborts.Values.Sum();
        counts[Counters.CallOuts] = jit.CallOuts;
        counts[Counters.CodeBytes] = jit.CodeBytes;
        counts[Counters.InlinedProcs] = inlined.Procs;
    }

    private static void Run(LyraEngine engine, string source, string name, long n)
    {
        engine.Run(source, name + ".lyra");
        engine.Call("run", n);
    }
}
