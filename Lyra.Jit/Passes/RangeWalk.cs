using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>One run of <see cref="RangeAnalysis"/> over a graph: rounds that find the intervals of loop heads, then one that rewrites.</summary>
internal sealed class RangeWalk
{
    private const int MaxRounds = 16;

    private readonly IrGraph _graph;
    private readonly IrOrder _order;
    private readonly IrDominators _dominators;
    private readonly IrLoops _loops;

    /// <summary>What is known of each int so far; null before the first visit.</summary>
    private readonly Interval?[] _known;
    private readonly Interval?[] _parameters;
    private readonly IrNode?[] _replacements;
    private readonly Stack<(int Id, Interval? Before)> _narrowed = new();

    /// <summary>Pairs (x, y) with x &lt; y that hold where the walk is.</summary>
    private readonly HashSet<(int, int)> _less = [];
    private readonly Stack<(int, int)> _lessAdded = new();

    /// <summary>Of the parameters of heads: the values below which they stay.</summary>
    private readonly Dictionary<int, HashSet<int>> _parameterLess = [];
    private readonly Dictionary<(int, int), HashSet<int>> _edgeLess = [];
    private bool _rewrites;
    private bool _changed;

    public RangeWalk(IrGraph graph)
    {
        _graph = graph;
        _order = IrOrder.Of(graph);
        _dominators = IrDominators.Of(_order);
        _loops = IrLoops.Of(graph, _order, _dominators);
        _known = new Interval?[graph.NodeCount];
        _parameters = new Interval?[graph.NodeCount];
        _replacements = new IrNode?[graph.NodeCount];
    }

    public bool Run()
    {
        bool isStable = false;
        for (int round = 0; round < MaxRounds && !isStable; round++)
        {
            Walk();
            isStable = !UpdateParameters(round);
        }

        if (!isStable)
        {
            // Out of patience: what did not settle is anything.
            System.Array.Clear(_parameters);
            _parameterLess.Clear();
            foreach (IrBlock block in _order.Blocks)
            {
                foreach (IrNode parameter in block.Parameters)
                {
                    _parameters[parameter.Id] = Interval.All;
                }
            }
        }
        else
        {
            FindParameterFacts();
        }

        _rewrites = true;
        Walk();
        IrRewriter.Replace(_graph, _replacements);
        return _changed;
    }

    /// <summary>Visits the blocks down the dominator tree; what a condition tells is forgotten where it no longer holds.</summary>
    private void Walk()
    {
        System.Array.Clear(_known);
        _less.Clear();
        _edgeLess.Clear();
        _brought.Clear();
        Stack<(IrBlock Block, int Narrowed, int Less)> open = new();
        foreach (IrBlock block in _dominators.Preorder)
        {
            while (open.TryPeek(out (IrBlock Block, int Narrowed, int Less) top) && !_dominators.Dominates(top.Block, block))
            {
                open.Pop();
                Forget(top.Narrowed, top.Less);
            }

            open.Push((block, _narrowed.Count, _lessAdded.Count));
            EnterBlock(block);
        }

        Forget(0, 0);
    }

    private void Forget(int narrowed, int less)
    {
        while (_narrowed.Count > narrowed)
        {
            (int id, Interval? before) = _narrowed.Pop();
            _known[id] = before;
        }

        while (_lessAdded.Count > less)
        {
            _less.Remove(_lessAdded.Pop());
        }
    }

    private void EnterBlock(IrBlock block)
    {
        LearnFromEdge(block);
        foreach (IrNode parameter in block.Parameters)
        {
            if (parameter.Type == IrType.Int)
            {
                _known[parameter.Id] = KnownOf(parameter);
                foreach (int limit in _parameterLess.GetValueOrDefault(parameter.Id) ?? [])
                {
                    AddLess(parameter.Id, limit);
                }
            }
        }

        for (int i = 0; i < block.Nodes.Count; i++)
        {
            Visit(block, ref i);
        }

        NoteArguments(block);
    }

