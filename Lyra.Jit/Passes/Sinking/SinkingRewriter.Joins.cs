using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <content>Interpreter call-outs: objects are made before them, and their fields are loaded again behind them.</content>
internal sealed partial class SinkingRewriter
{
    /// <summary>The objects that the nodes in snapshots describe.</summary>
    private readonly Dictionary<IrNode, VirtualObject> _objectOf = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects made for the current call-out.</summary>
    private readonly Dictionary<VirtualObject, IrNode> _made = new(ReferenceEqualityComparer.Instance);

    private void VisitCallInterpreter(IrNode node)
    {
        Snapshot described = node.Exit!;
        SnapshotFrame frame = described.Innermost;
        List<SnapshotSlot> slots = new(frame.Slots.Count);
        foreach (SnapshotSlot slot in frame.Slots)
        {
            slots.Add(_objectOf.TryGetValue(slot.Value, out VirtualObject? o) ? new SnapshotSlot(slot.Register, Make(o)) : slot);
        }

        foreach (VirtualObject o in _uses.All)
        {
            if (o.IsCandidate && o.Joins.Contains(node))
            {
                Make(o);
            }
        }

        if (_made.Count > 0)
        {
            node.Exit = _graph.NewSnapshot([.. described.Frames[..^1], Like(frame, frame.Pc, slots)]);
        }

        _nodes.Add(node);
        Snapshot? behind = null;
        foreach ((VirtualObject o, IrNode made) in _made)
        {
            if (o.Joins.Contains(node))
            {
                behind ??= _graph.NewSnapshot([Like(frame, node.Payload is HandlerTarget handler ? handler.Pc : frame.Pc + 1, [])]);
                Reload(o, made, behind);
            }
        }

        _made.Clear();
    }

    private IrNode Make(VirtualObject o)
    {
        if (!_made.TryGetValue(o, out IrNode? made))
        {
            made = MakeNow(o);
            _made.Add(o, made);
        }

        return made;
    }

    private static SnapshotFrame Like(SnapshotFrame frame, int pc, List<SnapshotSlot> slots) => new()
    {
        Code = frame.Code,
        Pc = pc,
        Base = frame.Base,
        ReturnSlot = frame.ReturnSlot,
        Closure = frame.Closure,
        DropsResult = frame.DropsResult,
        Slots = slots,
    };

    /// <summary>Loads the fields of the object into the variables of its parts.</summary>
    private void Reload(VirtualObject o, IrNode made, Snapshot behind)
    {
        for (int part = 0; part < o.PartCount; part++)
        {
            IrType type = _variables.TypeOf(_firstVariable[o] + part);
            IrNode? typed = TypedLoadOf(part, o.Payload!);
            IrNode value = _graph.NewNode(typed?.Op ?? IrOp.LoadField, typed?.Type ?? IrType.Any, made);
            value.Bits = part;
            value.Block = _block;
            _nodes.Add(value);
            if (type != IrType.Any && value.Type == IrType.Any)
            {
                value = _graph.NewNode(IrRepresentation.UnboxOf(type), type, value);
                value.Exit = behind;
                value.Block = _block;
                _nodes.Add(value);
            }

            WritePart(o, part, value);
        }
    }
}
