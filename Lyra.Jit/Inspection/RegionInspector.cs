using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>
/// Keeps what happens to the hot loops and procs of an engine: how they became hot, what failed, and each version that was compiled, with its IR, its IL
/// and its counters. Holds on to all of it, so it is for `lyra trace` and for tests.
/// </summary>
internal sealed class RegionInspector : ICompileListener
{
    private readonly Dictionary<(LinkedPrototype Code, int RootPc), HotPlace> _known = [];
    private readonly List<HotPlace> _places = [];

    /// <summary>The compilation that goes on.</summary>
    private CompiledVersion? _open;

    /// <summary>What was hot: first what was compiled, in the order of the first compilation, then what never was, in the order in which it became hot.</summary>
    public IReadOnlyList<HotPlace> Places
    {
        get
        {
            List<HotPlace> places = [.. _places];
            foreach (HotPlace place in _known.Values)
            {
                if (place.Versions.Count == 0)
                {
                    places.Add(place);
                }
            }

            return places;
        }
    }

    /// <summary>Sees what a controller compiles and does, from now on.</summary>
    public void Watch(TierController tiers)
    {
        tiers.Observer += OnEvent;
        if (tiers.Compiler is { } compiler)
        {
            compiler.Listener = this;
        }
    }

    /// <inheritdoc/>
    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        if (_open is null || !_open.Continues(profile, version, graph))
        {
            _open = new CompiledVersion(profile, version, graph);
        }

        _open.AddStage(stage);
    }

    /// <inheritdoc/>
    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted) => _open!.Emitted(emitted);

    /// <inheritdoc/>
    public void OnRegion(Region region)
    {
        HotPlace place = PlaceOf(region.Profile.Root.Code, region.Profile.RootPc);
        if (place.Versions.Count == 0)
        {
            _places.Add(place);
        }

        _open!.Finish(region);
        place.Add(_open);
        _open = null;
    }

    private void OnEvent(TierEvent e)
    {
        switch (e.Kind)
        {
            case TierEventKind.Hot:
                PlaceOf(e.Code, e.Pc).OnHot(e.Detail);
                return;
            case TierEventKind.Aborted:
                PlaceOf(e.Code, e.Pc).OnAborted(e.Detail);
                return;
            case TierEventKind.Blacklisted:
                PlaceOf(e.Code, e.Pc).OnBlacklisted(e.Detail);
                return;
            default:
                return;
        }
    }

    private HotPlace PlaceOf(LinkedPrototype code, int rootPc)
    {
        if (!_known.TryGetValue((code, rootPc), out HotPlace? place))
        {
            place = new HotPlace(code, rootPc);
            _known.Add((code, rootPc), place);
        }

        return place;
    }
}
