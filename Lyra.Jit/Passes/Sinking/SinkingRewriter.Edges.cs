using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes.Sinking;

/// <content>Edges: they pass the parts of objects instead of the objects.</content>
internal sealed partial class SinkingRewriter
{
    private readonly GrowableArray<(VirtualObject Object, int Part)> _parameterParts = new();

    /// <summary>The loads of parts of objects from before a loop, by <see cref="KeyOf"/>.</summary>
    private readonly Dictionary<ReferenceKey, IrNode> _loaded = new(ReferenceKey.Comparer);

    /// <summary>Adds the arguments of the new parameters. Reading a value may make more parameters.</summary>
    private void PassOn()
    {
        for (int i = 0; i < _variables.Pending.Count; i++)
        {
            (IrNode parameter, int variable) = _variables.Pending[i];
            foreach (IncomingEdge incoming in _order.Incoming(parameter.Block!).ToArray())
            {
                _block = incoming.From;
                IrNode value = variable >= 0 ? _variables.Read(variable, _block) : PartOf(_parameterParts[-1 - variable], incoming);
                incoming.Edge.Arguments = [.. incoming.Edge.Arguments, Convert(value, parameter.Type, _block.Nodes, _block)];
            }
        }
    }

    private IrNode PartOf((VirtualObject Object, int Part) target, IncomingEdge incoming)
    {
        (VirtualObject parameter, int part) = target;
        IrBlock block = parameter.Node.Block!;
        IrNode argument = incoming.Edge.Arguments[block.Parameters.IndexOf(parameter.Node)];
        if (_uses.Find(argument) is { } o)
        {
            return part < o.PartCount ? ReadPart(o, part) : ReferenceOf(o);
        }

        return part == parameter.PartCount ? Convert(argument, IrType.Any, _block.Nodes, _block) : LoadedPart(parameter, part, argument);
    }

    /// <summary>A part of an object from before the loop, loaded in front of the loop.</summary>
    private IrNode LoadedPart(VirtualObject parameter, int part, IrNode o)
    {
        IrType type = _types.Of(parameter, part);
        ReferenceKey key = KeyOf(o, part, type);
        if (_loaded.TryGetValue(key, out IrNode? known))
        {
            return known;
        }

        Snapshot exit = parameter.Node.Block!.HeadSnapshot!;
        IrNode value = Load(parameter, part, o, exit);
        if (type != IrType.Any && value.Type == IrType.Any)
        {
            value = Append(IrRepresentation.UnboxOf(type), type, value);
            value.Exit = exit;
        }

        _loaded.Add(key, value);
        return value;
    }

    private static ReferenceKey KeyOf(IrNode o, int part, IrType type) => new(o, (part * 256L) + (int)type);

    private IrNode Load(VirtualObject parameter, int part, IrNode o, Snapshot exit)
    {
        if (o.Type == IrType.Tuple)
        {
            GuardCount(parameter.PartCount, o, exit);
            return Append(IrOp.TupleItem, IrType.Any, o, Int(part));
        }

        IrNode load = TypedLoadOf(part, parameter.Payload!) is { } typed
            ? Append(typed.Op, typed.Type, o)
            : Append(IrOp.LoadField, IrType.Any, o);
        load.Bits = part;
        return load;
    }

    private void GuardCount(int count, IrNode tuple, Snapshot exit)
    {
        if (!_loaded.TryAdd(KeyOf(tuple, -1, IrType.Int), tuple))
        {
            return;
        }

        IrNode isSo = Append(IrOp.EqInt, IrType.Bool, Append(IrOp.TupleCount, IrType.Int, tuple), Int(count));
        Append(IrOp.Guard, IrType.None, isSo).Exit = exit;
    }

    /// <summary>
    /// A load of the part in the graph, which tells the representation that its annotation gives it. What only the shape's version tells
    /// does not hold here, in front of the guard on it.
    /// </summary>
    private IrNode? TypedLoadOf(int part, object shape)
    {
        if (shape is not Shape { FieldTypes: var types } || IrRepresentation.Guaranteed(types[part]) == IrType.Any)
        {
            return null;
        }

        foreach (VirtualObject o in _uses.All)
        {
            foreach (ObjectUse use in ReferenceEquals(o.Payload, shape) ? _uses.Of(o) : new())
            {
                if (use.Input == 0 && use.User!.Family == IrFamily.FieldLoad && use.User.Type != IrType.Any && use.User.Bits == part)
                {
                    return use.User;
                }
            }
        }

        return null;
    }

    private IrNode Int(long value)
    {
        IrNode constant = Append(IrOp.ConstInt, IrType.Int);
        constant.Bits = value;
        return constant;
    }

    private IrNode Append(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = _graph.NewNode(op, type, inputs);
        node.Block = _block;
        _block.Nodes.Add(node);
        return node;
    }

    /// <summary>Removes the parameters that were objects.</summary>
    private void DropParameters()
    {
        foreach (IrBlock block in _order.Blocks)
        {
            bool[] isKept = new bool[block.Parameters.Count];
            bool changes = false;
            for (int i = 0; i < isKept.Length; i++)
            {
                isKept[i] = _uses.Find(block.Parameters[i]) is null;
                changes |= !isKept[i];
            }

            if (changes)
            {
                IrRewriter.KeepParameters(block, _order.Incoming(block), isKept);
            }
        }
    }
}
