using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Counting;

/// <summary>Counts what a program executes: in the interpreter by a profile, and with the JIT, which compiles without other threads.</summary>
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
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, OptimizationLevel = level });
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
        using LyraEngine engine = new(new LyraOptions { CompilesInBackground = false });
        InlineCounter inlined = new();
        engine.ListenToCompiler(inlined);
        Run(engine, source, name, n);
        JitStatistics jit = engine.Statistics.Jit;
        counts[Counters.Traces] = jit.TracesCompiled;
        counts[Counters.SideTraces] = jit.SideTraces;
        counts[Counters.Aborts] = jit.Aborts.Values.Sum();
        counts[Counters.Entries] = jit.Entries;
        counts[Counters.Exits] = jit.Deoptimizations;
        counts[Counters.CallOuts] = jit.CallOuts;
        counts[Counters.CompiledSteps] = jit.CompiledSteps;
        counts[Counters.CodeBytes] = jit.CodeBytes;
        counts[Counters.InlinedProcs] = inlined.Procs;
    }

    private static void Run(LyraEngine engine, string source, string name, long n)
    {
        engine.Run(source, name + ".lyra");
        engine.Call("run", n);
    }
}
