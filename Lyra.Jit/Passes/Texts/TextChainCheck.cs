using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Texts;

/// <summary>
/// Finds the ends of a chain, and checks that no str of it is used after its builder has changed: between a point that consumes a str (an
/// append, the edge to a parameter of the chain, an end) and a use of it, control must pass the definition of the str.
/// </summary>
internal sealed class TextChainCheck
{
    private readonly TextFlow _flow;
    private readonly TextChain _chain;

    private TextChainCheck(TextFlow flow, TextChain chain)
    {
        _flow = flow;
        _chain = chain;
    }

    /// <summary>Whether a builder can stand for the chain; its ends are known then.</summary>
    public static bool Passes(TextFlow flow, TextChain chain)
    {
        TextChainCheck check = new(flow, chain);
        foreach (IrNode text in chain.Members)
        {
            check.FindEnds(text);
            if (!check.IsLinear(text))
            {
                return false;
            }
        }

        return true;
    }

    private void FindEnds(IrNode text)
    {
        List<TextEnd> ends = [];
        foreach (TextUse use in _flow.UsesOf(text))
        {
            if (_chain.NeedsStr(use, text) && !ends.Exists(end => _flow.IsBehind(end, use.Block, use.Index)))
            {
                TextEnd added = EndFor(text, use.Block);
                ends.RemoveAll(end => _flow.IsBehind(added, end.Block, end.Index));
                ends.Add(added);
            }
        }

        _chain.Ends.Add(text, ends);
    }

    /// <summary>Where the str for uses in a block is made: once, before the loops that do not define it.</summary>
    private TextEnd EndFor(IrNode text, IrBlock block)
    {
        IrBlock definition = text.Block!;
        bool isAtEnd = false;
        while (_flow.Loops.LoopOf(block) is { } loop && !_flow.Loops.Contains(loop, definition))
        {
            block = _flow.Dominators.ImmediateOf(loop.Head)!;
            isAtEnd = true;
        }

        int first = ReferenceEquals(block, definition) ? definition.Nodes.IndexOf(text) + 1 : 0;
        return new TextEnd(block, isAtEnd ? block.Nodes.Count : first);
    }

    private bool IsLinear(IrNode text)
    {
        foreach (TextUse use in _flow.UsesOf(text))
        {
            if (_chain.Consumes(use, text) && !IsDeadBehind(text, use))
            {
                return false;
            }
        }

        return _chain.Ends[text].TrueForAll(end => IsDeadBehind(text, end));
    }

    /// <summary>Whether nothing uses a str after a use that consumes it.</summary>
    private bool IsDeadBehind(IrNode text, in TextUse consumer)
    {
        foreach (TextUse use in _flow.UsesOf(text))
        {
            bool isLater = ReferenceEquals(use.Block, consumer.Block) && use.Index >= consumer.Index && use != consumer;

            // The snapshot of an append describes the state before it.
            bool isBefore = use.Kind is TextUseKind.Slot or TextUseKind.Part && use.Index == consumer.Index;
            if (isLater && !isBefore)
            {
                return false;
            }
        }

        List<IrBlock> next = consumer.Target is { } target ? [target.Block!] : SuccessorsOf(consumer.Block);
        foreach (IrBlock block in Reachable(text, next))
        {
            foreach (TextUse use in _flow.UsesOf(text))
            {
                if (ReferenceEquals(use.Block, block))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether nothing uses the builder of a str after its end, where uses of the str get the str.</summary>
    private bool IsDeadBehind(IrNode text, TextEnd end)
    {
        HashSet<IrBlock> reachable = Reachable(text, SuccessorsOf(end.Block));
        if (reachable.Contains(end.Block))
        {
            return false;
        }

        foreach (TextUse use in _flow.UsesOf(text))
        {
            bool isLater = reachable.Contains(use.Block) || (ReferenceEquals(use.Block, end.Block) && use.Index >= end.Index);
            bool needsBuilder = use.Kind == TextUseKind.Part || _chain.Consumes(use, text);
            if (isLater && (needsBuilder || !_flow.IsBehind(end, use.Block, use.Index)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The blocks that control can reach before it passes the definition of a str, as far as it can be used there.</summary>
    private HashSet<IrBlock> Reachable(IrNode text, List<IrBlock> from)
    {
        HashSet<IrBlock> found = new(ReferenceEqualityComparer.Instance);
        Stack<IrBlock> work = new(from);
        while (work.TryPop(out IrBlock? block))
        {
            bool isDefinition = ReferenceEquals(block, text.Block);
            if (!isDefinition && _flow.Dominators.Dominates(text.Block!, block) && found.Add(block))
            {
                foreach (IrEdge edge in block.Successors)
                {
                    work.Push(edge.Target);
                }
            }
        }

        return found;
    }

    private static List<IrBlock> SuccessorsOf(IrBlock block)
    {
        List<IrBlock> successors = [];
        foreach (IrEdge edge in block.Successors)
        {
            successors.Add(edge.Target);
        }

        return successors;
    }
}
