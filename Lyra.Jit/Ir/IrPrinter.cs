using System;
using System.Globalization;
using System.Text;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>
/// The text form of the IR, which <c>IrParser</c> reads back to the same text:
/// <code>
/// loop @main pc 12
/// block0:
///   v0: Any = LoadRegister r1
///   v1: Int = UnboxInt v0 exit s0
///   jump block1(v1)
/// block1(v2: Int) loop: ; main pc 12
///   v3: Int = ConstInt 1
///   v4: Int = AddIntChecked v2, v3 exit s1
///   StoreVariable @game v5 #2
///   jump block1(v4)
/// s0: @main pc 12 {}
/// s1: @main pc 13 {r1 = v2}
///   > @add pc 4 base 9 return 3 closure v8 drops {r0 = v4}
/// s2 calls 8 return 7: @main pc 14 {}
/// </code>
/// The line of a node has its id and type (none without a result), operation, payload, inputs, bits, and the snapshot of its exit.
/// <see cref="IrNames"/> names objects; helpers have their own names, and strs and numbers are literals. A loop head may name its snapshot
/// (<c>loop s4:</c>). The text behind a semicolon after a block's head is its origin.
/// </summary>
internal sealed class IrPrinter
{
    private readonly StringBuilder _text = new();
    private readonly IrNames _names;

    private IrPrinter(IrNames names) => _names = names;

    public static string Print(IrGraph graph) => Print(graph, new IrNames());

    /// <summary>Prints with the given names, and adds the missing ones to them.</summary>
    public static string Print(IrGraph graph, IrNames names)
    {
        IrPrinter printer = new(names);
        printer.Header(graph);
        foreach (IrBlock block in graph.Blocks)
        {
            printer.Block(block);
        }

        foreach (Snapshot snapshot in IrUses.SnapshotsOf(graph))
        {
            printer.Snapshot(snapshot);
        }

        return printer._text.ToString();
    }

    /// <summary>One node as its line in the text, without the indentation.</summary>
    public static string Print(IrNode node)
    {
        IrPrinter printer = new(new IrNames());
        printer.Node(node);
        return printer._text.ToString();
    }

    private void Header(IrGraph graph)
    {
        string kind = graph.Kind == RegionKind.Loop ? "loop" : "entry";
        _text.Append(CultureInfo.InvariantCulture, $"{kind} @{_names.NameOf(graph.Root)} pc {graph.RootPc}");
        if (graph.Kind == RegionKind.Entry)
        {
            _text.Append(" (").AppendJoin(", ", graph.ArgumentTypes).Append(") -> ").Append(graph.ResultType);
        }

        _text.Append('\n');
    }

    private void Block(IrBlock block)
    {
        _text.Append("block").Append(block.Id);
        if (block.Parameters.Count > 0)
        {
            for (int i = 0; i < block.Parameters.Count; i++)
            {
                IrNode parameter = block.Parameters[i];
                _text.Append(i == 0 ? "(" : ", ").Append('v').Append(parameter.Id).Append(": ").Append(parameter.Type);
                Payload(parameter);
            }

            _text.Append(')');
        }

        _text.Append(block.IsLoopHead ? " loop" : string.Empty);
        if (block.HeadSnapshot is not null)
        {
            _text.Append(" s").Append(block.HeadSnapshot.Id);
        }

        _text.Append(':');
        if (block.Origin is not null)
        {
            _text.Append(" ; ").Append(block.Origin.ReplaceLineEndings(" "));
        }

        _text.Append('\n');
        foreach (IrNode node in block.Nodes)
        {
            _text.Append("  ");
            Node(node);
            _text.Append('\n');
        }

        End(block);
    }

    private void Node(IrNode node)
    {
        if (node.Type != IrType.None)
        {
            _text.Append('v').Append(node.Id).Append(": ").Append(node.Type).Append(" = ");
        }

        _text.Append(node.Op);
        Payload(node);
        Values(" ", node.Inputs);
        Bits(node);
        Exit(node.Exit);
        _text.Append(node.Refund != 0 ? string.Create(CultureInfo.InvariantCulture, $" +{node.Refund}") : string.Empty);
    }

