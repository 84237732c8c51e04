using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// Assigns the values of a snapshot their elements of the exit buffers, each buffer without gaps; a value in several registers has one.
/// </summary>
/// <param name="known">Empty; the slots of the values while the plan is made.</param>
internal sealed class SpillPlan(Dictionary<IrNode, ExitSlot> known) : IEquatable<SpillPlan>
{

    /// <summary>
    /// The values whose references <see cref="ExitBuffers.Objects"/> holds, by index; null where the exit itself stores an object.
    /// </summary>
    public List<IrNode?> References { get; } = [];

    /// <summary>The ints, bools and values of any kind whose bits <see cref="ExitBuffers.Ints"/> holds, by index.</summary>
    public List<IrNode?> Bits { get; } = [];

    /// <summary>The floats that <see cref="ExitBuffers.Floats"/> holds, by index.</summary>
    public List<IrNode?> Floats { get; } = [];

    /// <summary>The objects that the exit makes; parts precede the objects that contain them.</summary>
    public List<ExitObject> Objects { get; } = [];

    /// <summary>The slot of a register that holds a value.</summary>
    /// <exception cref="BuildAbortException">The snapshot has more values than the buffers hold.</exception>
    public ExitSlot SlotOf(int register, IrNode node)
    {
        if (!known.TryGetValue(node, out ExitSlot slot))
        {
            slot = IrTypes.GroupOf(node.Type) switch
            {
                IrTypeGroup.Int => NewSlot(ExitSource.Int, Add(Bits, node)),
                IrTypeGroup.Bool => NewSlot(ExitSource.Bool, Add(Bits, node)),
                IrTypeGroup.Float => NewSlot(ExitSource.Float, Add(Floats, node)),
                IrTypeGroup.Any => NewSlot(ExitSource.Any, Add(References, node)) with { BitsIndex = Add(Bits, node) },
                IrTypeGroup.Decimal or IrTypeGroup.Object => NewSlot(ExitSource.Object, Add(References, node)),
                IrTypeGroup.Storage when node.Type == IrType.Builder => NewSlot(ExitSource.Text, Add(References, node)),
                IrTypeGroup.Storage or IrTypeGroup.None => throw new InvalidOperationException($"No exit restores a {node.Type}."),
            };
            known.Add(node, slot);
        }

        return slot with { Register = register };
    }

    /// <summary>The slot of a register that holds an object which the exit makes; null if it is not planned yet.</summary>
    public ExitSlot? FindObject(int register, IrNode node) =>
        known.TryGetValue(node, out ExitSlot slot) ? slot with { Register = register } : null;

    /// <summary>Reserves an element for an object that the exit makes.</summary>
    /// <exception cref="BuildAbortException">The snapshot has more values than the buffers hold.</exception>
    public ExitSlot Reserve(int register, IrNode node)
    {
        ExitSlot slot = NewSlot(ExitSource.Object, Add(References, null));
        known.Add(node, slot);
        return slot with { Register = register };
    }

    /// <summary>Whether another plan stores the same values in the same elements, so that the same code serves both.</summary>
    public bool Equals(SpillPlan? other) => other is not null
        && AreSame(References, other.References) && AreSame(Bits, other.Bits) && AreSame(Floats, other.Floats);

    public override bool Equals(object? obj) => Equals(obj as SpillPlan);

    public override int GetHashCode() => HashOf(Floats, HashOf(Bits, HashOf(References, 17)));

    /// <summary>Whether one of the lists of a plan has a value at an index.</summary>
    public static bool Has(List<IrNode?> values, int index) => index < values.Count && values[index] is not null;

    private static ExitSlot NewSlot(ExitSource source, int index) => new(-1, source, index, Value.Nil);

    private static int Add(List<IrNode?> values, IrNode? value)
    {
        if (values.Count >= ExitBuffers.Capacity)
        {
            throw new BuildAbortException(AbortReason.TooLarge, "a snapshot has too many values");
        }

        values.Add(value);
        return values.Count - 1;
    }

    private static bool AreSame(List<IrNode?> values, List<IrNode?> others) =>
        CollectionsMarshal.AsSpan(values).SequenceEqual(CollectionsMarshal.AsSpan(others));

    private static int HashOf(List<IrNode?> values, int seed)
    {
        int hash = seed * 31;
        foreach (IrNode? value in values)
        {
            hash = (hash * 31) + (value?.Id ?? -1);
        }

        return hash;
    }
}
