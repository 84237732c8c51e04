using System.Collections.Generic;
using System.Runtime.InteropServices;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// Removes virtual objects from a graph: loads read the variables of the parts, stores write them, snapshots get descriptions, and uses
/// that need an object make it.
/// </summary>
internal sealed partial class SinkingRewriter
{
    private readonly IrGraph _graph;
    private readonly IrOrder _order;
    private readonly ObjectUses _uses;
    private readonly PartTypes _types;
    private readonly PartVariables _variables;
    private readonly SnapshotPoints _points;
    private readonly IrNode?[] _map;
    private readonly IrNode _nil;

    /// <summary>
    /// The first variable of each object: those of its parts, followed by that of the reference if the object may be real.
    /// </summary>
    private readonly Dictionary<VirtualObject, int> _firstVariable = new(ReferenceEqualityComparer.Instance);

    /// <summary>The node that describes each object in the current snapshot.</summary>
    private readonly Dictionary<VirtualObject, IrNode> _described = new(ReferenceEqualityComparer.Instance);
    private readonly List<IrNode> _nodes = [];
    private IrBlock _block;

    private SinkingRewriter(IrGraph graph, IrOrder order, IrDominators dominators, ObjectUses uses)
    {
        _graph = graph;
        _order = order;
        _uses = uses;
        _types = new PartTypes(uses, order);
        _variables = new PartVariables(graph, order);
        _points = new SnapshotPoints(graph, order, dominators);
        _map = graph.Arena.Nodes.Take(graph.NodeCount);
        _block = graph.Entry;
        _nil = graph.NewNode(IrOp.ConstNil, IrType.Any);
        _nil.Block = graph.Entry;
    }

    public static void Run(IrGraph graph, IrOrder order, IrDominators dominators, ObjectUses uses)
    {
        SinkingRewriter rewriter = new(graph, order, dominators, uses);
        foreach (IrBlock block in order.Blocks)
        {
            rewriter.Visit(block);
        }

        rewriter.PassOn();
        rewriter.DropParameters();
        graph.Entry.Nodes.Insert(0, rewriter._nil);
        IrRewriter.Replace(graph, rewriter._map);
    }

    private void Visit(IrBlock block)
    {
        _block = block;
        _nodes.Clear();
        foreach (IrNode parameter in block.Parameters.ToArray())
        {
            if (_uses.Find(parameter) is { } o)
            {
                DefineParameter(o);
            }
        }

        foreach (IrNode node in block.Nodes)
        {
            if (_points.Takes(node.Exit, block))
            {
                Describe(node.Exit!);
            }

            Visit(node);
        }

        foreach (Snapshot snapshot in _points.AtEnd(block))
        {
            Describe(snapshot);
        }

        block.Nodes.Clear();
        block.Nodes.AddRange(_nodes);
    }

    private void DefineParameter(VirtualObject o)
    {
        int first = NewVariables(o);
        for (int i = 0; i < VariableCountOf(o); i++)
        {
            IrNode parameter = _graph.NewNode(IrOp.Parameter, _variables.TypeOf(first + i));
            parameter.Block = _block;
            _block.Parameters.Add(parameter);
            _variables.Pending.Add((parameter, -1 - _parameterParts.Count));
            _parameterParts.Add((o, i));
            _variables.Write(first + i, _block, parameter);
        }
    }

    private static int VariableCountOf(VirtualObject o) => o.PartCount + (o.MayBeReal ? 1 : 0);

    private int NewVariables(VirtualObject o)
    {
        int first = -1;
        for (int part = 0; part < o.PartCount; part++)
        {
            int variable = o.Varies(part) ? _variables.Add(_types.Of(o, part)) : _variables.AddConstant(o.Node.Inputs[part]);
            first = first < 0 ? variable : first;
        }

        if (o.MayBeReal)
        {
            int variable = _variables.Add(IrType.Any);
            first = first < 0 ? variable : first;
        }

        _firstVariable.Add(o, first);
        return first;
    }

    private void Visit(IrNode node)
    {
        if (node.Op == IrOp.CallInterpreter)
        {
            VisitCallInterpreter(node);
            return;
        }

        if (node.Op == IrOp.BoxObject && _uses.Find(node) is not null)
        {
            return;
        }

        if (_uses.Find(node) is { } made)
        {
            Define(made);
            return;
        }

        if (node.Inputs.Length > 0 && _uses.Find(node.Inputs[0]) is { } o && node.Inputs[0].Op != IrOp.BoxObject && TryAccess(o, node))
        {
            return;
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            node.Inputs[i] = Real(node.Inputs[i]);
        }

        _nodes.Add(node);
    }

