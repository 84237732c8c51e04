using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The caches and pools of one engine. Each is made at its first use, because most small scripts never need it. Scripts can't observe them.
/// </summary>
/// <param name="settings">The sizes, and the monitor that the caches report to.</param>
/// <param name="context">What the engine keeps besides: the frames of ended tasks, and storage for its next objects.</param>
internal sealed class EngineCaches(InterpreterSettings settings, ScriptContext context)
{
    private const long LeastStepsToTrim = 1_000;

    private MemberLookup? _members;
    private HashInlineCache? _shared;
    private TextTable? _texts;
    private SlabPool? _slabs;
    private int _epoch = MemoryPressure.Epoch;

    /// <summary>The cache behind the caches of single sites; null where the settings switch it off.</summary>
    public HashInlineCache? Shared =>
        _shared ??= settings.Cache is { } cache ? new HashInlineCache(cache) { Observer = settings.Monitor } : null;

    /// <inheritdoc cref="ScriptContext.MemberLookup"/>
    public MemberLookup Members => _members ??= new MemberLookup(Shared);

    /// <inheritdoc cref="ScriptContext.Texts"/>
    public TextTable? Texts => _texts ??= settings.TextSlots == 0 ? null : new TextTable(settings.TextSlots);

    /// <summary>Rented storage for arguments.</summary>
    public SlabPool Slabs => _slabs ??= new SlabPool(settings.SlabSlots) { Observer = settings.Monitor };

    /// <summary>Whether the slab pool has been used.</summary>
    public bool HasSlabs => _slabs is not null;

    /// <summary>Whether there is a pool that may have refused a return.</summary>
    public bool HasPools => HasSlabs || context.Storage is not null;

    /// <summary>Whether the shared cache has been used.</summary>
    public bool HasShared => _shared is not null;

    /// <summary>The counters of the shared cache.</summary>
    public HashInlineCacheStatistics SharedStatistics => _shared?.Statistics ?? default;

    /// <summary>The present lengths of the chains of the shared cache.</summary>
    public CacheChains Chains => _shared?.MeasureChains() ?? default;

    /// <summary>The damaged entries that the shared cache has found.</summary>
    public long Violations => _shared?.Violations ?? 0;

    /// <summary>The slots of the slab pool, and the rented ones of them.</summary>
    public (int Slots, int Used) SlotCounts => _slabs?.SlotCounts ?? default;

    /// <summary>The returns of slots and objects that were refused.</summary>
    public long RefusedReturns => (_slabs?.RefusedReturns ?? 0) + (context.Storage?.RefusedReturns ?? 0);

    /// <summary>The sum over the pools of the engine: what was taken, and what of it had been in use before.</summary>
    public PoolCounts Pools
    {
        get
        {
            PoolCounts sum = context.Pools;
            sum.Add(new PoolCounts(context.GrownArrays, context.ReusedArrays));
            sum.Add(context.Storage?.Counts ?? default);
            sum.Add(context.UsedTaskFrames?.Counts ?? default);
            sum.Add(_slabs?.Counts ?? default);
            return sum;
        }
    }

    /// <summary>The present point in the sequence of the slab pool's rentals.</summary>
    public SlabCheckpoint SlabCheckpoint => _slabs?.Checkpoint() ?? default;

    /// <summary>The state of the slab pool; null before its first use.</summary>
    public SlabPoolStatistics? SlabStatistics => _slabs?.Snapshot();

    /// <summary>The strs that the table of texts has taken, and those that it has returned again.</summary>
    public (long Interned, long Hits) TextCounts => (_texts?.Interned ?? 0, _texts?.Hits ?? 0);

    /// <summary>The steps that a script pays for <see cref="Trim"/>: one for eight slots and possible entries.</summary>
    public long StepsToTrim
    {
        get
        {
            int ofCache = settings.Cache is { } cache ? cache.Slots + cache.EvictFrom : 0;
            return Math.Max(LeastStepsToTrim, (ofCache + settings.TextSlots) / 8);
        }
    }

    /// <summary>The slots that were rented after a checkpoint and not returned.</summary>
    public int SlotsRentedSince(SlabCheckpoint checkpoint)
    {
        int slots = 0;
        foreach (int leaked in _slabs?.LeaksSince(checkpoint) ?? [])
        {
            slots += leaked;
        }

        return slots;
    }

    /// <summary>
    /// Empties the shared cache and the table of texts, and releases the slabs without rented slots and the arrays that growing containers
    /// have given up.
    /// </summary>
    public void Trim()
    {
        _shared?.Clear();
        _texts?.Clear();
        _slabs?.Defragment();
        ResetPeaks();
        context.UsedTaskFrames?.Clear();
        context.Storage?.Drop();
        FreeArrays.Drop();
    }

    /// <summary>Begins the recent peaks of the slabs anew.</summary>
    public void ResetPeaks() => _slabs?.ResetRecentPeaks();

    /// <summary>Empties the shared cache, and drops dead instances of structs: their modules are gone.</summary>
    public void ForgetMembers()
    {
        _shared?.Clear();
        context.Storage?.ForgetShapes();
    }

    /// <summary>At the end of a run: releases the slabs without rented slots if memory has become scarce since the last time.</summary>
    public void TrimIfScarce()
    {
        int epoch = MemoryPressure.Epoch;
        if (epoch != _epoch)
        {
            _epoch = epoch;
            _slabs?.Defragment();
        }
    }
}
