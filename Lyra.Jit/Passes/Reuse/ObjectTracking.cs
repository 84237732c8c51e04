using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Reuse;

/// <summary>
/// Follows the lists, maps, tuples and instances of structs that a graph makes to their uses. A use may read or change an object, store it
/// in another one, or make it escape; what an operation does that this class does not know, makes its inputs escape.
/// </summary>
internal sealed class ObjectTracking
{
    private readonly Dictionary<IrNode, TrackedObject> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IrNode, Origin> _origins = new(ReferenceEqualityComparer.Instance);
    private readonly IrDominators _dominators;
    private readonly IrLoops _loops;

    public ObjectTracking(IrGraph graph, IrOrder order, IrDominators dominators)
    {
        _dominators = dominators;
        _loops = IrLoops.Of(graph, order, dominators);
        foreach (IrBlock block in dominators.Preorder)
        {
            foreach (IrNode node in block.Nodes)
            {
                Find(node);
                Follow(node);
            }

            Escape(block.Value);
            foreach (IrEdge edge in block.Successors)
            {
                foreach (IrNode argument in edge.Arguments)
                {
                    Escape(argument);
                }
            }
        }
    }

    /// <summary>The objects, in the order of their blocks.</summary>
    public IEnumerable<TrackedObject> All => _objects.Values;

    /// <summary>Whether an operation makes an object that can be used again.</summary>
    private static bool Makes(IrNode node) => node.Op == IrOp.NewList
        || ReferenceEquals(HelperOf(node), RegionHelpers.MakeMap)
        || ReferenceEquals(HelperOf(node), RegionHelpers.MakeRecord)
        || (node.Op == IrOp.NewTuple && node.Inputs.Length is > 0 and <= TupleObject.MaxInline)
        || (node.Op == IrOp.NewStruct && node.Shape!.Fields.Length <= StructObject.MaxInline);

    /// <summary>Notes which object the result of an operation is, or is a part of.</summary>
    private void Find(IrNode node)
    {
        if (Makes(node))
        {
            TrackedObject made = new(node);
            _objects.Add(node, made);
            _origins.Add(node, new Origin(made, 0, true));
        }
        else if (AliasOf(node) is { } same && _origins.TryGetValue(same, out Origin origin))
        {
            _origins.Add(node, origin with { IsCertain = origin.IsCertain && HelperOf(node) is null });
        }
        else if (IsLoad(node) && _origins.TryGetValue(node.Inputs[0], out Origin whole))
        {
            _origins.Add(node, whole with { Level = whole.Level + 1 });
        }
    }

    /// <summary>The input that the result of an operation is, or may be; null for none.</summary>
    private static IrNode? AliasOf(IrNode node) =>
        node.Family is IrFamily.Box or IrFamily.Unbox or IrFamily.As or IrFamily.ListArray ? node.Inputs[0]
        : ReferenceEquals(HelperOf(node), RegionHelpers.ReadValueOr) ? node.Inputs[2]
        : null;

    /// <summary>Whether the result of an operation is a part of its first input.</summary>
    private static bool IsLoad(IrNode node) => node.Op is IrOp.LoadValue or IrOp.LoadField or IrOp.TupleItem or IrOp.LoadMapValue
        || HelperOf(node)?.Loads == true;

    private static RegionHelper? HelperOf(IrNode node) => node.Op == IrOp.Call ? (RegionHelper)node.Payload! : null;

    private void Follow(IrNode node)
    {
        if (node.Op == IrOp.CallInterpreter)
        {
            Escape(node.Exit!);
        }

        for (int input = 0; input < node.Inputs.Length; input++)
        {
            switch (UseOf(node, input))
            {
                case Use.None:
                    break;
                case Use.Store:
                    Store(node, node.Inputs[input]);
                    break;
                case Use.Borrow:
                    Share(node.Inputs[input], 1);
                    break;
                case Use.Escape:
                    Share(node.Inputs[input], 0);
                    break;
            }
        }
    }

    /// <summary>What an operation does with an input, if that is an object or a part of one.</summary>
    private static Use UseOf(IrNode node, int input)
    {
        if (IsHarmless(node))
        {
            return Use.None;
        }

        if (node.Family is IrFamily.ElementStore or IrFamily.FieldStore || node.Op == IrOp.StoreMapValue)
        {
            return input == 0 ? Use.None : Use.Store;
        }

        return Makes(node) ? Use.Store : UseOfCall(node, input);
    }

