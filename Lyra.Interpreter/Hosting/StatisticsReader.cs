using System;
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
            Jit = new JitStatistics { Available = false },
            InlineCache = new InlineCacheStatistics(cache.Lookups, cache.Hits, cache.Misses, cache.Collisions, cache.Evictions),
            Slabs = SlabsOf(interpreter.SlabStatistics),
            Strings = new StringStatistics(0, 0),
            Integrity = new IntegrityStatistics(cache.Checks, cache.Violations),
        };
    }

    private static SlabStatistics[] SlabsOf(Runtime.Memory.SlabStatistics? pool) => pool is null
        ? []
        : Array.ConvertAll(pool.Classes, static c => new SlabStatistics(c.SlotBytes, c.Slots, c.Used, c.Peak, c.Fragmentation));
}
