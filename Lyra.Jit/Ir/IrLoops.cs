using System.Collections.Generic;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Ir;

/// <summary>A natural loop: its head, and all blocks from which a back-edge to the head can be reached without passing the head.</summary>
internal sealed class IrLoop(IrBlock head)
{
    public IrBlock Head { get; } = head;

    /// <summary>The loop around it; null for an outermost one.</summary>
    public IrLoop? Parent { get; internal set; }

    /// <summary>1 for an outermost loop.</summary>
    public int Depth { get; internal set; }

    /// <summary>In reverse postorder, the head first, with the blocks of the loops inside.</summary>
    public List<IrBlock> Blocks { get; } = [];

    public GrowableArray<IncomingEdge> BackEdges { get; } = new();

    /// <summary>The edges to the head from outside.</summary>
    public GrowableArray<IncomingEdge> Entries { get; } = new();

    /// <summary>The only edge into the loop; null when there are several.</summary>
    public IncomingEdge? PreheaderEdge => Entries.Count == 1 ? Entries[0] : null;
}

/// <summary>The loop nest of a reducible graph.</summary>
internal sealed class IrLoops
{
    private readonly IrLoop?[] _innermost;
    private readonly List<IrLoop> _all = [];

    private IrLoops(IrGraph graph, IrOrder order, IrDominators dominators)
    {
        _innermost = graph.Arena.Loops.Take(graph.BlockCount);
        for (int number = order.Blocks.Length - 1; number >= 0; number--)
        {
            Find(order.Blocks[number], order, dominators);
        }

        _all.Reverse();
        foreach (IrLoop loop in _all)
        {
            loop.Depth = loop.Parent is null ? 1 : loop.Parent.Depth + 1;
        }

        foreach (IrBlock block in order.Blocks)
        {
            for (IrLoop? loop = _innermost[block.Id]; loop is not null; loop = loop.Parent)
            {
                loop.Blocks.Add(block);
            }
        }
    }

    /// <summary>In the order of their heads: an outer loop before those inside.</summary>
    public IReadOnlyList<IrLoop> All => _all;

    public static IrLoops Of(IrGraph graph, IrOrder order, IrDominators dominators) => new(graph, order, dominators);

    /// <summary>The innermost loop that a block is in; null when it is in none.</summary>
    public IrLoop? LoopOf(IrBlock block) => _innermost[block.Id];

    /// <summary>Whether the block is in the loop or in one inside it.</summary>
    public bool Contains(IrLoop loop, IrBlock block)
    {
        IrLoop? inner = _innermost[block.Id];
        while (inner is not null && inner.Depth > loop.Depth)
        {
            inner = inner.Parent;
        }

        return ReferenceEquals(inner, loop);
    }

    private void Find(IrBlock head, IrOrder order, IrDominators dominators)
    {
        IrLoop? loop = null;
        foreach (IncomingEdge incoming in order.Incoming(head))
        {
            if (dominators.Dominates(head, incoming.From))
            {
                loop ??= new IrLoop(head);
                loop.BackEdges.Add(incoming);
            }
        }

        if (loop is null)
        {
            return;
        }

        foreach (IncomingEdge incoming in order.Incoming(head))
        {
            if (!dominators.Dominates(head, incoming.From))
            {
                loop.Entries.Add(incoming);
            }
        }

        _all.Add(loop);
        Claim(loop, order);
    }

    /// <summary>Walks backwards from the back-edges. Inner loops are known already and take one step.</summary>
    private void Claim(IrLoop loop, IrOrder order)
    {
        Stack<IrBlock> work = new();
        _innermost[loop.Head.Id] = loop;
        foreach (IncomingEdge back in loop.BackEdges)
        {
            work.Push(back.From);
        }

        while (work.TryPop(out IrBlock? block))
        {
            IrLoop? inner = Outermost(_innermost[block.Id]);
            if (ReferenceEquals(inner, loop))
            {
                continue;
            }

            IrBlock first = block;
            if (inner is null)
            {
                _innermost[block.Id] = loop;
            }
            else
            {
                inner.Parent = loop;
                first = inner.Head;
            }

            foreach (IncomingEdge incoming in order.Incoming(first))
            {
                work.Push(incoming.From);
            }
        }
    }

    private static IrLoop? Outermost(IrLoop? loop)
    {
        while (loop?.Parent is { } parent)
        {
            loop = parent;
        }

        return loop;
    }
}
