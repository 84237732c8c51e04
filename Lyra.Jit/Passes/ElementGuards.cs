using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>
/// The guards hoisted out of a loop on which element loads rely: that a list has a storage strategy, and that an index is inside.
/// </summary>
/// <remarks>
/// Only guards from within the loop count. Their counts and strategies hold in the whole loop, because nothing in it changes them. A guard
/// from before the loop may be about an earlier state of the list.
/// </remarks>
internal sealed class ElementGuards
{
    private readonly List<IrNode> _guards = [];

    /// <summary>Notes a hoisted node.</summary>
    public void Add(IrNode node)
    {
        if (node.Op is IrOp.Guard or IrOp.GuardIndex)
        {
            _guards.Add(node);
        }
    }

    /// <summary>Whether a node loads an element of a list, tuple or str that the guards make safe.</summary>
    public bool Cover(IrNode load) => load.Op switch
    {
        IrOp.TupleItem => IsInside(load.Inputs[1], load.Inputs[0]),
        IrOp.LoadUnit => load.Inputs[0].Op == IrOp.StrUnits && IsInside(load.Inputs[1], load.Inputs[0].Inputs[0]),
        IrOp.LoadInt => IsElement(load, ListStrategy.Ints),
        IrOp.LoadFloat => IsElement(load, ListStrategy.Floats),
        IrOp.LoadBool => IsElement(load, ListStrategy.Bools),
        IrOp.LoadValue => IsElement(load, ListStrategy.Values),
        _ => throw new InvalidOperationException($"No rule says when {load.Op} is safe."),
    };

    private bool IsElement(IrNode load, ListStrategy strategy) => load.Inputs[0] is { Family: IrFamily.ListArray } array
        && IsInside(load.Inputs[1], array.Inputs[0]) && IsStored(array.Inputs[0], strategy);

    private bool IsInside(IrNode index, IrNode container) => _guards.Exists(guard =>
        guard is { Op: IrOp.GuardIndex, Inputs: [{ } guarded, { } length] } && ReferenceEquals(guarded, index)
        && length.Row.Range == IrRange.Length && ReferenceEquals(length.Inputs[0], container));

    /// <summary>Whether a list has a strategy, or may also be empty: an index that is inside excludes the latter.</summary>
    private bool IsStored(IrNode list, ListStrategy strategy) => _guards.Exists(guard =>
        guard is { Op: IrOp.Guard, Inputs: [{ Op: IrOp.EqInt, Inputs: [{ } tested, { Op: IrOp.ConstInt } known] }] } && tested switch
        {
            { Op: IrOp.ListStrategy } => ReferenceEquals(tested.Inputs[0], list) && known.Bits == (long)strategy,
            { Op: IrOp.AndInt, Inputs: [{ Op: IrOp.ListStrategy } present, { Op: IrOp.ConstInt } others] } =>
                ReferenceEquals(present.Inputs[0], list) && others.Bits == ~(long)strategy && known.Bits == (long)ListStrategy.Empty,
            _ => false,
        });
}
