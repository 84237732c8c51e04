using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Emission;

/// <summary>Assigns each value of a snapshot an index in the exit buffers; a value in several registers has one index.</summary>
internal sealed class SpillPlan
{
    private readonly Dictionary<IrNode, int> _index = [];

    public GrowableArray<(IrNode Node, int Index)> Values { get; } = new();

    /// <summary>The objects that the exit makes; parts precede the objects that contain them.</summary>
    public List<ExitObject> Objects { get; } = [];

    /// <summary>The buffer that holds values of a type.</summary>
    public static ExitSource SourceOf(IrType type) => type switch
    {
        IrType.Int => ExitSource.Int,
        IrType.Float => ExitSource.Float,
        IrType.Bool => ExitSource.Bool,
        IrType.Any => ExitSource.Any,
        _ => ExitSource.Object,
    };

    public int IndexOf(IrNode node)
    {
        if (Find(node) is { } known)
        {
            return known;
        }

        int index = Reserve(node);
        Values.Add((node, index));
        return index;
    }

    public int? Find(IrNode node) => _index.TryGetValue(node, out int index) ? index : null;

    /// <summary>Reserves an index at which the code stores nothing, because the exit itself fills it.</summary>
    public int Reserve(IrNode node)
    {
        int index = _index.Count;
        if (index >= ExitBuffers.Capacity)
        {
            throw new BuildAbortException(AbortReason.TooLarge, "a snapshot has too many values");
        }

        _index.Add(node, index);
        return index;
    }
}
