using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>The exception handlers of a prototype as a tree, with the innermost handler around each instruction.</summary>
internal sealed class HandlerTree
{
    public const int None = -1;

    private readonly int[] _innermost;
    private readonly int[] _parents;
    private readonly HandlerInfo[] _handlers;

    private HandlerTree(HandlerInfo[] handlers, int[] parents, int[] innermost)
    {
        _handlers = handlers;
        _parents = parents;
        _innermost = innermost;
    }

    /// <summary>
    /// Builds the tree; null, with the index of a handler in <paramref name="culprit"/>, when the ranges are not nested inner before outer.
    /// </summary>
    /// <param name="prototype">A prototype whose handlers' ranges lie inside its code.</param>
    /// <param name="culprit">The first handler found that breaks the nesting.</param>
    public static HandlerTree? TryBuild(Prototype prototype, out int culprit)
    {
        HandlerInfo[] handlers = prototype.Handlers;
        int[] order = OuterFirst(handlers);
        int[] parents = new int[handlers.Length];
        int[] innermost = new int[prototype.Code.Length];
        Array.Fill(innermost, None);
        int open = None;
        foreach (int index in order)
        {
            while (open != None && handlers[open].End <= handlers[index].Start)
            {
                open = parents[open];
            }

            if (open != None && (handlers[open].End < handlers[index].End || open < index))
            {
                culprit = index;
                return null;
            }

            parents[index] = open;
            open = index;
        }

        Paint(handlers, order, innermost, parents);
        culprit = None;
        return new HandlerTree(handlers, parents, innermost);
    }

    /// <summary>The innermost handler around an instruction, of any kind.</summary>
    public int InnermostAt(int pc) => (uint)pc < (uint)_innermost.Length ? _innermost[pc] : None;

    /// <summary>The handler around a handler.</summary>
    public int Parent(int handler) => _parents[handler];

    /// <summary>
    /// The first handler that handles errors, from <paramref name="handler"/> outwards and including it. Handlers that only observe errors
    /// are skipped.
    /// </summary>
    public int NextHandling(int handler)
    {
        while (handler != None && !_handlers[handler].IsEntered)
        {
            handler = _parents[handler];
        }

        return handler;
    }

    /// <summary>The handler of an error that this one does not handle; none after a finally, which handles every error.</summary>
    public int NextAfter(int handler) => _handlers[handler].Kind == HandlerKind.Finally ? None : NextHandling(_parents[handler]);

    private static int[] OuterFirst(HandlerInfo[] handlers)
    {
        int[] order = new int[handlers.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
        {
            int byStart = handlers[a].Start.CompareTo(handlers[b].Start);
            int byEnd = handlers[b].End.CompareTo(handlers[a].End);
            return byStart != 0 ? byStart : byEnd != 0 ? byEnd : b.CompareTo(a);
        });
        return order;
    }

    private static void Paint(HandlerInfo[] handlers, int[] order, int[] innermost, int[] parents)
    {
        int next = 0;
        int open = None;
        for (int pc = 0; pc < innermost.Length; pc++)
        {
            while (open != None && handlers[open].End <= pc)
            {
                open = parents[open];
            }

            for (; next < order.Length && handlers[order[next]].Start == pc; next++)
            {
                open = order[next];
            }

            innermost[pc] = open;
        }
    }
}
