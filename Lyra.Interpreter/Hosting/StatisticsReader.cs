using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Hosting;

/// <summary>Takes a snapshot of the counters of an engine.</summary>
internal static class StatisticsReader
{
    /// <param name="interpreter">The engine's interpreter.</param>
    /// <param name="counters">The counters of the modules whose runs have ended.</param>
    /// <param name="running">The innermost run; null when none runs.</param>
    public static LyraStatistics Read(Execution.Interpreter interpreter, RunCounters counters, ModuleRun? running)
    {
        (long calls, long backEdges) = counters.Read([.. interpreter.Modules.Imported, .. ModuleRun.ModulesOf(running)]);
        HashInlineCacheStatistics cache = interpreter.Caches.SharedStatistics;
        return new LyraStatistics
        {
            Interpreter = new InterpreterStatistics(backEdges, calls),
            Jit = ReadJit(interpreter),
            InlineCache = ReadCache(interpreter),
            Slabs = SlabsOf(interpreter.Caches.SlabStatistics),
            Strings = new StringStatistics(interpreter.Caches.TextCounts.Interned, interpreter.Caches.TextCounts.Hits),
            Arrays = new ArrayStatistics(interpreter.GrownArrays, interpreter.ReusedArrays),
            Objects = new ObjectStatistics(interpreter.Storage?.GivenBack ?? 0, interpreter.Storage?.Reused ?? 0),
            Pools = new PoolStatistics(interpreter.Caches.Pools.Rented, interpreter.Caches.Pools.Reused),
            Integrity = new IntegrityStatistics(
                interpreter.Reports.IntegrityCheckCount, interpreter.Integrity.Violations + cache.Violations),
        };
    }

    public static InlineCacheStatistics ReadCache(Execution.Interpreter interpreter)
    {
        HashInlineCacheStatistics cache = interpreter.Caches.SharedStatistics;
        CacheChains chains = interpreter.Caches.Chains;
        return new InlineCacheStatistics(cache.Lookups, cache.Hits, cache.Misses, cache.Collisions, cache.Evictions)
        {
            Entries = chains.Entries,
            MeanChain = chains.Mean,
            LongestChain = chains.Longest,
        };
    }

    public static SlabStatistics Read(SlabClassStatistics size) =>
        new(size.SlotBytes, size.Slots, size.Used, size.Peak, size.Fragmentation);

    public static JitStatistics ReadJit(Execution.Interpreter interpreter) => interpreter.Tiering.HasController
        ? ReadCounters(interpreter)
        : new JitStatistics { Available = RuntimeFeature.IsDynamicCodeCompiled, Steps = interpreter.Limiter.TotalSteps };

    // Not inlined, because it loads the assembly of the compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JitStatistics ReadCounters(Execution.Interpreter interpreter)
    {
        TierCounters counters = interpreter.Tiers.Counters;
        return new JitStatistics
        {
            Available = true,
            TracesStarted = counters.Started,
            TracesCompiled = counters.Compiled,
            SideTraces = counters.Side,
            Aborts = counters.Aborts(),
            Entries = counters.Entries,
            GuardExits = counters.Exits(),
            Dropped = counters.Dropped,
            Deoptimizations = counters.Deoptimizations,
            CodeBytes = counters.IlBytes,
            CompileTime = counters.CompileTime,
            BackgroundTime = counters.BackgroundTime,
            CompileBytes = counters.CompileBytes,
            CompiledSteps = counters.CompiledSteps + counters.EntrySteps,
            CallOuts = counters.CallOuts,
            Steps = interpreter.Limiter.TotalSteps,
        };
    }

    private static SlabStatistics[] SlabsOf(SlabPoolStatistics? pool) => pool is null
        ? []
        : Array.ConvertAll(pool.Classes, Read);
}
