using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Replaces block parameters that get the same value from all predecessors, also around loops, and those that always get the same value as
/// another one:
/// <code>
/// jump block1(v1, v2, v2)                     jump block1(v2)
/// block1(v3: Int, v4: Int, v5: Int) loop:     block1(v4: Int) loop:       ; v3 is v1, v5 is v4
///   jump block1(v3, v6, v6)                     jump block1(v6)
/// </code>
/// </summary>
/// <remarks>
/// The pass finds all redundant phis in the sense of Braun et al., "Simple and Efficient Construction of Static Single Assignment Form"
/// (2013), also cycles of them. It computes dominators in the graph of value flow: the root leads to every value that is not a parameter,
/// and each argument leads to its parameter. A parameter equals its topmost dominator below the root, since every value that reaches it
/// comes through that one. The replacement is sound because the definition of that value also dominates the parameter in the graph of
/// blocks: on every path, the parameter was set to a value that came through it, and the value cannot be set again before the parameter is.
/// For the same reason the reverse postorder of the blocks suits the algorithm of Cooper, Harvey and Kennedy. The time is nearly linear in
/// the number of arguments.
/// </remarks>
internal sealed class ParameterElimination : IIrPass
{
    public string Name => "parameter-elimination";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        bool changed = IrRewriter.RemoveUnreachable(graph, order);
        IrNode?[] map = new ValueFlow(graph, order).Replacements();
        foreach (IrBlock block in order.Blocks)
        {
            MergeEqual(block, order.Incoming(block), map);
        }

        return Replace(graph, order, map) | changed;
    }

    /// <summary>Replaces a parameter that gets the same value as an earlier one on every edge.</summary>
    private static void MergeEqual(IrBlock block, ReadOnlySpan<IncomingEdge> incoming, IrNode?[] map)
    {
        for (int later = 1; later < block.Parameters.Count; later++)
        {
            IrNode parameter = block.Parameters[later];
            for (int earlier = 0; earlier < later && map[parameter.Id] is null; earlier++)
            {
                IrNode other = block.Parameters[earlier];
                if (map[other.Id] is null && other.Type == parameter.Type && ReferenceEquals(other.Payload, parameter.Payload)
                    && GetSame(incoming, earlier, later, map))
                {
                    map[parameter.Id] = other;
                }
            }
        }
    }

    private static bool GetSame(ReadOnlySpan<IncomingEdge> incoming, int a, int b, IrNode?[] map)
    {
        foreach (IncomingEdge edge in incoming)
        {
            IrNode[] arguments = edge.Edge.Arguments;
            if (!ReferenceEquals(IrRewriter.Resolve(map, arguments[a]), IrRewriter.Resolve(map, arguments[b])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Replace(IrGraph graph, IrOrder order, IrNode?[] map)
    {
        bool changed = false;
        foreach (IrBlock block in order.Blocks)
        {
            bool[] isKept = new bool[block.Parameters.Count];
            bool keepsAll = true;
            for (int i = 0; i < isKept.Length; i++)
            {
                isKept[i] = map[block.Parameters[i].Id] is null;
                keepsAll &= isKept[i];
            }

            if (!keepsAll)
            {
                IrRewriter.KeepParameters(block, order.Incoming(block), isKept);
                changed = true;
            }
        }

        if (changed)
        {
            IrRewriter.Replace(graph, map);
        }

        return changed;
    }

    /// <summary>
    /// Values by number: 0 is the root, a value that is not a parameter has its node id plus 1, and the parameters follow in the order of
    /// their blocks.
    /// </summary>
    private sealed class ValueFlow
    {
        private readonly IrGraph _graph;
        private readonly IrOrder _order;
        private readonly List<IrNode> _parameters = [];
        private readonly int _firstParameter;

        /// <summary>One more than the last number.</summary>
        private readonly int _end;

        /// <summary>The number of a parameter, by node id.</summary>
        private readonly int[] _numbers;

        /// <summary>The immediate dominator, by number; -1 while it is unknown.</summary>
        private readonly int[] _dominators;

        public ValueFlow(IrGraph graph, IrOrder order)
        {
            _graph = graph;
            _order = order;
            _firstParameter = graph.NodeCount + 1;
            _numbers = graph.Arena.Ints.Take(graph.NodeCount);
            foreach (IrBlock block in order.Blocks)
            {
                foreach (IrNode parameter in block.Parameters)
                {
                    _numbers[parameter.Id] = _firstParameter + _parameters.Count;
                    _parameters.Add(parameter);
                }
            }

            _end = _firstParameter + _parameters.Count;
            _dominators = graph.Arena.Ints.Take(_end);
            _dominators.AsSpan(_firstParameter, _parameters.Count).Fill(-1);
        }

        /// <summary>The value that each parameter equals, by node id; null for one that stays.</summary>
        public IrNode?[] Replacements()
        {
            while (Sweep())
            {
            }

            IrNode?[] map = _graph.Arena.Nodes.Take(_graph.NodeCount);
            IrNode?[] others = _graph.Arena.Nodes.Take(_graph.NodeCount);
            CollectArguments(others);
            for (int number = _firstParameter; number < _end; number++)
            {
                int dominator = _dominators[number];
                if (dominator != 0)
                {
                    map[_parameters[number - _firstParameter].Id] = NodeOf(dominator, map, others);
                }
            }

            return map;
        }

        private IrNode NodeOf(int number, IrNode?[] map, IrNode?[] others)
        {
            if (number < _firstParameter)
            {
                return others[number - 1]!;
            }

            IrNode parameter = _parameters[number - _firstParameter];
            return map[parameter.Id] ?? parameter;
        }

        private void CollectArguments(IrNode?[] others)
        {
            foreach (IrBlock block in _order.Blocks)
            {
                foreach (IncomingEdge incoming in _order.Incoming(block))
                {
                    foreach (IrNode argument in incoming.Edge.Arguments)
                    {
                        others[argument.Id] = argument;
                    }
                }
            }
        }

        private bool Sweep()
        {
            bool changed = false;
            int number = _firstParameter;
            foreach (IrBlock block in _order.Blocks)
            {
                for (int i = 0; i < block.Parameters.Count; i++, number++)
                {
                    int dominator = Meet(_order.Incoming(block), i);
                    changed |= _dominators[number] != dominator;
                    _dominators[number] = dominator;
                }
            }

            return changed;
        }

        private int Meet(ReadOnlySpan<IncomingEdge> incoming, int index)
        {
            int common = -1;
            foreach (IncomingEdge edge in incoming)
            {
                IrNode argument = edge.Edge.Arguments[index];
                int value = argument.Op == IrOp.Parameter ? _numbers[argument.Id] : argument.Id + 1;
                if (_dominators[value] >= 0)
                {
                    common = common < 0 ? value : Intersect(common, value);
                }
            }

            return common;
        }

        private int Intersect(int a, int b)
        {
            while (a != b)
            {
                if (a > b)
                {
                    a = _dominators[a];
                }
                else
                {
                    b = _dominators[b];
                }
            }

            return a;
        }
    }
}
