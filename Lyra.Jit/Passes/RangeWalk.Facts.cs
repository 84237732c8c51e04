using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes;

/// <content>
/// Facts about two ints: x &lt;= y + d. Sums with a constant are split, so that a fact about <c>i + 1</c> is one about i.
/// </content>
internal sealed partial class RangeWalk
{
    /// <summary>Larger constants are treated as values, so that differences never overflow.</summary>
    private static readonly Interval Offsets = Interval.Small;

    private readonly Differences _differences;

    /// <summary>By id: whether a sum or difference cannot have overflowed.</summary>
    private readonly bool[] _isExact;

    /// <summary>The visited nodes, by id.</summary>
    private readonly IrNode?[] _nodes;

    /// <summary>By the id of a parameter: the facts about it, as (x, y, d).</summary>
    private Dictionary<int, GrowableArray<(int X, int Y, long By)>> _parameterFacts = [];

    /// <summary>By the id of a parameter: the bounds of the argument from each predecessor.</summary>
    private readonly Dictionary<int, GrowableArray<Predecessor>> _predecessors = new();

    /// <summary>By the id of a list: the node visited last that loads the kind of its elements.</summary>
    private readonly IrNode?[] _elementKinds;

    private bool _addsPredecessors;

    /// <summary>The bounds of an argument: the ints above and below it, each with a difference.</summary>
    private readonly record struct Predecessor(GrowableArray<(int Other, long By)> Above, GrowableArray<(int Other, long By)> Below);

    /// <summary>Each int y with node &lt;= y + d, with d.</summary>
    public GrowableArray<(int Other, long By)> Above(IrNode node) => Shifted(node, isAbove: true);

    /// <summary>Each int y with y &lt;= node + d, with d.</summary>
    public GrowableArray<(int Other, long By)> Below(IrNode node) => Shifted(node, isAbove: false);

    /// <summary>The node of an id; null for <see cref="Differences.Zero"/>.</summary>
    public IrNode? NodeOf(int id) => id == Differences.Zero ? null : _nodes[id];

    private GrowableArray<(int Other, long By)> Shifted(IrNode node, bool isAbove)
    {
        (int root, long offset) = Split(node);
        GrowableArray<(int Other, long By)> found = isAbove ? _differences.Above(root) : _differences.Below(root);
        for (int i = 0; i < found.Count && offset != 0; i++)
        {
            found[i] = (found[i].Other, isAbove ? found[i].By + offset : found[i].By - offset);
        }

        return found;
    }

    /// <summary>Splits an int into another one and a constant offset, whose sum does not overflow.</summary>
    private (int Root, long Offset) Split(IrNode node)
    {
        long offset = 0;
        while (true)
        {
            if (node.Op == IrOp.ConstInt)
            {
                return Offsets.Contains(node.Bits) ? (Differences.Zero, offset + node.Bits) : (node.Id, offset);
            }

            if (!_isExact[node.Id] || node.Inputs[1] is not { Op: IrOp.ConstInt, Bits: var constant } || !Offsets.Contains(constant))
            {
                return (node.Id, offset);
            }

            offset += node.Row.Unchecked == IrOp.AddInt ? constant : -constant;
            node = node.Inputs[0];
        }
    }

    /// <summary>Adds the fact that x &lt;= y + by.</summary>
    private void AddFact(IrNode x, IrNode y, long by)
    {
        (int left, long more) = Split(x);
        (int right, long less) = Split(y);
        _differences.Add(left, right, by + less - more);
    }

    /// <summary>Whether a guard cannot fail.</summary>
    private bool IsNeedless(IrNode node)
    {
        bool isLess = node.Op == IrOp.GuardIndex && Difference(node.Inputs[0], node.Inputs[1]) < 0;
        return RangeRules.IsNeedless(node, _of, isLess);
    }

    /// <summary>The smallest known d with x &lt;= y + d; null when there is none.</summary>
    private long? Difference(IrNode x, IrNode y)
    {
        (int from, long more) = Split(x);
        (int to, long less) = Split(y);
        return _differences.Between(from, to) + more - less;
    }

