using System;

namespace Lyra.Jit.Ir;

/// <summary>An edge seen from its target.</summary>
internal readonly record struct IncomingEdge(IrBlock From, IrEdge Edge);

/// <summary>
/// The reachable blocks in reverse postorder, and the edges that lead to each. The blocks of a branch's first successor follow the branch
/// at once. A snapshot of the graph at one moment: changes to edges make it stale.
/// </summary>
internal sealed class IrOrder
{
    private readonly int[] _numbers;
    private readonly int[] _starts;
    private readonly IncomingEdge[] _incoming;

    private IrOrder(CompileArena arena, IrBlock[] blocks, int[] numbers)
    {
        Arena = arena;
        Blocks = blocks;
        _numbers = numbers;
        _starts = arena.Ints.Take(blocks.Length + 1);
        _incoming = CollectIncoming();
    }

    /// <summary>The graph's.</summary>
    public CompileArena Arena { get; }

    public IrBlock[] Blocks { get; }

    public static IrOrder Of(IrGraph graph)
    {
        int[] numbers = graph.Arena.Ints.Take(graph.BlockCount);
        Array.Fill(numbers, -1);
        IrBlock?[] postorder = graph.Arena.Blocks.Take(graph.Blocks.Count);
        int count = Walk(graph, numbers, postorder);
        IrBlock[] blocks = new IrBlock[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = postorder[count - 1 - i]!;
            numbers[blocks[i].Id] = i;
        }

        return new IrOrder(graph.Arena, blocks, numbers);
    }

    /// <summary>The block's position in <see cref="Blocks"/>; -1 when it is unreachable.</summary>
    public int NumberOf(IrBlock block) => _numbers[block.Id];

    public bool IsReachable(IrBlock block) => _numbers[block.Id] >= 0;

    /// <summary>The edges to a reachable block, from reachable blocks, in the order of their sources.</summary>
    public ReadOnlySpan<IncomingEdge> Incoming(IrBlock block)
    {
        int number = _numbers[block.Id];
        return _incoming.AsSpan(_starts[number], _starts[number + 1] - _starts[number]);
    }

    /// <summary>Whether an edge leads backwards; in a reducible graph these are the back-edges of loops.</summary>
    public bool IsBackward(IrBlock from, IrBlock to) => _numbers[to.Id] <= _numbers[from.Id];

    private static int Walk(IrGraph graph, int[] numbers, IrBlock?[] postorder)
    {
        // The blocks that are open, and how many successors of each were visited.
        IrBlock?[] open = graph.Arena.Blocks.Take(graph.Blocks.Count);
        int[] visited = graph.Arena.Ints.Take(graph.Blocks.Count);
        int depth = 0;
        int count = 0;
        open[0] = graph.Entry;
        numbers[graph.Entry.Id] = 0;
        while (depth >= 0)
        {
            IrBlock top = open[depth]!;
            if (visited[depth] == 2)
            {
                postorder[count++] = top;
                depth--;
                continue;
            }

            IrBlock? successor = (visited[depth]++ == 0 ? top.Second : top.First)?.Target;
            if (successor is not null && numbers[successor.Id] < 0)
            {
                numbers[successor.Id] = 0;
                open[++depth] = successor;
                visited[depth] = 0;
            }
        }

        return count;
    }

    private IncomingEdge[] CollectIncoming()
    {
        foreach (IrBlock block in Blocks)
        {
            CountEdge(block.First);
            CountEdge(block.Second);
        }

        for (int i = 1; i <= Blocks.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        IncomingEdge[] incoming = Arena.Edges.Take(_starts[Blocks.Length]);
        int[] next = Arena.Ints.Take(Blocks.Length);
        _starts.AsSpan(0, Blocks.Length).CopyTo(next);
        foreach (IrBlock block in Blocks)
        {
            AddEdge(incoming, next, block, block.First);
            AddEdge(incoming, next, block, block.Second);
        }

        return incoming;
    }

    private void CountEdge(IrEdge? edge)
    {
        if (edge is not null)
        {
            _starts[_numbers[edge.Target.Id] + 1]++;
        }
    }

    private void AddEdge(IncomingEdge[] incoming, int[] next, IrBlock from, IrEdge? edge)
    {
        if (edge is not null)
        {
            incoming[next[_numbers[edge.Target.Id]]++] = new IncomingEdge(from, edge);
        }
    }
}
