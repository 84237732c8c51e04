using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Passes;

/// <summary>
/// Finds the intervals of the ints of a graph: several sweeps for those of loop heads, then one that rewrites, for <see
/// cref="RangeAnalysis"/> or for <see cref="BoundsHoisting"/>.
/// </summary>
internal sealed partial class RangeWalk
{
    private const int MaxRounds = 16;

    /// <summary>Sweeps that find facts about parameters. The second uses for a loop what the first found behind joins in it.</summary>
    private const int FactRounds = 3;

    private readonly IrGraph _graph;
    private readonly IrOrder _order;
    private readonly IrDominators _dominators;

    /// <summary>The interval of each int so far; null before the first visit.</summary>
    private readonly Interval?[] _known;
    private readonly Interval?[] _parameters;
    private readonly IrNode?[] _replacements;
    private readonly Stack<(int Id, Interval? Before)> _narrowed = new();

    /// <summary><see cref="Of"/>, for the rules: one delegate for the whole walk.</summary>
    private readonly System.Func<IrNode, Interval> _of;

    private bool _rewrites;
    private bool _changed;

    private readonly BoundsHoisting.Speculations? _speculations;

    /// <param name="graph">The graph.</param>
    /// <param name="speculations">Gets the index guards in the last sweep, which then rewrites nothing; null for <see
    /// cref="RangeAnalysis"/>.</param>
    public RangeWalk(IrGraph graph, BoundsHoisting.Speculations? speculations = null)
    {
        _graph = graph;
        _of = Of;
        _differences = graph.Arena.Take(static () => new Differences());
        _speculations = speculations;
        _order = IrOrder.Of(graph);
        _dominators = IrDominators.Of(_order);
        _known = graph.Arena.Intervals.Take(graph.NodeCount);
        _parameters = graph.Arena.Intervals.Take(graph.NodeCount);
        _replacements = graph.Arena.Nodes.Take(graph.NodeCount);
        _isExact = graph.Arena.Bools.Take(graph.NodeCount);
        _nodes = graph.Arena.Nodes.Take(graph.NodeCount);
        _elementKinds = graph.Arena.Nodes.Take(graph.NodeCount);
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
            // The limit of sweeps is reached: what has not settled may be any int.
            System.Array.Clear(_parameters);
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
            FindFacts();
        }

