using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Passes;

/// <summary>
/// Forwards loaded and stored values to later loads, and removes stores of values that are in memory already:
/// <code>
///   StoreField v1, v2 #0
///   v3: Any = LoadField v4 #1     ; another field: loads
///   v5: Any = LoadField v1 #0     ; is v2
///   v6: Any = LoadField v4 #1     ; is v3
/// </code>
/// </summary>
/// <remarks>
/// Available-load analysis (Muchnick, <i>Advanced Compiler Design and Implementation</i>, 1997, §12), as forward data flow in one walk in
/// reverse postorder. It is sound because a known location is forgotten at every write that may change it (<see cref="Aliasing"/>). At a
/// join, a location is known if all predecessors know it; a parameter, made when a load needs it, merges values that differ. A loop head
/// knows what is known before the loop and written nowhere in it, so one walk suffices. Loads of values that the previous iteration stored
/// stay loads. Where two loads are one value, what is computed from them is one too, and then what is loaded from there (<c>a.b.c</c>): so
/// operations that do not touch memory are numbered on the way. The time is linear in the size of the graph times the number of known
/// locations.
/// </remarks>
internal sealed class MemoryForwarding : IIrPass
{
    public string Name => "memory-forwarding";

    public bool Run(IrGraph graph)
    {
        Walk walk = new(graph);
        walk.Run();
        return walk.HasChanged;
    }

    private sealed class Walk
    {
        private readonly IrGraph _graph;
        private readonly IrOrder _order;
        private readonly Aliasing _aliasing;
        private readonly IrNode?[] _map;

        /// <summary>What is known at the end of each block, by number.</summary>
        private readonly MemoryState?[] _ends;

        /// <summary>The writes of the loop of each head, by block id.</summary>
        private readonly List<IrNode>?[] _loopWrites;

        /// <summary>Operations that do not touch memory. One of a block that dominates the present one replaces an equal one.</summary>
        private readonly Dictionary<IrNode, IrNode> _computed = new(IrEquality.Instance);
        private readonly IrDominators _dominators;
        private MemoryState _state = new();
        private readonly List<IrNode> _nodes = [];

        public Walk(IrGraph graph)
        {
            _graph = graph;
            _order = IrOrder.Of(graph);
            _dominators = IrDominators.Of(_order);
            _aliasing = new Aliasing(graph, _dominators);
            _map = graph.Arena.Nodes.Take(graph.NodeCount);
            _ends = new MemoryState?[_order.Blocks.Length];
            _loopWrites = new List<IrNode>?[graph.BlockCount];
            foreach (IrLoop loop in IrLoops.Of(graph, _order, _dominators).All)
            {
                _loopWrites[loop.Head.Id] = WritesOf(loop);
            }
        }

        public bool HasChanged { get; private set; }

        public void Run()
        {
            foreach (IrBlock block in _order.Blocks)
            {
                _state = StateBefore(block);
                _nodes.Clear();
                foreach (IrNode node in block.Nodes)
                {
                    IrRewriter.Replace(node.Inputs, _map);
                    Visit(node);
                }

                block.Nodes.Clear();
                block.Nodes.AddRange(_nodes);
                _ends[_order.NumberOf(block)] = _state;
            }

            if (HasChanged)
            {
                IrRewriter.Replace(_graph, _map);
            }
        }

        private static List<IrNode> WritesOf(IrLoop loop)
        {
            List<IrNode> writes = [];
            foreach (IrBlock block in loop.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    if (node.Writes != IrMemory.None)
                    {
                        writes.Add(node);
                    }
                }
            }

            return writes;
        }

        private MemoryState StateBefore(IrBlock block)
        {
            MemoryState state = Join(block);
            if (block.IsLoopHead)
            {
                // A loop may wait for a change that another thread of the host makes.
                state.ForgetHost();
            }

            foreach (IrNode write in _loopWrites[block.Id] ?? [])
            {
                state.Forget(write, _aliasing);
            }

            return state;
        }

        private MemoryState Join(IrBlock block)
        {
            List<MemoryState> predecessors = [];
            bool takesParameters = !block.IsLoopHead;
            foreach (IncomingEdge incoming in _order.Incoming(block))
            {
                if (_ends[_order.NumberOf(incoming.From)] is { } end)
                {
                    predecessors.Add(end);
                    takesParameters &= incoming.From.End == IrEnd.Jump;
                }
            }

            if (predecessors.Count == 0)
            {
                return new MemoryState();
            }

            return predecessors.Count == 1 ? new MemoryState(predecessors[0]) : Merge(block, predecessors, takesParameters);
        }

        private static MemoryState Merge(IrBlock block, List<MemoryState> predecessors, bool takesParameters)
        {
            MemoryState merged = new();
            foreach ((IrNode load, AvailableValue first) in predecessors[0].Locations)
            {
                AvailableValue[] values = new AvailableValue[predecessors.Count];
                values[0] = first;
                bool isKnown = true;
                bool isSame = true;
                for (int i = 1; i < values.Length && isKnown; i++)
                {
                    AvailableValue? value = predecessors[i].Find(load);
                    isKnown = value is not null && value.Type == first.Type;
                    isSame &= isKnown && value!.IsSame(first);
                    values[i] = value!;
                }

                if (isKnown && (isSame || takesParameters))
                {
                    merged.Add(load, isSame ? first : new AvailableValue(block, values));
                }
            }

            return merged;
        }

