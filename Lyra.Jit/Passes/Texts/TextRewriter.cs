using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Texts;

/// <summary>Puts a builder in the place of the strs of a chain.</summary>
internal sealed class TextRewriter
{
    private readonly TextFlow _flow;
    private readonly TextChain _chain;

    /// <summary>The builders in place of joined strs, by node id.</summary>
    private readonly IrNode?[] _map;

    /// <summary>The strs that were made at the ends of a member.</summary>
    private readonly Dictionary<IrNode, List<(TextEnd End, IrNode Str)>> _strs = new(ReferenceEqualityComparer.Instance);

    /// <summary>The nodes of the block that is being rewritten.</summary>
    private readonly List<IrNode> _nodes = [];

    private TextRewriter(TextFlow flow, TextChain chain)
    {
        _flow = flow;
        _chain = chain;
        _map = flow.Graph.Arena.Nodes.Take(flow.Graph.NodeCount);
        foreach ((IrNode member, List<TextEnd> ends) in chain.Ends)
        {
            _strs.Add(member, ends.ConvertAll(end => (end, NewCall(RegionHelpers.EndText, end.Block, member))));
        }
    }

    public static void Run(TextFlow flow, TextChain chain)
    {
        TextRewriter rewriter = new(flow, chain);
        foreach (IrBlock block in flow.Order.Blocks)
        {
            rewriter.Visit(block);
        }

        IrRewriter.Replace(flow.Graph, rewriter._map);
        flow.FindUses();
    }

    private void Visit(IrBlock block)
    {
        _nodes.Clear();
        for (int i = 0; i < block.Nodes.Count; i++)
        {
            AddEnds(block, i);
            IrNode node = block.Nodes[i];
            node.Exit = Adapt(node.Exit, block, i);
            Visit(block, i, node);
        }

        int end = block.Nodes.Count;
        AddEnds(block, end);
        block.Exit = Adapt(block.Exit, block, end);
        block.Value = block.Value is null ? null : StrOf(block.Value, block, end) ?? block.Value;
        foreach (IrEdge edge in block.Successors)
        {
            AdaptArguments(edge, block, end);
        }

        block.Nodes.Clear();
        block.Nodes.AddRange(_nodes);
        foreach (IrNode parameter in block.Parameters)
        {
            parameter.Type = _chain.Contains(parameter) ? IrType.Builder : parameter.Type;
        }
    }

    private void Visit(IrBlock block, int index, IrNode node)
    {
        if (_chain.Contains(node))
        {
            Append(block, index, node);
            return;
        }

        foreach (ref IrNode input in node.Inputs.AsSpan())
        {
            input = node.IsVirtual ? input : StrOf(input, block, index) ?? input;
        }

        if (node.Op == IrOp.StrLength && _chain.Contains(node.Inputs[0]))
        {
            _map[node.Id] = Add(NewCall(RegionHelpers.LengthOfText, block, node.Inputs[0]));
            return;
        }

        // A box of a builder is one that only snapshots used.
        if (node.Family != IrFamily.Box || !_chain.Contains(node.Inputs[0]))
        {
            _nodes.Add(node);
        }
    }

    private void Append(IrBlock block, int index, IrNode join)
    {
        IrNode text = join.Inputs[0];
        IrNode added = join.Inputs[1];
        bool isDigits = TakesDigits(join, added);
        IrNode append = isDigits
            ? NewCall(RegionHelpers.AppendDigits, block, text, added.Inputs[0])
            : NewCall(RegionHelpers.AppendText, block, text, StrOf(added, block, index) ?? added);
        append.Exit = isDigits ? added.Exit : join.Exit;
        if (isDigits)
        {
            _nodes.Remove(added);
        }

        _map[join.Id] = Add(append);
    }

    /// <summary>
    /// Whether what is appended is the text of an int that nothing else uses, so that it need not be made. The append then exits to the
    /// state before that text, from which no effect may separate it.
    /// </summary>
    private bool TakesDigits(IrNode join, IrNode added)
    {
        if (added.Op != IrOp.Call || !ReferenceEquals(added.Payload, RegionHelpers.TextOfInt) || !_nodes.Contains(added))
        {
            return false;
        }

        foreach (TextUse use in _flow.UsesOf(added))
        {
            if (!ReferenceEquals(use.User, join))
            {
                return false;
            }
        }

        return _nodes.FindLastIndex(SnapshotRule.IsEffect) < _nodes.IndexOf(added);
    }

    /// <summary>The str of a member at a point, where it is made; null elsewhere, and for any other value.</summary>
    private IrNode? StrOf(IrNode value, IrBlock block, int index)
    {
        if (_strs.TryGetValue(value, out List<(TextEnd End, IrNode Str)>? strs))
        {
            foreach ((TextEnd end, IrNode str) in strs)
            {
                if (_flow.IsBehind(end, block, index))
                {
                    return str;
                }
            }
        }

        return null;
    }

    private void AddEnds(IrBlock block, int index)
    {
        foreach (List<(TextEnd End, IrNode Str)> strs in _strs.Values)
        {
            foreach ((TextEnd end, IrNode str) in strs)
            {
                if (ReferenceEquals(end.Block, block) && end.Index == index)
                {
                    _nodes.Add(str);
                }
            }
        }
    }

    /// <summary>Passes builders to parameters of the chain, and strs to all others.</summary>
    private void AdaptArguments(IrEdge edge, IrBlock block, int end)
    {
        for (int i = 0; i < edge.Arguments.Length; i++)
        {
            ref IrNode argument = ref edge.Arguments[i];
            if (!_chain.Contains(edge.Target.Parameters[i]))
            {
                argument = StrOf(argument, block, end) ?? argument;
            }
            else if (!_chain.Contains(argument))
            {
                argument = Add(NewCall(RegionHelpers.BeginText, block, argument));
            }
        }
    }

    /// <summary>The snapshot with the strs that exist at a point: itself when there are none.</summary>
    private Snapshot? Adapt(Snapshot? snapshot, IrBlock block, int index)
    {
        if (snapshot is null || !HasStr(snapshot, block, index))
        {
            return snapshot;
        }

        Snapshot copy = snapshot.Copy(_flow.Graph);
        foreach (SnapshotFrame frame in copy.Frames)
        {
            foreach (ref SnapshotSlot slot in CollectionsMarshal.AsSpan(frame.Slots))
            {
                slot.Value = StrOf(slot.Value, block, index) ?? slot.Value;
            }
        }

        return copy;
    }

    private bool HasStr(Snapshot snapshot, IrBlock block, int index)
    {
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            if (frame.Slots.Exists(slot => StrOf(slot.Value, block, index) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private IrNode Add(IrNode node)
    {
        _nodes.Add(node);
        return node;
    }

    private IrNode NewCall(RegionHelper helper, IrBlock block, params IrNode[] inputs)
    {
        IrNode call = _flow.Graph.NewNode(IrOp.Call, helper.Result, inputs);
        call.Payload = helper;
        call.Block = block;
        return call;
    }
}