    /// <summary>Whether an operation only looks at its inputs. Virtual objects are for exits, which hand over what they refer to.</summary>
    private static bool IsHarmless(IrNode node) =>
        node.Family is IrFamily.Box or IrFamily.Unbox or IrFamily.As or IrFamily.KindTest or IrFamily.Logic or IrFamily.Virtual
            or IrFamily.ListHeader or IrFamily.ListArray or IrFamily.ElementLoad or IrFamily.FieldLoad
        || node.Op is IrOp.TupleItem or IrOp.TupleCount or IrOp.LoadMapValue;

    private static Use UseOfCall(IrNode node, int input)
    {
        if (HelperOf(node) is not { } helper)
        {
            return Use.Escape;
        }

        if (helper.Stores(input))
        {
            return Use.Store;
        }

        if (helper.Borrows(input))
        {
            return helper.KeepsParts ? Use.Borrow : Use.None;
        }

        if (ReferenceEquals(AliasOf(node), node.Inputs[input]))
        {
            return Use.None;
        }

        return IsBorrowedByNative(node, input) ? Use.Borrow : Use.Escape;
    }

    private static bool IsBorrowedByNative(IrNode call, int input) =>
        input == NativeHelpers.FirstArgument && NativeHelpers.Calls((RegionHelper)call.Payload!)
        && call.Inputs[0].Payload is NativeProc native && native.Intrinsic.Has(IntrinsicTraits.Borrows);

    /// <summary>A value becomes a part of what the operation makes, or of its first input.</summary>
    private void Store(IrNode node, IrNode value)
    {
        IrNode whole = Makes(node) ? node : node.Inputs[0];
        bool isKnown = _origins.TryGetValue(whole, out Origin target);
        if (!_origins.TryGetValue(value, out Origin part))
        {
            if (isKnown && MayBeReused(value))
            {
                target.Object.Share(target.Level + 1);
            }

            return;
        }

        if (!isKnown || !target.IsObject || !part.IsObject || !MayOwn(target.Object, part.Object, node))
        {
            part.Object.Share(part.Level);
            if (isKnown)
            {
                target.Object.Share(target.Level + 1);
            }

            return;
        }

        part.Object.Join(target.Object);
    }

    /// <summary>
    /// Whether an object may own another one from this operation on: it lives at least as long as all uses of the part, and the operation
    /// stores each part once.
    /// </summary>
    private bool MayOwn(TrackedObject whole, TrackedObject part, IrNode store) =>
        _dominators.Dominates(whole.Node.Block!, part.Node.Block!)
        && ReferenceEquals(_loops.LoopOf(store.Block!), _loops.LoopOf(part.Node.Block!));

    /// <summary>Whether a value may be an object of a kind that is given back with the object that contains it.</summary>
    private static bool MayBeReused(IrNode value) =>
        IrRepresentation.Unboxed(value) is
        {
            Op: not (IrOp.ConstNil or IrOp.ConstUnset),
            Type: IrType.Any or IrType.Object or IrType.List or IrType.Map or IrType.Tuple or IrType.Struct
        };

    private void Escape(IrNode? value)
    {
        if (value is not null)
        {
            Share(value, 0);
        }
    }

    /// <summary>The interpreter executes an instruction with these registers, and may store any of them anywhere.</summary>
    private void Escape(Snapshot snapshot)
    {
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            foreach (SnapshotSlot slot in frame.Slots)
            {
                Escape(slot.Value);
            }
        }
    }

    /// <summary>Others may refer to what lies so many levels inside a value.</summary>
    private void Share(IrNode value, int inside)
    {
        if (_origins.TryGetValue(value, out Origin origin))
        {
            origin.Object.Share(origin.Level + inside);
        }
        else if (value.Family == IrFamily.Virtual)
        {
            foreach (IrNode part in value.Inputs)
            {
                Share(part, inside);
            }
        }
    }

    /// <summary>What an operation does with an object.</summary>
    private enum Use
    {
        /// <summary>It keeps no reference to the object or to its parts.</summary>
        None,

        /// <summary>It keeps no reference to the object, but perhaps to its parts.</summary>
        Borrow,

        /// <summary>It makes the object a part of another one.</summary>
        Store,

        /// <summary>It may do anything.</summary>
        Escape,
    }

    /// <summary>The object that a value is, at level 0, or is a part of.</summary>
    /// <param name="Object">The object.</param>
    /// <param name="Level">The level of its content.</param>
    /// <param name="IsCertain">False if the value may be another object, which the graph has not made.</param>
    private readonly record struct Origin(TrackedObject Object, int Level, bool IsCertain)
    {
        /// <summary>Whether the value is the object, and nothing else.</summary>
        public bool IsObject => IsCertain && Level == 0;
    }
}