        private void Visit(IrNode node)
        {
            if (IsLoad(node))
            {
                VisitLoad(node);
            }
            else if (node.Writes != IrMemory.None)
            {
                VisitWrite(node);
            }
            else if (!node.IsShareable || !IsComputed(node))
            {
                _nodes.Add(node);
                LearnContents(node);
            }
        }

        private bool IsComputed(IrNode node)
        {
            if (_computed.TryGetValue(node, out IrNode? known) && _dominators.Dominates(known.Block!, node.Block!))
            {
                _map[node.Id] = known;
                HasChanged = true;
                return true;
            }

            _computed[node] = node;
            return false;
        }

        private static bool IsLoad(IrNode node) => node.Reads != IrMemory.None && node.Writes == IrMemory.None
            && (node.Effects & ~IrEffects.Exits) == IrEffects.None;

        private void VisitLoad(IrNode node)
        {
            IrNode location = LocationOf(node, node.Inputs);
            AvailableValue? known = _state.Find(location);
            if (known is null || (known.Type != node.Type && known.Type != IrType.Any && node.Type != IrType.Any))
            {
                _nodes.Add(node);
                Learn(location, node);
                return;
            }

            _map[node.Id] = Convert(ValueOf(known), node);
            HasChanged = true;
        }

        private void Learn(IrNode location, IrNode value)
        {
            if (_state.Find(location) is null)
            {
                _state.Add(location, new AvailableValue(value));
            }
        }

        /// <summary>The load that names the location which a load or store accesses.</summary>
        private static IrNode LocationOf(IrNode access, IrNode[] place) => access.Row.Location == access.Op
            ? access
            : new(-1, access.Row.Location, IrOpInfo.Of(access.Row.Location).Result, place) { Bits = access.Bits, Payload = access.Payload };

        private static IrNode Location(IrOp op, IrType type, IrNode origin, long bits = 0) => new(-1, op, type, [origin]) { Bits = bits };

        private IrNode ValueOf(AvailableValue value)
        {
            if (value.Node is { } node)
            {
                return IrRewriter.Resolve(_map, node);
            }

            IrNode parameter = _graph.NewNode(IrOp.Parameter, value.Type);
            parameter.Block = value.Join;
            value.Join!.Parameters.Add(parameter);
            value.Node = parameter;
            ReadOnlySpan<IncomingEdge> incoming = _order.Incoming(value.Join);
            for (int i = 0; i < incoming.Length; i++)
            {
                incoming[i].Edge.Arguments = [.. incoming[i].Edge.Arguments, ValueOf(value.Predecessors[i])];
            }

            return parameter;
        }

        /// <summary>Converts the value of a location to the load's type. One of the two types is Any, or they are equal.</summary>
        private IrNode Convert(IrNode value, IrNode load)
        {
            if (value.Type == load.Type)
            {
                return value;
            }

            if (value.Op == IrRepresentation.BoxOf(load.Type == IrType.Any ? value.Type : load.Type))
            {
                return value.Inputs[0];
            }

            IrOp op = load.Type == IrType.Any ? IrRepresentation.BoxOf(value.Type) : IrRepresentation.AsOf(load.Type);
            IrNode converted = _graph.NewNode(op, load.Type, value);
            converted.Block = load.Block;
            _nodes.Add(converted);
            return converted;
        }

        private void VisitWrite(IrNode node)
        {
            if (node.Row.Location == node.Op)
            {
                _state.Forget(node, _aliasing);
                _nodes.Add(node);
                return;
            }

            IrNode location = LocationOf(node, node.Inputs[..^1]);
            IrNode value = node.Inputs[^1];
            if (_state.Find(location) is { Node: { } known }
                && ReferenceEquals(IrRepresentation.Unboxed(IrRewriter.Resolve(_map, known)), IrRepresentation.Unboxed(value)))
            {
                HasChanged = true;
                return;
            }

            _state.Forget(node, _aliasing);
            _state.Add(location, new AvailableValue(value));
            _nodes.Add(node);
        }

        /// <summary>Notes the contents of a new object.</summary>
        private void LearnContents(IrNode node)
        {
            if (node.Op == IrOp.NewUpvalue)
            {
                _state.Add(Location(IrOp.LoadUpvalue, IrType.Any, node), new AvailableValue(node.Inputs[0]));
            }
            else if (node.Op == IrOp.NewStruct)
            {
                Shape shape = (Shape)node.Payload!;
                for (int field = 0; field < node.Inputs.Length; field++)
                {
                    if (TakesUnchanged(shape.FieldTypes[field], node.Inputs[field].Type))
                    {
                        _state.Add(Location(IrOp.LoadField, IrType.Any, node, field), new AvailableValue(node.Inputs[field]));
                    }
                }
            }
        }

        /// <summary>Whether a field keeps a stored value unchanged.</summary>
        private static bool TakesUnchanged(BoundType? annotation, IrType value)
        {
            if (annotation is not { Kind: not SlotKind.Any and var kind })
            {
                return true;
            }

            if (kind == SlotKind.Struct && SlotCheck.FindShape(annotation) is null)
            {
                // The name may stand for a type that converts.
                return false;
            }

            SlotInfo slot = SlotInfo.Of(kind);
            return slot.Bits == 0 && slot.Default switch
            {
                SlotDefault.IntZero => value == IrType.Int,
                SlotDefault.FloatZero => value == IrType.Float,
                SlotDefault.False => value == IrType.Bool,
                SlotDefault.EmptyStr or SlotDefault.EmptyContainer => true,
                SlotDefault.Nil => kind is SlotKind.Struct or SlotKind.Proc,
            };
        }
    }
}
