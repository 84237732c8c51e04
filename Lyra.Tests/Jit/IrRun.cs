using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit;

/// <summary>How a run of a graph ended: the values of the nodes, and the number of nodes evaluated.</summary>
internal sealed record IrRun(IrValues Values, long NodesEvaluated)
{
    /// <summary>The snapshot of the exit; null if the region returned.</summary>
    public Snapshot? Exit { get; init; }

    /// <summary>The number of the guard that exited.</summary>
    public int Guard { get; init; } = -1;

    /// <summary>The node that exited; null at the end of a block.</summary>
    public IrNode? By { get; init; }

    /// <summary>The value that the region returned.</summary>
    public Value Result { get; init; }

    /// <summary>
    /// The interpreter's state that the exit restores, as text: each frame with its position and registers, and the contents of objects,
    /// which are identified by numbers.
    /// </summary>
    public string State
    {
        get
        {
            ObjectText objects = new();
            StringBuilder text = new();
            foreach (SnapshotFrame frame in Exit!.Frames)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"{frame.Code.Prototype.Name} pc {frame.Pc} base {frame.Base} return {frame.ReturnSlot} {frame.DropsResult}");
                if (frame.Closure is not null)
                {
                    text.Append(" closure ").Append(objects.Of(Values[frame.Closure]));
                }

                foreach (SnapshotSlot slot in frame.Slots)
                {
                    text.Append(CultureInfo.InvariantCulture, $" r{slot.Register} = ").Append(objects.Of(Restored(Values[slot.Value])));
                }

                text.Append('\n');
            }

            return text.ToString();
        }
    }

    /// <summary>What an exit stores in a register: for a builder its text.</summary>
    public static Value Restored(in Value value) =>
        value.Ref is object reference && reference is TextBuilder builder ? Value.FromObject(builder.Text) : value;
}

/// <summary>The values of a graph's nodes.</summary>
internal sealed class IrValues(IrGraph graph)
{
    private readonly Value[] _values = new Value[graph.NodeCount];

    public Value this[IrNode node]
    {
        get => _values[node.Id];
        set => _values[node.Id] = value;
    }
}

/// <summary>Values as text. An object that has occurred before is represented by its number.</summary>
internal sealed class ObjectText
{
    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);

    public string Of(in Value value)
    {
        if (value.Ref is not ScriptObject target)
        {
            return value.IsUnset ? "unset" : value.IsNil ? "nil" : value.IsInt ? $"{value.AsInt}"
                : value.IsBool ? $"{value.AsBool}" : $"0x{BitConverter.DoubleToInt64Bits(value.AsFloat):X}";
        }

        if (_numbers.TryGetValue(target, out int number))
        {
            return $"{target.TypeName}{number}";
        }

        number = _numbers.Count;
        _numbers.Add(target, number);
        return $"{target.TypeName}{number}{Contents(target)}";
    }

    private string Contents(ScriptObject target) => target switch
    {
        ScriptString text => $"'{text.Text}'",
        ListObject list => List(list.Count, i => list[i], list.Strategy.ToString()),
        MapObject map => string.Concat(Enumerable.Range(0, map.EntryLimit)
            .Select(i => map.TryEntryAt(i, out Value key, out Value value) ? $" {Of(key)}: {Of(value)}" : " -")),
        TupleObject tuple => List(tuple.Count, i => tuple.Items[i], string.Empty),
        StructObject instance => List(instance.Shape.Fields.Length, i => instance.Slot(i), string.Empty),
        Upvalue upvalue => List(1, _ => upvalue.Value, string.Empty),
        Closure closure => List(closure.Captures.Length, i => closure.Captures[i], closure.Prototype.Name),
        _ => string.Empty,
    };

    private string List(int count, Func<int, Value> item, string detail)
    {
        StringBuilder text = new($"({detail}");
        for (int i = 0; i < count; i++)
        {
            text.Append(' ').Append(Of(item(i)));
        }

        return text.Append(')').ToString();
    }
}
