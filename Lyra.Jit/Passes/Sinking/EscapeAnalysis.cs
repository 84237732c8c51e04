using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// Finds the objects that can be virtual. It assumes so of all, and then drops those with a use that needs the object, and those that
/// depend on dropped ones, until nothing changes. The rules are in docs/jit-passes.md.
/// </summary>
internal sealed partial class EscapeAnalysis
{
    private readonly IrOrder _order;
    private readonly IrDominators _dominators;
    private readonly IrLoops _loops;
    private readonly ObjectUses _uses;
    private readonly bool _canMerge;

    /// <summary>Whether the analysis considers objects that are parts of others or have others as parts.</summary>
    private bool _considersNesting;

    private readonly IrUses _graphUses;

    private EscapeAnalysis(IrGraph graph, IrOrder order, IrDominators dominators, IrLoops loops, ObjectUses uses)
    {
        _graphUses = IrUses.Of(graph);
        _order = order;
        _dominators = dominators;
        _loops = loops;
        _uses = uses;
        _canMerge = CanMerge(order);
        FindInterpreted();
    }

    /// <summary>Drops objects that cannot be virtual from the candidates.</summary>
    public static void Run(IrGraph graph, IrOrder order, IrDominators dominators, IrLoops loops, ObjectUses uses) =>
        new EscapeAnalysis(graph, order, dominators, loops, uses).Run();

    private void Run()
    {
        // Wholes and parts restrict each other, and an object that is dropped as a whole restricts nothing: this comes last.
        while (Sweep(considersNesting: false) || Sweep(considersNesting: true))
        {
        }
    }

    private bool Sweep(bool considersNesting)
    {
        Describe();
        _considersNesting = considersNesting;
        bool changed = false;
        ObjectLiveness liveness = new(_uses, _order);
        foreach (VirtualObject o in _uses.All)
        {
            if (o.IsCandidate && !CanBeVirtual(o, liveness))
            {
                o.IsCandidate = false;
                changed = true;
            }
        }

        return changed;
    }

    private bool IsHinderedByNesting(VirtualObject o) => _considersNesting && o.IsNested;

