using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Tiering;

/// <summary>The counters of the tier controller of an engine.</summary>
/// <param name="context">Has the steps and call-outs of compiled code.</param>
internal sealed class TierCounters(ScriptContext context)
{
    private readonly long[] _aborts = new long[Enum.GetValues<AbortReason>().Length];
    private readonly WeakList<Region> _regions = new();

    /// <summary>Exits of retired regions, for each prototype that is still alive.</summary>
    private readonly ConditionalWeakTable<LinkedPrototype, Dictionary<string, long>> _earlierExits = [];

    /// <summary>Recordings begun.</summary>
    public long Started { get; set; }

    /// <summary>Regions compiled.</summary>
    public long Compiled { get; set; }

    /// <summary>Of the compiled regions, those that replaced an earlier version.</summary>
    public long Side { get; set; }

    /// <summary>Regions dropped or retired.</summary>
    public long Dropped { get; set; }

    /// <summary>Exits inside a loop or proc, without those that check a limit.</summary>
    public long Deoptimizations { get; set; }

    /// <summary>Entries into regions from the interpreter.</summary>
    public long Entries { get; set; }

    /// <summary>Bytes of IL of all regions compiled.</summary>
    public long IlBytes { get; set; }

    /// <summary>Steps of calls that the interpreter charged when it pushed the frame, and that compiled code executed to the end.</summary>
    public long EntrySteps { get; set; }

    /// <inheritdoc cref="RegionState.CompiledSteps"/>
    public long CompiledSteps => context.Regions.CompiledSteps;

    /// <inheritdoc cref="RegionState.CallOuts"/>
    public long CallOuts => context.Regions.CallOuts;

    /// <summary>The time for which compilation stopped the script.</summary>
    public TimeSpan CompileTime { get; set; }

    /// <summary>The time for which other threads compiled.</summary>
    public TimeSpan BackgroundTime { get; set; }

    /// <summary>The bytes that compilations have allocated on any thread.</summary>
    public long CompileBytes { get; set; }

    /// <summary>Regions that are not retired and whose script is alive.</summary>
    public List<Region> Regions => _regions.Living();

    public void CountAbort(AbortReason reason) => _aborts[(int)reason]++;

    /// <summary>Aborted recordings and compilations, for each reason that occurred.</summary>
    public Dictionary<string, long> Aborts()
    {
        Dictionary<string, long> aborts = [];
        for (int reason = 0; reason < _aborts.Length; reason++)
        {
            if (_aborts[reason] > 0)
            {
                aborts.Add(((AbortReason)reason).ToString(), _aborts[reason]);
            }
        }

        return aborts;
    }

    /// <summary>Counts a region's exits from now on. The counts of a region disappear when its script is collected.</summary>
    public void Add(Region region) => _regions.Add(region);

    /// <summary>Keeps the counts of a region that is no longer entered, while its script is alive.</summary>
    public void Retire(Region region)
    {
        AddExits(region, _earlierExits.GetValue(region.Profile.Root.Code, static _ => []));
        _regions.Remove(region);
    }

    /// <summary>The exits of each line and operation.</summary>
    public Dictionary<string, long> Exits()
    {
        Dictionary<string, long> exits = [];
        foreach ((_, Dictionary<string, long> earlier) in _earlierExits)
        {
            foreach ((string name, long count) in earlier)
            {
                exits[name] = exits.GetValueOrDefault(name) + count;
            }
        }

        foreach (Region region in Regions)
        {
            AddExits(region, exits);
        }

        return exits;
    }

    private static void AddExits(Region region, Dictionary<string, long> exits)
    {
        foreach (RegionGuard guard in region.Guards)
        {
            if (guard.Exits > 0)
            {
                string name = NameOf(guard);
                exits[name] = exits.GetValueOrDefault(name) + guard.Exits;
            }
        }
    }

    private static string NameOf(RegionGuard guard) =>
        $"{guard.Code.Prototype.Source.FileName}:{guard.Code.Prototype.PositionAt(guard.Pc).Line} {guard.Description}";
}
