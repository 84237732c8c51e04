using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Caches;

namespace Lyra.Interpreter.Hosting;

/// <summary>Makes a snapshot of what an engine's parts count.</summary>
internal static class StatisticsReader
{
    public static LyraStatistics Read(Execution.Interpreter interpreter, RunCounters counters)
    {
        (long calls, long backEdges) = counters.Read(interpreter.Modules);
        HashInlineCacheStatistics cache = interpreter.SharedCache.Statistics;
        return new LyraStatistics
        {
            Interpreter = new InterpreterStatistics(backEdges, calls),
            Jit = ReadJit(interpreter),
            InlineCache = new InlineCacheStatistics(cache.Lookups, cache.Hits, cache.Misses, cache.Collisions, cache.Evictions),
            Slabs = SlabsOf(interpreter.SlabStatistics),
            Strings = new StringStatistics(0, 0),
            Integrity = new IntegrityStatistics(cache.Checks, cache.Violations),
        };
    }

    /// <summary>What was compiled, and what came of it.</summary>
    public static JitStatistics ReadJit(Execution.Interpreter interpreter) => interpreter.HasTiers
        ? ReadCounters(interpreter)
        : new JitStatistics { Available = RuntimeFeature.IsDynamicCodeCompiled, Steps = interpreter.TotalSteps };

    // Never inlined, because it loads the compiler's library.
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
            Deoptimizations = counters.Deoptimizations,
            CodeBytes = counters.IlBytes,
            CompileTime = counters.CompileTime,
            BackgroundTime = counters.BackgroundTime,
            CompiledSteps = counters.CompiledSteps,
            Interpretations = counters.Interpretations,
            Steps = interpreter.TotalSteps,
        };
    }

    private static SlabStatistics[] SlabsOf(Runtime.Memory.SlabStatistics? pool) => pool is null
        ? []
        : Array.ConvertAll(pool.Classes, static c => new SlabStatistics(c.SlotBytes, c.Slots, c.Used, c.Peak, c.Fragmentation));
}