    /// <summary>What is known of a parameter; in the first round what the ways in have brought that are visited already.</summary>
    private Interval KnownOf(IrNode parameter) => _parameters[parameter.Id]
        ?? (_brought.TryGetValue(parameter.Id, out Interval brought) ? brought : Interval.All);

    /// <summary>The only way into a block tells what its condition says.</summary>
    private void LearnFromEdge(IrBlock block)
    {
        System.ReadOnlySpan<IncomingEdge> incoming = _order.Incoming(block);
        if (incoming.Length != 1 || incoming[0].From is not { End: IrEnd.Branch, Value: { } condition } from || from.First!.Target == from.Second!.Target)
        {
            return;
        }

        Learn(condition, from.First.Target == block);
    }

    private void Learn(IrNode condition, bool isTrue)
    {
        switch (condition.Op)
        {
            case IrOp.Not:
                Learn(condition.Inputs[0], !isTrue);
                break;
            case IrOp.LtInt when isTrue:
                LearnLess(condition.Inputs[0], condition.Inputs[1], true);
                break;
            case IrOp.LtInt:
                LearnLess(condition.Inputs[1], condition.Inputs[0], false);
                break;
            case IrOp.LeInt when isTrue:
                LearnLess(condition.Inputs[0], condition.Inputs[1], false);
                break;
            case IrOp.LeInt:
                LearnLess(condition.Inputs[1], condition.Inputs[0], true);
                break;
            case IrOp.EqInt when isTrue:
                Interval both = Of(condition.Inputs[0]).Intersect(Of(condition.Inputs[1]));
                Narrow(condition.Inputs[0], both);
                Narrow(condition.Inputs[1], both);
                break;
        }
    }

    /// <summary>x &lt; y, or x &lt;= y.</summary>
    private void LearnLess(IrNode x, IrNode y, bool isStrict)
    {
        Interval a = Of(x);
        Interval b = Of(y);
        if (isStrict)
        {
            AddLess(x.Id, y.Id);
            if (b.Max > long.MinValue)
            {
                Narrow(x, new Interval(long.MinValue, b.Max - 1));
            }

            if (a.Min < long.MaxValue)
            {
                Narrow(y, new Interval(a.Min + 1, long.MaxValue));
            }

            return;
        }

        Narrow(x, new Interval(long.MinValue, b.Max));
        Narrow(y, new Interval(a.Min, long.MaxValue));
    }

    private void AddLess(int x, int y)
    {
        if (_less.Add((x, y)))
        {
            _lessAdded.Push((x, y));
        }
    }

    private void Narrow(IrNode node, Interval to)
    {
        if (node.IsConstant || _known[node.Id] is not { } present)
        {
            return;
        }

        _narrowed.Push((node.Id, present));
        _known[node.Id] = present.Intersect(to);
    }

    /// <summary>What is known of an int here.</summary>
    private Interval Of(IrNode node) => node.Op == IrOp.ConstInt ? Interval.Of(node.Bits) : _known[node.Id] ?? Interval.All;

    private void Visit(IrBlock block, ref int index)
    {
        IrNode node = block.Nodes[index];
        if (node.Type == IrType.Int && node.Op != IrOp.ConstInt)
        {
            _known[node.Id] = RangeRules.Result(node, Of);
        }

        if (_rewrites)
        {
            Rewrite(block, ref index, node);
        }

        switch (node.Op)
        {
            case IrOp.Guard:
                Learn(node.Inputs[0], true);
                break;
            case IrOp.GuardNot:
                Learn(node.Inputs[0], false);
                break;
            case IrOp.GuardIndex:
                Narrow(node.Inputs[0], new Interval(0, long.MaxValue));
                LearnLess(node.Inputs[0], node.Inputs[1], true);
                break;
            case IrOp.GuardShift:
                Narrow(node.Inputs[0], new Interval(0, 63));
                break;
            case IrOp.GuardSmall:
                Narrow(node.Inputs[0], Interval.Small);
                break;
        }
    }

