using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>
/// Keeps the history of the hot loops and procs of an engine: when they became hot, which attempts failed, and each compiled version with
/// its IR, IL and counters. It keeps all of it alive, so it is for `lyra trace` and tests only.
/// </summary>
internal sealed class RegionInspector : ICompileListener
{
    private readonly Dictionary<(LinkedPrototype Code, int RootPc), HotPlace> _known = [];
    private readonly List<HotPlace> _places = [];

    /// <summary>The running compilation.</summary>
    private CompiledVersion? _open;

    /// <summary>
    /// The hot loops and procs: first those that were compiled, in the order of their first compilation, then the others, in the order in
    /// which they became hot.
    /// </summary>
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

    /// <summary>Observes the compilations and events of a controller from now on.</summary>
    public void Watch(TierController tiers)
    {
        tiers.Observer += OnEvent;
        tiers.Compiler.Listener = this;
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
    public void OnPassed(string pass, TimeSpan elapsed) => _open!.AddTime(pass, elapsed);

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
                PlaceOf(e.Code, e.Pc).OnHot(e.Cause);
                return;
            case TierEventKind.Aborted:
                PlaceOf(e.Code, e.Pc).OnAborted(e.Reason, e.Explanation);
                return;
            case TierEventKind.Dropped:
                PlaceOf(e.Code, e.Pc).OnDropped(e.Detail);
                return;
            case TierEventKind.Blacklisted:
                PlaceOf(e.Code, e.Pc).OnBlacklisted(e.Detail);
                return;
            case TierEventKind.Recorded or TierEventKind.Compiled or TierEventKind.Exit or TierEventKind.Deoptimized
                or TierEventKind.LimitCheck:
                return;
            default:
                throw new UnreachableException();
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
