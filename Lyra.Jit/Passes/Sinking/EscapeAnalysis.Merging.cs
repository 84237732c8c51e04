using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Sinking;

/// <content>Objects that merge in a block parameter, and objects that are made where they escape.</content>
internal sealed partial class EscapeAnalysis
{
    /// <summary>Stands for the number of a field.</summary>
    private const int AnyField = -1;

    /// <summary>By shape and field.</summary>
    private readonly HashSet<ReferenceKey> _loaded = new(ReferenceKey.Comparer);

    /// <summary>
    /// Whether a parameter may represent the parts of the objects that flow into it. From there on, each of them must have no other name:
    /// with two names, exits would make two objects.
    /// </summary>
    private bool CanMerge(VirtualObject parameter, ObjectLiveness liveness)
    {
        IrBlock block = parameter.Node.Block!;
        if (!EndsInJumps(_order, block))
        {
            return false;
        }

        int virtuals = 0;
        foreach (IncomingEdge incoming in _order.Incoming(block))
        {
            IrNode argument = ArgumentOf(parameter, incoming);
            if (ReferenceEquals(argument, parameter.Node))
            {
                continue;
            }

            if (_uses.Find(argument) is not { } o)
            {
                if (!MayComeFromBefore(block, incoming))
                {
                    return false;
                }

                continue;
            }

            virtuals++;
            if (!IsAlike(o, parameter) || IsHinderedByNesting(o) || IsPassedTwice(o, incoming.Edge) || liveness.IsLiveAt(o, block))
            {
                return false;
            }

            parameter.PartCount = System.Math.Max(parameter.PartCount, o.PartCount);
            o.PartCount = parameter.PartCount;
        }

        return virtuals > 0;
    }

    /// <summary>Whether an edge enters a loop where the parts of an object can be loaded.</summary>
    private bool MayComeFromBefore(IrBlock block, IncomingEdge incoming) =>
        block.HeadSnapshot is not null && !_dominators.Dominates(block, incoming.From) && _loops.LoopOf(block)?.PreheaderEdge is not null;

    private bool IsPassedTwice(VirtualObject o, IrEdge edge)
    {
        int count = 0;
        foreach (IrNode argument in edge.Arguments)
        {
            count += ReferenceEquals(_uses.Find(argument), o) ? 1 : 0;
        }

        return count > 1;
    }

    /// <summary>
    /// Whether the uses that need the object are on paths that not every iteration takes. Elsewhere, making it early is as good and needs
    /// less code.
    /// </summary>
    private bool EscapesSeldom(VirtualObject o)
    {
        foreach (ObjectUse use in _uses.Of(o))
        {
            if (!IsHarmless(o, use) && !CanMakeAt(o, use))
            {
                return false;
            }
        }

        return true;
    }

    private bool CanMakeAt(VirtualObject o, in ObjectUse use) => use.User?.Op == IrOp.CallInterpreter
        ? CanMeet(o, use.User)
        : use.IsInput && !IsInEveryIteration(o, use.Block);

    private bool IsInEveryIteration(VirtualObject o, IrBlock block)
    {
        if (ReferenceEquals(block, o.Node.Block) || _loops.LoopOf(o.Node.Block!) is not { } loop)
        {
            return true;
        }

        foreach (IncomingEdge back in loop.BackEdges)
        {
            if (!_dominators.Dominates(block, back.From))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether a write may change a field that the region has loaded: the object may be real and have other references, while the region
    /// keeps its fields as values. Behind interpreter call-outs, the region loads the fields again.
    /// </summary>
    private bool IsWrittenElsewhere(VirtualObject o)
    {
        foreach (IrBlock block in _order.Blocks)
        {
            if (!_dominators.Dominates(o.Node.Block!, block))
            {
                continue;
            }

            foreach (IrNode node in block.Nodes)
            {
                bool writes = (node.Writes & IrMemory.Fields) != IrMemory.None && node.Op != IrOp.CallInterpreter;
                if (writes && MayWrite(node, (Shape)o.Payload!))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool MayWrite(IrNode write, Shape shape)
    {
        if (!VirtualObject.IsFieldStore(write))
        {
            return _loaded.Contains(new(shape, AnyField));
        }

        IrNode target = write.Inputs[0];
        Shape? other = target.Payload is StructObject constant ? constant.Shape : target.Shape;
        bool isOther = (other is not null && !ReferenceEquals(other, shape)) || _uses.Find(target) is not null;
        return !isOther && _loaded.Contains(new(shape, write.Bits));
    }

    /// <summary>Notes the fields that are loaded from virtual objects that may be real.</summary>
    private void FindLoaded()
    {
        _loaded.Clear();
        foreach (VirtualObject o in _uses.All)
        {
            if (!o.IsCandidate || !o.MayBeReal || o.Payload is not Shape shape)
            {
                continue;
            }

            foreach (ObjectUse use in _uses.Of(o))
            {
                if (use.Input == 0 && VirtualObject.PartOf(use.User!) is >= 0 and var part)
                {
                    _loaded.Add(new(shape, part));
                    _loaded.Add(new(shape, AnyField));
                }
            }
        }
    }
}
