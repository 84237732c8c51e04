using System;

namespace Lyra.Jit.Ir;

/// <summary>
/// The dominator tree of the reachable blocks. After Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001): intersect the
/// predecessors' dominators in reverse postorder until nothing changes; in a reducible graph the second sweep confirms the first.
/// </summary>
internal sealed class IrDominators
{
    private readonly IrOrder _order;
    private readonly int _count;

    /// <summary>The immediate dominators, by number in the order; that of the entry is the entry.</summary>
    private readonly int[] _immediate;

    /// <summary>Positions in the tree's preorder, by number in the order: of the block, and of the last one below it.</summary>
    private readonly int[] _first;
    private readonly int[] _last;

    private IrDominators(IrOrder order)
    {
        _order = order;
        _count = order.Blocks.Length;
        _immediate = order.Arena.Ints.Take(_count);
        _first = order.Arena.Ints.Take(_count);
        _last = order.Arena.Ints.Take(_count);
        Preorder = new IrBlock[_count];
        Array.Fill(_immediate, -1);
        _immediate[0] = 0;
        while (Sweep())
        {
        }

        NumberTree();
    }

    /// <summary>
    /// The blocks in preorder of the dominator tree: each comes before all blocks that it dominates, which follow it at once.
    /// </summary>
    public IrBlock[] Preorder { get; }

    public static IrDominators Of(IrOrder order) => new(order);

    /// <summary>The closest strict dominator; null for the entry.</summary>
    public IrBlock? ImmediateOf(IrBlock block)
    {
        int number = _order.NumberOf(block);
        return number == 0 ? null : _order.Blocks[_immediate[number]];
    }

    /// <summary>Whether every path to <paramref name="other"/> leads through <paramref name="block"/>; true for the same block.</summary>
    public bool Dominates(IrBlock block, IrBlock other)
    {
        int number = _order.NumberOf(block);
        int position = _first[_order.NumberOf(other)];
        return _first[number] <= position && position <= _last[number];
    }

    /// <summary>The closest block that dominates both.</summary>
    public IrBlock Common(IrBlock a, IrBlock b) => _order.Blocks[Intersect(_order.NumberOf(a), _order.NumberOf(b))];

    private bool Sweep()
    {
        bool changed = false;
        for (int number = 1; number < _count; number++)
        {
            int dominator = -1;
            foreach (IncomingEdge incoming in _order.Incoming(_order.Blocks[number]))
            {
                int from = _order.NumberOf(incoming.From);
                if (_immediate[from] >= 0)
                {
                    dominator = dominator < 0 ? from : Intersect(dominator, from);
                }
            }

            changed |= _immediate[number] != dominator;
            _immediate[number] = dominator;
        }

        return changed;
    }

    private int Intersect(int a, int b)
    {
        while (a != b)
        {
            while (a > b)
            {
                a = _immediate[a];
            }

            while (b > a)
            {
                b = _immediate[b];
            }
        }

        return a;
    }

    private void NumberTree()
    {
        int[] sizes = _order.Arena.Ints.Take(_count);
        for (int number = _count - 1; number >= 0; number--)
        {
            sizes[number]++;
            if (number > 0)
            {
                sizes[_immediate[number]] += sizes[number];
            }
        }

        int[] next = _order.Arena.Ints.Take(_count);
        for (int number = 0; number < _count; number++)
        {
            int position = number == 0 ? 0 : next[_immediate[number]];
            if (number > 0)
            {
                next[_immediate[number]] += sizes[number];
            }

            _first[number] = position;
            _last[number] = position + sizes[number] - 1;
            next[number] = position + 1;
            Preorder[position] = _order.Blocks[number];
        }
    }
}
