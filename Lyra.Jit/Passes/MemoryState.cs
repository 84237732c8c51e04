using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>A value that is known to be in memory: a node, or the parameter of a join, which is made when a load needs it.</summary>
internal sealed class AvailableValue
{
    public AvailableValue(IrNode node)
    {
        Node = node;
        Type = node.Type;
    }

    /// <summary>A different value from each predecessor of a block.</summary>
    public AvailableValue(IrBlock join, AvailableValue[] predecessors)
    {
        Join = join;
        Predecessors = predecessors;
        Type = predecessors[0].Type;
    }

    /// <summary>Null until the parameter is made.</summary>
    public IrNode? Node { get; set; }

    public IrType Type { get; }

    public IrBlock? Join { get; }

    /// <summary>In the order of the join's incoming edges.</summary>
    public AvailableValue[] Predecessors { get; } = [];

    public bool IsSame(AvailableValue other) => ReferenceEquals(this, other) || (Node is not null && ReferenceEquals(Node, other.Node));
}

/// <summary>The known contents of memory at one point: locations, named by the loads that would read them, and their values.</summary>
internal sealed class MemoryState
{
    /// <summary>The most locations that are kept; the oldest is dropped first.</summary>
    private const int MaxLocations = 64;

    private readonly List<(IrNode Load, AvailableValue Value)> _locations = [];

    public MemoryState()
    {
    }

    public MemoryState(MemoryState other) => _locations.AddRange(other._locations);

    public IReadOnlyList<(IrNode Load, AvailableValue Value)> Locations => _locations;

    public AvailableValue? Find(IrNode load)
    {
        foreach ((IrNode known, AvailableValue value) in _locations)
        {
            if (IrEquality.Instance.Equals(known, load))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Adds a location that is not known yet.</summary>
    public void Add(IrNode load, AvailableValue value)
    {
        if (_locations.Count == MaxLocations)
        {
            _locations.RemoveAt(0);
        }

        _locations.Add((load, value));
    }

    /// <summary>Forgets the locations that a write may change.</summary>
    public void Forget(IrNode write, Aliasing aliasing)
    {
        int kept = 0;
        for (int i = 0; i < _locations.Count; i++)
        {
            if (!aliasing.MayChange(write, _locations[i].Load))
            {
                _locations[kept++] = _locations[i];
            }
        }

        _locations.RemoveRange(kept, _locations.Count - kept);
    }

    /// <summary>Forgets what the members of the host's objects are.</summary>
    public void ForgetHost() => _locations.RemoveAll(static known => known.Load.Op == IrOp.LoadHost);
}