    private void Rewrite(IrBlock block, ref int index, IrNode node)
    {
        if (RangeRules.Unchecked(node, Of) is { } plain)
        {
            IrNode replacement = _graph.NewNode(plain, node.Type, node.Inputs);
            replacement.Block = block;
            block.Nodes[index] = replacement;
            Replace(node, replacement);
            return;
        }

        if (RangeRules.IsNeedless(node, Of, _less.Contains((node.Inputs.Length > 1 ? node.Inputs[0].Id : -1, node.Inputs.Length > 1 ? node.Inputs[1].Id : -1))))
        {
            block.Nodes.RemoveAt(index--);
            _changed = true;
            return;
        }

        if (RangeRules.Facts(node, Of) is var facts && facts != OperandFacts.None)
        {
            _changed |= node.Bits != (long)facts;
            node.Bits = (long)facts;
            return;
        }

        if (RangeRules.Truth(node, Of) is { } truth)
        {
            IrNode constant = _graph.NewNode(IrOp.ConstBool, IrType.Bool);
            constant.Bits = truth ? 1 : 0;
            constant.Block = block;
            block.Nodes[index] = constant;
            Replace(node, constant);
        }
    }

    private void Replace(IrNode node, IrNode replacement)
    {
        if (node.Id < _replacements.Length)
        {
            _replacements[node.Id] = replacement;
        }

        _changed = true;
    }

    /// <summary>Remembers what the block's edges bring into parameters.</summary>
    private void NoteArguments(IrBlock block)
    {
        foreach (IrEdge edge in block.Successors)
        {
            for (int i = 0; i < edge.Arguments.Length; i++)
            {
                IrNode parameter = edge.Target.Parameters[i];
                IrNode argument = edge.Arguments[i];
                if (parameter.Type != IrType.Int)
                {
                    continue;
                }

                _known[argument.Id] ??= argument.Op == IrOp.ConstInt ? Interval.Of(argument.Bits) : null;
                NoteInterval(parameter, argument);
                _edgeLess[(block.Id, parameter.Id)] = LimitsOf(argument);
            }
        }
    }

    private readonly Dictionary<int, Interval> _brought = [];

    private void NoteInterval(IrNode parameter, IrNode argument)
    {
        Interval interval = Of(argument);
        _brought[parameter.Id] = _brought.TryGetValue(parameter.Id, out Interval before) ? before.Union(interval) : interval;
    }

    private HashSet<int> LimitsOf(IrNode argument)
    {
        HashSet<int> limits = [];
        foreach ((int x, int y) in _less)
        {
            if (x == argument.Id)
            {
                limits.Add(y);
            }
        }

        return limits;
    }

    /// <summary>
    /// Takes over what the edges brought; whether any parameter's interval grew. When none did, what they brought is the better answer, because
    /// widening has overshot.
    /// </summary>
    private bool UpdateParameters(int round)
    {
        bool grew = false;
        foreach ((int id, Interval brought) in _brought)
        {
            Interval? before = _parameters[id];
            Interval after = before is { } known ? known.Union(brought) : brought;
            if (before is { } old && round > 1)
            {
                after = after.Widen(old);
            }

            grew |= before != after;
            _parameters[id] = after;
        }

        if (!grew)
        {
            foreach ((int id, Interval brought) in _brought)
            {
                _parameters[id] = brought;
            }
        }

        _brought.Clear();
        return grew;
    }

    /// <summary>A head's parameter is below a limit when what every edge brings is, and the limit is the same in every iteration.</summary>
    private void FindParameterFacts()
    {
        foreach (IrLoop loop in _loops.All)
        {
            foreach (IrNode parameter in loop.Head.Parameters)
            {
                if (parameter.Type != IrType.Int)
                {
                    continue;
                }

                HashSet<int>? common = null;
                foreach (IncomingEdge incoming in _order.Incoming(loop.Head))
                {
                    HashSet<int> limits = _edgeLess.GetValueOrDefault((incoming.From.Id, parameter.Id)) ?? [];
                    common = common is null ? [.. limits] : common;
                    common.IntersectWith(limits);
                }

                // A limit known on the way in stands outside the loop, because it dominates the head.
                if (common is { Count: > 0 })
                {
                    _parameterLess[parameter.Id] = common;
                }
            }
        }
    }
}
