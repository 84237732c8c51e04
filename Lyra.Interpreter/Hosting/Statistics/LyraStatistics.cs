using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Lyra;

/// <summary>
/// The counters of an engine at one moment. Immutable, and serializable to JSON. <see cref="ToString"/> returns a readable table.
/// </summary>
public sealed record LyraStatistics
{
    /// <summary>The counters of the interpreter.</summary>
    public required InterpreterStatistics Interpreter { get; init; }

    /// <summary>The counters of the compiler to machine code.</summary>
    public required JitStatistics Jit { get; init; }

    /// <summary>The counters of the cache that all members and operations share.</summary>
    public required InlineCacheStatistics InlineCache { get; init; }

    /// <summary>The size classes of the slab pools, smallest first; empty before the first use.</summary>
    public required IReadOnlyList<SlabStatistics> Slabs { get; init; }

    /// <summary>The counters of the interned strs.</summary>
    public required StringStatistics Strings { get; init; }

    /// <summary>The arrays behind lists, maps and sets.</summary>
    public required ArrayStatistics Arrays { get; init; }

    /// <summary>The objects that are used again.</summary>
    public required ObjectStatistics Objects { get; init; }

    /// <summary>The sum over the pools of the engine.</summary>
    public required PoolStatistics Pools { get; init; }

    /// <summary>The counters of the checks of the engine's internal structures.</summary>
    public required IntegrityStatistics Integrity { get; init; }

    /// <summary>Returns a table with a line for each number: its name, at least two spaces, the number.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Line(text, "interpreter: calls", Interpreter.Calls);
        Line(text, "interpreter: back-edges", Interpreter.BackEdges);
        Line(text, "jit: available", Jit.Available ? "yes" : "no");
        if (Jit.Available)
        {
            AppendJit(text);
        }

        Line(text, "inline cache: lookups", InlineCache.Lookups);
        Line(text, "inline cache: hits", InlineCache.Hits);
        Line(text, "inline cache: misses", InlineCache.Misses);
        Line(text, "inline cache: collisions", InlineCache.Collisions);
        Line(text, "inline cache: evictions", InlineCache.Evictions);
        Line(text, "inline cache: hit rate", InlineCache.HitRate.ToString("P1", CultureInfo.InvariantCulture));
        Line(text, "inline cache: entries", InlineCache.Entries);
        Line(text, "inline cache: entries per used slot", InlineCache.MeanChain.ToString("0.00", CultureInfo.InvariantCulture));
        Line(text, "inline cache: longest chain", InlineCache.LongestChain);
        foreach (SlabStatistics slab in Slabs)
        {
            Line(text, $"slabs of {slab.SlotBytes} bytes: used / slots / peak", $"{slab.Used} / {slab.Slots} / {slab.Peak}");
        }

        Line(text, "strings: interned", Strings.Interned);
        Line(text, "strings: hits", Strings.Hits);
        Line(text, "arrays: grown", Arrays.Grown);
        Line(text, "arrays: reused", Arrays.Reused);
        Line(text, "objects: given back", Objects.GivenBack);
        Line(text, "objects: reused", Objects.Reused);
        Line(text, "pools: rented", Pools.Rented);
        Line(text, "pools: reused", Pools.Reused);
        Line(text, "pools: hit rate", Pools.HitRate.ToString("P1", CultureInfo.InvariantCulture));
        Line(text, "integrity: checks", Integrity.Checks);
        Line(text, "integrity: violations", Integrity.Violations);
        return text.ToString();
    }

    private void AppendJit(StringBuilder text)
    {
        Line(text, "jit: traces started", Jit.TracesStarted);
        Line(text, "jit: traces compiled", Jit.TracesCompiled);
        Line(text, "jit: side traces", Jit.SideTraces);
        foreach (KeyValuePair<string, long> abort in Jit.Aborts)
        {
            Line(text, $"jit: aborted, {abort.Key}", abort.Value);
        }

        Line(text, "jit: dropped", Jit.Dropped);
        Line(text, "jit: entries", Jit.Entries);
        foreach (KeyValuePair<string, long> exits in Jit.GuardExits)
        {
            Line(text, $"jit: exits, {exits.Key}", exits.Value);
        }

        Line(text, "jit: deoptimizations", Jit.Deoptimizations);
        Line(text, "jit: code bytes", Jit.CodeBytes);
        Line(text, "jit: compile time", Milliseconds(Jit.CompileTime));
        Line(text, "jit: compile time, background", Milliseconds(Jit.BackgroundTime));
        Line(text, "jit: compile bytes", Jit.CompileBytes);
        Line(text, "jit: steps, all", Jit.Steps);
        Line(text, "jit: steps, compiled", Jit.CompiledSteps);
        Line(text, "jit: call-outs", Jit.CallOuts);
    }

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static void Line(StringBuilder text, string name, long number) =>
        Line(text, name, number.ToString("N0", CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(name.PadRight(44)).Append("  ").Append(value).Append('\n');
}