    /// <summary>
    /// The interval of an element. A guard on the kind of the list's elements holds for all later loads, because the type of a list's
    /// elements is set when the list is made, and stores convert to it.
    /// </summary>
    private Interval OfElement(IrNode load) =>
        load.Inputs[0] is { Op: IrOp.ListInts, Inputs: [var list] }
        && _elementKinds[list.Id] is { } kind && Of(kind) is { IsSingle: true, Min: var present }
            ? Interval.OfSlot((SlotKind)present)
            : Interval.All;

    /// <summary>Adds the facts that relate the result of an operation to its operands.</summary>
    private void LearnFromResult(IrNode node)
    {
        _nodes[node.Id] = node;
        if (node.Op == IrOp.ListElementKind)
        {
            _elementKinds[node.Inputs[0].Id] = node;
        }

        if (node.Inputs.Length != 2)
        {
            return;
        }

        IrNode a = node.Inputs[0];
        IrNode b = node.Inputs[1];
        switch (node.Op)
        {
            case IrOp.AddInt or IrOp.AddIntChecked:
                _isExact[node.Id] = node.MayExit || Of(a).Add(Of(b)) is not null;
                LearnFromSum(node, a, b);
                break;
            case IrOp.SubInt or IrOp.SubIntChecked:
                _isExact[node.Id] = node.MayExit || Of(a).Subtract(Of(b)) is not null;
                LearnFromDifference(node, a, b);
                break;
            case IrOp.ModInt when Of(a).Min >= 0 && Of(b).Min > 0:
                AddFact(node, b, -1);
                AddFact(node, a, 0);
                break;
            case IrOp.DivInt or IrOp.ShrInt when Of(a).Min >= 0 && Of(b).Min >= 0:
                AddFact(node, a, 0);
                break;
            case IrOp.AndInt:
                LearnFromMask(node, a, b);
                break;
        }
    }

    private void LearnFromSum(IrNode node, IrNode a, IrNode b)
    {
        if (!_isExact[node.Id] || b.Op == IrOp.ConstInt)
        {
            return;
        }

        LearnFromTerm(node, a, Of(b));
        LearnFromTerm(node, b, Of(a));
    }

    private void LearnFromTerm(IrNode sum, IrNode term, Interval other)
    {
        if (other.Min >= 0)
        {
            AddFact(term, sum, 0);
        }
        else if (other.Max <= 0)
        {
            AddFact(sum, term, 0);
        }
    }

    private void LearnFromDifference(IrNode node, IrNode a, IrNode b)
    {
        if (!_isExact[node.Id] || b.Op == IrOp.ConstInt)
        {
            return;
        }

        if (Of(b).Min >= 0)
        {
            AddFact(node, a, 0);
        }

        if (Difference(b, a) is { } by)
        {
            Narrow(node, new Interval(-by, long.MaxValue));
        }
    }

    private void LearnFromMask(IrNode node, IrNode a, IrNode b)
    {
        if (Of(b).Min >= 0)
        {
            AddFact(node, b, 0);
        }

        if (Of(a).Min >= 0)
        {
            AddFact(node, a, 0);
        }
    }

