using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>The statistics of an engine as the modules <c>jit</c> and <c>vm</c> show them to a script.</summary>
internal static class ScriptFigures
{
    public static IReadOnlyList<Figure> Of(InterpreterStatistics stats) =>
    [
        Of("calls", stats.Calls),
        Of("backEdges", stats.BackEdges),
    ];

    public static IReadOnlyList<Figure> Of(JitStatistics stats) =>
    [
        Of("tracesStarted", stats.TracesStarted),
        Of("tracesCompiled", stats.TracesCompiled),
        Of("sideTraces", stats.SideTraces),
        Of("dropped", stats.Dropped),
        Of("aborts", Sum(stats.Aborts)),
        Of("entries", stats.Entries),
        Of("guardExits", Sum(stats.GuardExits)),
        Of("deoptimizations", stats.Deoptimizations),
        Of("callOuts", stats.CallOuts),
        Of("codeBytes", stats.CodeBytes),
        new("compileTime", Value.FromFloat(stats.CompileTime.TotalSeconds)),
        Of("steps", stats.Steps),
        Of("compiledSteps", stats.CompiledSteps),
    ];

    public static IReadOnlyList<Figure> Of(InlineCacheStatistics stats) =>
    [
        Of("lookups", stats.Lookups),
        Of("hits", stats.Hits),
        Of("misses", stats.Misses),
        Of("collisions", stats.Collisions),
        Of("evictions", stats.Evictions),
        new("hitRate", Value.FromFloat(stats.HitRate)),
        Of("entries", stats.Entries),
        new("meanChain", Value.FromFloat(stats.MeanChain)),
        Of("longestChain", stats.LongestChain),
    ];

    public static IReadOnlyList<Figure> Of(SlabStatistics stats) =>
    [
        Of("slotBytes", stats.SlotBytes),
        Of("slots", stats.Slots),
        Of("used", stats.Used),
        Of("peak", stats.Peak),
        new("fragmentation", Value.FromFloat(stats.Fragmentation)),
    ];

    public static IReadOnlyList<Figure> Of(ArrayStatistics stats) =>
    [
        Of("grown", stats.Grown),
        Of("reused", stats.Reused),
    ];

    public static IReadOnlyList<Figure> Of(ObjectStatistics stats) =>
    [
        Of("givenBack", stats.GivenBack),
        Of("reused", stats.Reused),
    ];

    public static IReadOnlyList<Figure> Of(PoolStatistics stats) =>
    [
        Of("rented", stats.Rented),
        Of("reused", stats.Reused),
        new("hitRate", Value.FromFloat(stats.HitRate)),
    ];

    public static IReadOnlyList<Figure> Of(StringStatistics stats) =>
    [
        Of("interned", stats.Interned),
        Of("hits", stats.Hits),
    ];

    public static IReadOnlyList<Figure> Of(IntegrityStatistics stats) =>
    [
        Of("checks", stats.Checks),
        Of("violations", stats.Violations),
    ];

    private static Figure Of(string name, long count) => new(name, Value.FromInt(count));

    private static long Sum(IReadOnlyDictionary<string, long> counts)
    {
        long sum = 0;
        foreach (KeyValuePair<string, long> count in counts)
        {
            sum += count.Value;
        }

        return sum;
    }
}