        _rewrites = true;
        Walk();
        IrRewriter.Replace(_graph, _replacements);
        return _changed;
    }

    /// <summary>
    /// Visits the blocks down the dominator tree. The facts of a condition are forgotten outside of the blocks that it dominates.
    /// </summary>
    private void Walk()
    {
        System.Array.Clear(_known);
        _predecessors.Clear();
        _brought.Clear();
        Stack<(IrBlock Block, int Narrowed, int Bounds)> open = new();
        foreach (IrBlock block in _dominators.Preorder)
        {
            while (open.TryPeek(out (IrBlock Block, int Narrowed, int Bounds) top) && !_dominators.Dominates(top.Block, block))
            {
                open.Pop();
                Forget(top.Narrowed, top.Bounds);
            }

            open.Push((block, _narrowed.Count, _differences.Count));
            EnterBlock(block);
        }

        Forget(0, 0);
    }

    private void Forget(int narrowed, int facts)
    {
        while (_narrowed.Count > narrowed)
        {
            (int id, Interval? before) = _narrowed.Pop();
            _known[id] = before;
        }

        _differences.ForgetTo(facts);
    }

    private void EnterBlock(IrBlock block)
    {
        LearnFromEdge(block);
        foreach (IrNode parameter in block.Parameters)
        {
            if (parameter.Type == IrType.Int)
            {
                _known[parameter.Id] = KnownOf(parameter);
                AddParameterFacts(parameter);
            }
        }

        for (int i = 0; i < block.Nodes.Count; i++)
        {
            Visit(block, ref i);
        }

        NoteArguments(block);
    }

    /// <summary>The interval of a parameter; in the first sweep that of the arguments from predecessors visited so far.</summary>
    private Interval KnownOf(IrNode parameter) => _parameters[parameter.Id]
        ?? (_brought.TryGetValue(parameter.Id, out Interval brought) ? brought : Interval.All);

    private void Narrow(IrNode node, Interval to)
    {
        if (node.IsConstant || _known[node.Id] is not { } present)
        {
            return;
        }

        _narrowed.Push((node.Id, present));
        _known[node.Id] = present.Intersect(to);
    }

    /// <summary>The interval of an int where the walk is.</summary>
    public Interval Of(IrNode node) => node.Op == IrOp.ConstInt ? Interval.Of(node.Bits) : _known[node.Id] ?? Interval.All;

    private void Visit(IrBlock block, ref int index)
    {
        IrNode node = block.Nodes[index];
        if (node.Type == IrType.Int && node.Op != IrOp.ConstInt)
        {
            _known[node.Id] = node.Op == IrOp.LoadInt ? OfElement(node) : RangeRules.Result(node, _of);
            LearnFromResult(node);
        }

        if (_rewrites)
        {
            Rewrite(block, ref index, node);
        }

        LearnFromGuard(node);
    }

    private void LearnFromGuard(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.Guard or IrOp.GuardSpeculation:
                Learn(node.Inputs[0], true);
                break;
            case IrOp.GuardNot:
                Learn(node.Inputs[0], false);
                break;
            case IrOp.GuardIndex:
                Narrow(node.Inputs[0], new Interval(0, long.MaxValue));
                LearnLess(node.Inputs[0], node.Inputs[1], true);
                break;
            case IrOp.GuardDivisor when Of(node.Inputs[1]).Min >= 0:
                Narrow(node.Inputs[1], new Interval(1, long.MaxValue));
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
        if (_speculations is not null)
        {
            if (node.Op == IrOp.GuardIndex && (IsNeedless(node) || _speculations.Cover(node, this)))
            {
                block.Nodes.RemoveAt(index--);
                _changed = true;
            }

            return;
        }

        if (RangeRules.Unchecked(node, _of) is { } plain)
        {
            IrNode replacement = _graph.NewNode(plain, node.Type, node.Inputs);
            replacement.Block = block;
            block.Nodes[index] = replacement;
            Replace(node, replacement);
            return;
        }

        if (IsNeedless(node))
        {
            block.Nodes.RemoveAt(index--);
            _changed = true;
            return;
        }

        if (RangeRules.Bounds(node, _of) is var facts && facts != OperandBounds.None)
        {
            _changed |= node.Bits != (long)facts;
            node.Bits = (long)facts;
            return;
        }

        if (RangeRules.Truth(node, _of) is { } truth)
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

    /// <summary>Notes the intervals of the arguments that the block's edges pass.</summary>
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
                AddPredecessor(parameter, argument);
            }
        }
    }

    private readonly Dictionary<int, Interval> _brought = [];

    private void NoteInterval(IrNode parameter, IrNode argument)
    {
        Interval interval = Of(argument);
        _brought[parameter.Id] = _brought.TryGetValue(parameter.Id, out Interval before) ? before.Union(interval) : interval;
    }

    /// <summary>
    /// Gives parameters the intervals of their arguments; tells whether any interval grew. When none did, the arguments give the better
    /// answer, because widening has overshot.
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
            NarrowParameters();
        }

        _brought.Clear();
        return grew;
    }

    /// <summary>
    /// Gives parameters the intervals of their arguments, once no interval has grown: they follow from intervals that hold, so they hold,
    /// too. Each sweep narrows what depends on parameters that the sweep before has narrowed.
    /// </summary>
    private void NarrowParameters()
    {
        foreach ((int id, Interval brought) in _brought)
        {
            _parameters[id] = brought;
        }
    }
}