    private void Payload(IrNode node)
    {
        switch (node.Payload)
        {
            case null:
                return;
            case RegionHelper helper:
                _text.Append(' ').Append(helper.Name);
                return;
            case ScriptString str when node.Op == IrOp.ConstObject:
                _text.Append(' ');
                Literal(str.Span);
                return;
            default:
                _text.Append(" @").Append(_names.NameOf(node.Payload));
                return;
        }
    }

    private void Bits(IrNode node) => _text.Append(node.Row.Bits switch
    {
        IrBits.Int => string.Create(CultureInfo.InvariantCulture, $" {node.Bits}"),
        IrBits.Float => $" {FloatText(node.Bits)}",
        IrBits.Bool => node.Bits != 0 ? " true" : " false",
        IrBits.Register => string.Create(CultureInfo.InvariantCulture, $" r{node.Bits}"),
        IrBits.Type => $" #{(IrType)node.Bits}",
        IrBits.Number or IrBits.Bounds or IrBits.Hint when node.Bits == 0 => string.Empty,
        IrBits.Number or IrBits.Bounds or IrBits.Hint or IrBits.Index => string.Create(CultureInfo.InvariantCulture, $" #{node.Bits}"),
    });

    private static string FloatText(long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        return !double.IsNaN(value) ? value.ToString("R", CultureInfo.InvariantCulture)
            : bits == BitConverter.DoubleToInt64Bits(double.NaN) ? "NaN"
            : string.Create(CultureInfo.InvariantCulture, $"0x{bits:X16}");
    }

    private void Literal(ReadOnlySpan<char> text)
    {
        _text.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                _text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~')
            {
                _text.Append(c);
            }
            else
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
        }

        _text.Append('"');
    }

    private void Values(string before, IrNode[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _text.Append(i == 0 ? before : ", ").Append('v').Append(values[i].Id);
        }
    }

    private void Exit(Snapshot? snapshot)
    {
        if (snapshot is not null)
        {
            _text.Append(" exit s").Append(snapshot.Id);
        }
    }

    private void End(IrBlock block)
    {
        _text.Append("  ").Append(block.End switch
        {
            IrEnd.Jump => "jump",
            IrEnd.Branch => "branch",
            IrEnd.Return => "return",
            IrEnd.Exit => $"exit s{block.Exit?.Id}",
            IrEnd.Open => "open",
        });
        Values(" ", block.Value is null ? [] : [block.Value]);
        Edge(block.First);
        Edge(block.Second);
        _text.Append('\n');
    }

    private void Edge(IrEdge? edge)
    {
        if (edge is null)
        {
            return;
        }

        _text.Append(" block").Append(edge.Target.Id);
        Values("(", edge.Arguments);
        _text.Append(edge.Arguments.Length > 0 ? ")" : string.Empty);
    }

    private void Snapshot(Snapshot snapshot)
    {
        _text.Append('s').Append(snapshot.Id);
        if (snapshot.Callee is { } callee)
        {
            _text.Append(CultureInfo.InvariantCulture, $" calls {callee.Base} return {callee.ReturnSlot}");
        }

        _text.Append(':');
        for (int i = 0; i < snapshot.Frames.Length; i++)
        {
            _text.Append(i == 0 ? " " : "  > ");
            Frame(snapshot.Frames[i]);
            _text.Append('\n');
        }
    }

    private void Frame(SnapshotFrame frame)
    {
        _text.Append('@').Append(_names.NameOf(frame.Code)).Append(" pc ").Append(frame.Pc);
        if (frame.Base != 0)
        {
            _text.Append(" base ").Append(frame.Base);
        }

        if (frame.ReturnSlot != 0)
        {
            _text.Append(" return ").Append(frame.ReturnSlot);
        }

        if (frame.Closure is not null)
        {
            _text.Append(" closure v").Append(frame.Closure.Id);
        }

        _text.Append(frame.DropsResult ? " drops {" : " {");
        for (int i = 0; i < frame.Slots.Count; i++)
        {
            SnapshotSlot slot = frame.Slots[i];
            _text.Append(i == 0 ? "r" : ", r").Append(slot.Register).Append(" = v").Append(slot.Value.Id);
        }

        _text.Append('}');
    }
}
