using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>The exit buffers that a value takes an element of.</summary>
[Flags]
internal enum SpillParts
{
    Reference = 1,
    Bits = 2,
    Float = 4,
}

/// <summary>
/// Assigns the values of a snapshot their elements of the exit buffers, each buffer without gaps; a value in several registers has one.
/// </summary>
/// <param name="known">Empty; the slots of the values while the plan is made.</param>
internal sealed class SpillPlan(Dictionary<IrNode, ExitSlot> known)
{
    /// <summary>The values in the order of their elements.</summary>
    public List<IrNode> Values { get; } = [];

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

    /// <summary>The buffers that hold a value.</summary>
    public static SpillParts PartsOf(IrNode node) => IrTypes.GroupOf(node.Type) switch
    {
        IrTypeGroup.Int or IrTypeGroup.Bool => SpillParts.Bits,
        IrTypeGroup.Float => SpillParts.Float,
        IrTypeGroup.Any => SpillParts.Reference | SpillParts.Bits,
        IrTypeGroup.Decimal or IrTypeGroup.Object or IrTypeGroup.Storage => SpillParts.Reference,
        IrTypeGroup.None or IrTypeGroup.Vector => throw NoSource(node),
    };

    /// <summary>
    /// Whether rare code stores bits in line. Where several references are stored, whose stores are calls in any case, bits are stored by
    /// calls, too.
    /// </summary>
    public static bool StoresBitsInLine(int references) => references < 2;

    /// <summary>The slot of a register that holds a value.</summary>
    /// <exception cref="BuildAbortException">The snapshot has more values than the buffers hold.</exception>
    public ExitSlot SlotOf(int register, IrNode node)
    {
        if (!known.TryGetValue(node, out ExitSlot slot))
        {
            SpillParts parts = PartsOf(node);
            int reference = (parts & SpillParts.Reference) != 0 ? Add(References, node) : -1;
            int bits = (parts & SpillParts.Bits) != 0 ? Add(Bits, node) : -1;
            int index = reference >= 0 ? reference : bits >= 0 ? bits : Add(Floats, node);
            slot = new ExitSlot(-1, SourceOf(node), index, Value.Nil) with { BitsIndex = reference >= 0 && bits >= 0 ? bits : 0 };
            Values.Add(node);
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
        ExitSlot slot = new(-1, ExitSource.Object, Add(References, null), Value.Nil);
        known.Add(node, slot);
        return slot with { Register = register };
    }

    /// <summary>Whether one of the lists of a plan has a value at an index.</summary>
    public static bool Has(List<IrNode?> values, int index) => index < values.Count && values[index] is not null;

    private static ExitSource SourceOf(IrNode node) => IrTypes.GroupOf(node.Type) switch
    {
        IrTypeGroup.Int => ExitSource.Int,
        IrTypeGroup.Bool => ExitSource.Bool,
        IrTypeGroup.Float => ExitSource.Float,
        IrTypeGroup.Any => ExitSource.Any,
        IrTypeGroup.Decimal or IrTypeGroup.Object => ExitSource.Object,
        IrTypeGroup.Storage when node.Type == IrType.Builder => ExitSource.Text,
        IrTypeGroup.Storage or IrTypeGroup.Vector or IrTypeGroup.None => throw NoSource(node),
    };

    private static InvalidOperationException NoSource(IrNode node) => new($"No exit restores a {node.Type}.");

    private static int Add(List<IrNode?> values, IrNode? value)
    {
        if (values.Count >= ExitBuffers.Capacity)
        {
            throw new BuildAbortException(AbortReason.TooLarge, "a snapshot has too many values");
        }

        values.Add(value);
        return values.Count - 1;
    }
}