    /// <summary>Adds the facts of the branch that leads to a block with one predecessor.</summary>
    private void LearnFromEdge(IrBlock block)
    {
        System.ReadOnlySpan<IncomingEdge> incoming = _order.Incoming(block);
        if (incoming.Length != 1 || incoming[0].From is not { End: IrEnd.Branch, Value: { } condition } from
            || from.First!.Target == from.Second!.Target)
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
                AddFact(condition.Inputs[0], condition.Inputs[1], 0);
                AddFact(condition.Inputs[1], condition.Inputs[0], 0);
                break;
            case IrOp.EqInt:
                LearnDifferent(condition.Inputs[0], condition.Inputs[1]);
                LearnDifferent(condition.Inputs[1], condition.Inputs[0]);
                break;
        }
    }

    /// <summary>x != y: from x &lt;= y follows x &lt; y. A known int is not at the end of the other's interval.</summary>
    private void LearnDifferent(IrNode x, IrNode y)
    {
        if (Of(y) is { IsSingle: true, Min: var excluded } && Of(x) is { IsSingle: false } ends)
        {
            Narrow(x, new Interval(ends.Min == excluded ? excluded + 1 : ends.Min, ends.Max == excluded ? excluded - 1 : ends.Max));
        }

        if (Difference(x, y) == 0)
        {
            LearnLess(x, y, true);
        }
    }

    /// <summary>x &lt; y, or x &lt;= y.</summary>
    private void LearnLess(IrNode x, IrNode y, bool isStrict)
    {
        Interval a = Of(x);
        Interval b = Of(y);
        AddFact(x, y, isStrict ? -1 : 0);
        if (isStrict)
        {
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

    /// <summary>Sweeps that find new facts after the intervals have settled.</summary>
    private void FindFacts()
    {
        _addsPredecessors = true;
        bool isNew = true;
        for (int round = 0; round < FactRounds && isNew; round++)
        {
            Walk();
            NarrowParameters();
            isNew = UpdateParameterFacts();
        }

        _addsPredecessors = false;
    }

    private void AddPredecessor(IrNode parameter, IrNode argument)
    {
        if (!_addsPredecessors)
        {
            return;
        }

        if (!_predecessors.TryGetValue(parameter.Id, out GrowableArray<Predecessor>? predecessors))
        {
            predecessors = new();
            _predecessors.Add(parameter.Id, predecessors);
        }

        predecessors.Add(new Predecessor(Above(argument), Below(argument)));
    }

    private void AddParameterFacts(IrNode parameter)
    {
        _nodes[parameter.Id] = parameter;
        if (!_parameterFacts.TryGetValue(parameter.Id, out GrowableArray<(int X, int Y, long By)>? facts))
        {
            return;
        }

        foreach ((int x, int y, long by) in facts)
        {
            _differences.Add(x, y, by);
        }
    }

    /// <summary>
    /// A fact that holds for all arguments of a parameter holds for the parameter. A back-edge that passes the parameter itself, or less,
    /// keeps its upper bounds; one that passes the parameter or more keeps its lower bounds. Tells whether there is a new fact.
    /// </summary>
    private bool UpdateParameterFacts()
    {
        Dictionary<int, GrowableArray<(int X, int Y, long By)>> found = [];
        bool isNew = false;
        foreach ((int parameter, GrowableArray<Predecessor> predecessors) in _predecessors)
        {
            GrowableArray<(int X, int Y, long By)> facts = new();
            foreach ((int other, long by) in Common(parameter, predecessors, predecessor => predecessor.Above))
            {
                AddFact(facts, (parameter, other, by));
            }

            foreach ((int other, long by) in Common(parameter, predecessors, predecessor => predecessor.Below))
            {
                AddFact(facts, (other, parameter, by));
            }

            bool isKnown = _parameterFacts.TryGetValue(parameter, out GrowableArray<(int X, int Y, long By)>? before)
                && !facts.Exists(fact => !before.Exists(known => known == fact));
            isNew |= facts.Count > 0 && !isKnown;
            found.Add(parameter, facts);
        }

        _parameterFacts = found;
        _predecessors.Clear();
        return isNew;
    }

    private static void AddFact(GrowableArray<(int X, int Y, long By)> facts, (int X, int Y, long By) fact)
    {
        if (fact.X != fact.Y)
        {
            facts.Add(fact);
        }
    }

    /// <remarks>
    /// An int known at the entry of a loop is defined outside, because it dominates the head, so it is the same in every iteration. By
    /// induction over the iterations, the back-edges may assume the fact that is to be shown.
    /// </remarks>
    private static GrowableArray<(int Other, long By)> Common(
        int parameter, GrowableArray<Predecessor> predecessors, System.Func<Predecessor, GrowableArray<(int Other, long By)>> side)
    {
        GrowableArray<(int Other, long By)>? common = null;
        foreach (Predecessor predecessor in predecessors)
        {
            GrowableArray<(int Other, long By)> known = side(predecessor);
            if (Differences.Find(known, parameter) <= 0)
            {
                continue;
            }

            common = common is null ? known : Intersect(common, known);
        }

        return common ?? new();
    }

    private static GrowableArray<(int Other, long By)> Intersect(
        GrowableArray<(int Other, long By)> common, GrowableArray<(int Other, long By)> known)
    {
        GrowableArray<(int Other, long By)> both = new();
        foreach ((int other, long by) in common)
        {
            if (Differences.Find(known, other) is { } also)
            {
                both.Add((other, System.Math.Max(by, also)));
            }
        }

        return both;
    }
}
