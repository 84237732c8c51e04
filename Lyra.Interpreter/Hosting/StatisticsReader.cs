using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Hosting;

/// <summary>Takes a snapshot of the counters of an engine.</summary>
internal static class StatisticsReader
{
    public static LyraStatistics Read(Execution.Interpreter interpreter, RunCounters counters)
    {
        (long calls, long backEdges) = counters.Read(interpreter.Modules.Imported);
        HashInlineCacheStatistics cache = interpreter.SharedCache.Statistics;
        return new LyraStatistics
        {
            Interpreter = new InterpreterStatistics(backEdges, calls),
            Jit = ReadJit(interpreter),
            InlineCache = new InlineCacheStatistics(cache.Lookups, cache.Hits, cache.Misses, cache.Collisions, cache.Evictions),
            Slabs = SlabsOf(interpreter.SlabStatistics),
            Integrity = new IntegrityStatistics(cache.Checks, cache.Violations),
        };
    }

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
            CompiledSteps = counters.CompiledSteps + counters.EntrySteps,
            CallOuts = counters.CallOuts,
            Steps = interpreter.Limiter.TotalSteps,
        };
    }

    private static SlabStatistics[] SlabsOf(SlabPoolStatistics? pool) => pool is null
        ? []
        : Array.ConvertAll(pool.Classes, static c => new SlabStatistics(c.SlotBytes, c.Slots, c.Used, c.Peak, c.Fragmentation));
}