    private void Define(VirtualObject o)
    {
        IrNode charge = _graph.NewNode(IrOp.ChargeMemory, IrType.None);
        charge.Bits = o.Bytes;
        charge.Exit = o.Node.Exit;
        charge.Block = _block;
        _nodes.Add(charge);
        int first = NewVariables(o);
        for (int part = 0; part < o.PartCount; part++)
        {
            if (o.Varies(part))
            {
                WritePart(o, part, o.Node.Inputs[part]);
            }
        }

        if (o.MayBeReal)
        {
            _variables.Write(first + o.PartCount, _block, _nil);
        }
    }

    private void WritePart(VirtualObject o, int part, IrNode value)
    {
        int variable = _firstVariable[o] + part;
        _variables.Write(variable, _block, Convert(value, _variables.TypeOf(variable), _nodes, _block));
    }

    private IrNode ReadPart(VirtualObject o, int part) => _variables.Read(_firstVariable[o] + part, _block);

    /// <summary>The reference of the object as a value, nil when it does not exist.</summary>
    private IrNode ReferenceOf(VirtualObject o) => o.MayBeReal ? ReadPart(o, o.PartCount) : _nil;

    /// <summary>Replaces a load or store of a virtual object.</summary>
    private bool TryAccess(VirtualObject o, IrNode node)
    {
        if (node.Op == IrOp.TupleCount)
        {
            IrNode count = _graph.NewNode(IrOp.ConstInt, IrType.Int);
            count.Bits = o.PartCount;
            count.Block = _block;
            _nodes.Add(count);
            _map[node.Id] = count;
            return true;
        }

        int part = VirtualObject.PartOf(node);
        if (part < 0)
        {
            return false;
        }

        if (VirtualObject.IsStore(node))
        {
            WritePart(o, part, Real(node.Inputs[1]));
        }
        else
        {
            _map[node.Id] = Convert(ReadPart(o, part), node.Type, _nodes, _block);
        }

        return true;
    }

    /// <summary>The input of a node that needs the object, which is made now unless it exists.</summary>
    private IrNode Real(IrNode value)
    {
        if (_uses.Find(value) is not { } o)
        {
            return value;
        }

        IrNode made = MakeNow(o);
        return value.Op == IrOp.BoxObject ? ReferenceOf(o) : made;
    }

    private IrNode MakeNow(VirtualObject o)
    {
        if (ReferenceOf(o) is { Op: IrOp.BoxObject } there)
        {
            return there.Inputs[0];
        }

        IrNode made = _graph.NewNode(o.Maker.Make, o.Node.Type, InputsOf(o));
        made.Bits = o.Number;
        made.Payload = o.Payload;
        made.Block = _block;
        _nodes.Add(made);
        _variables.Write(_firstVariable[o] + o.PartCount, _block, Convert(made, IrType.Any, _nodes, _block));
        return made;
    }

    private IrNode[] InputsOf(VirtualObject o)
    {
        IrNode[] inputs = new IrNode[o.PartCount + 1];
        inputs[0] = ReferenceOf(o);
        for (int part = 0; part < o.PartCount; part++)
        {
            inputs[part + 1] = ReadPart(o, part);
        }

        return inputs;
    }

    /// <summary>Makes a snapshot describe its virtual objects with their parts at this point.</summary>
    private void Describe(Snapshot snapshot)
    {
        _described.Clear();
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            if (frame.Closure is not null)
            {
                frame.Closure = Describe(frame.Closure);
            }

            foreach (ref SnapshotSlot slot in CollectionsMarshal.AsSpan(frame.Slots))
            {
                slot.Value = Describe(slot.Value);
            }
        }
    }

    private IrNode Describe(IrNode value)
    {
        if (_uses.Find(value) is not { } o)
        {
            return value;
        }

        if (!_described.TryGetValue(o, out IrNode? node))
        {
            IrNode[] inputs = InputsOf(o);
            for (int i = 1; i < inputs.Length; i++)
            {
                inputs[i] = Describe(inputs[i]);
            }

            node = _graph.NewNode(o.Maker.Virtual, o.Node.Type, inputs);
            node.Bits = o.Number;
            node.Payload = o.Payload;
            node.Block = _block;
            _nodes.Add(node);
            _described.Add(o, node);
            _objectOf.Add(node, o);
        }

        return node;
    }

    /// <summary>A value in another representation; one of the two is Any.</summary>
    private IrNode Convert(IrNode value, IrType type, List<IrNode> nodes, IrBlock block)
    {
        if (value.Type == type)
        {
            return value;
        }

        IrNode inner = IrRepresentation.Unboxed(value);
        if (inner.Type == type)
        {
            return inner;
        }

        IrOp op = type == IrType.Any ? IrRepresentation.BoxOf(value.Type) : IrRepresentation.AsOf(type);
        IrNode converted = _graph.NewNode(op, type, value);
        converted.Block = block;
        nodes.Add(converted);
        return converted;
    }
}