    /// <summary>Whether a join can get a parameter anywhere.</summary>
    private static bool CanMerge(IrOrder order)
    {
        foreach (IrBlock block in order.Blocks)
        {
            if (order.Incoming(block).Length > 1 && !EndsInJumps(order, block))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsInJumps(IrOrder order, IrBlock block)
    {
        foreach (IncomingEdge incoming in order.Incoming(block))
        {
            if (incoming.From.End != IrEnd.Jump)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes the properties of candidates that follow from their uses, and from being parts of each other.</summary>
    private void Describe()
    {
        foreach (VirtualObject o in _uses.All)
        {
            o.StoredParts.Clear();
            o.IsNested = o.Flows = o.IsMadeLater = o.MayBeReal = false;
        }

        foreach (VirtualObject o in _uses.All)
        {
            if (o.IsCandidate)
            {
                Describe(o);
            }
        }

        while (SpreadReality())
        {
        }

        FindLoaded();
    }

    private void Describe(VirtualObject o)
    {
        foreach (ObjectUse use in _uses.Of(o))
        {
            if (use.Input == 0 && VirtualObject.IsStore(use.User!))
            {
                o.StoredParts.Add(VirtualObject.PartOf(use.User!));
            }

            o.Flows |= use.Edge is not null;
            if (use.IsInput && VirtualObject.IsMaker(use.User!) && _uses.Find(use.User!) is { } whole)
            {
                o.IsNested = true;
                whole.IsNested = true;
            }

            o.IsMadeLater |= !IsHarmless(o, use);
        }

        o.MayBeReal |= o.IsMadeLater;
        foreach (IncomingEdge incoming in IncomingOf(o))
        {
            o.MayBeReal |= _uses.Find(ArgumentOf(o, incoming)) is null;
        }
    }

    /// <summary>A parameter may be real when one of its values may.</summary>
    private bool SpreadReality()
    {
        bool changed = false;
        foreach (VirtualObject o in _uses.All)
        {
            if (!o.IsCandidate || o.MayBeReal)
            {
                continue;
            }

            foreach (IncomingEdge incoming in IncomingOf(o))
            {
                o.MayBeReal |= _uses.Find(ArgumentOf(o, incoming))?.MayBeReal == true;
            }

            changed |= o.MayBeReal;
        }

        return changed;
    }

    private System.ReadOnlySpan<IncomingEdge> IncomingOf(VirtualObject o) => o.IsParameter ? _order.Incoming(o.Node.Block!) : [];

    private static IrNode ArgumentOf(VirtualObject parameter, IncomingEdge incoming) =>
        incoming.Edge.Arguments[parameter.Node.Block!.Parameters.IndexOf(parameter.Node)];

    private bool CanBeVirtual(VirtualObject o, ObjectLiveness liveness)
    {
        if (o.IsStored && (o.MayBeReal || !_canMerge))
        {
            return false;
        }

        if (o.IsMadeLater && (o.Node.Type == IrType.Upvalue || IsHinderedByNesting(o) || !_canMerge || !EscapesSeldom(o)))
        {
            return false;
        }

        if (o.IsParameter && !CanMerge(o, liveness))
        {
            return false;
        }

        if (o.MayBeReal && o.Node.Type == IrType.Struct)
        {
            return AccessesFit(o) && !IsWrittenElsewhere(o) && CanMeetAll(o, liveness);
        }

        o.Joins.Clear();
        return AccessesFit(o);
    }

    /// <summary>Whether a use lets the object stay virtual.</summary>
    private bool IsHarmless(VirtualObject o, in ObjectUse use)
    {
        if (use.Edge is not null)
        {
            return !use.IsBoxed && _uses.Find(use.Edge.Target.Parameters[use.Argument]) is { } target && IsAlike(o, target);
        }

        if (use.IsEndValue)
        {
            return false;
        }

        if (use.IsSlot)
        {
            return use.User?.Op != IrOp.CallInterpreter;
        }

        IrNode user = use.User!;
        if (VirtualObject.IsMaker(user))
        {
            return _uses.Find(user) is { } whole && CanBePart(o, whole, use.Input);
        }

        return use.Input == 0 && (VirtualObject.PartOf(user) >= 0 || user.Op == IrOp.TupleCount);
    }

    private static bool IsAlike(VirtualObject o, VirtualObject target) =>
        o.Node.Type == target.Node.Type && ReferenceEquals(o.Payload, target.Payload)
        && (o.PartCount < 0 || target.PartCount < 0 || o.PartCount == target.PartCount);

    /// <summary>
    /// Whether an object may be a part of another one. The whole must not change after it was made, so that the part is known wherever the
    /// whole is; memory-forwarding has removed loads from it.
    /// </summary>
    private bool CanBePart(VirtualObject o, VirtualObject whole, int part)
    {
        if (IsPartOf(whole, o, depth: 0))
        {
            return false;
        }

        foreach (ObjectUse use in _uses.Of(whole))
        {
            if (use.Edge is not null || (use.Input == 0 && VirtualObject.PartOf(use.User!) == part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an object is a part of another one, of a part of it, and so on, or may be.</summary>
    private bool IsPartOf(VirtualObject o, VirtualObject whole, int depth)
    {
        foreach (ObjectUse use in _uses.Of(o))
        {
            if (use.IsInput && VirtualObject.IsMaker(use.User!) && _uses.Find(use.User!) is { } other
                && (ReferenceEquals(other, whole) || depth == ObjectLiveness.MaxNesting || IsPartOf(other, whole, depth + 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all loads and stores are of existing parts, in representations that the parts can have.</summary>
    private bool AccessesFit(VirtualObject o)
    {
        if (o.PartCount < 0)
        {
            return false;
        }

        foreach (ObjectUse use in _uses.Of(o))
        {
            if (use.Input != 0 || VirtualObject.PartOf(use.User!) is not (>= 0 and var part))
            {
                continue;
            }

            if (part >= o.PartCount || (!o.IsParameter && !o.StoredParts.Contains(part) && !Fits(o.Node.Inputs[part], use.User!)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(IrNode value, IrNode access)
    {
        IrType type = IrRepresentation.Unboxed(value).Type;
        return access.Type == IrType.None || access.Type == IrType.Any || type == IrType.Any || type == access.Type;
    }
}
