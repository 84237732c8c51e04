using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Testing;

/// <summary>
/// Reads the text form that <see cref="IrPrinter"/> writes. It keeps ids; nodes without a result, which have no id in the text, get higher
/// ones. The parser does not check the rules of the IR; the <see cref="IrVerifier"/> does.
/// </summary>
internal sealed class IrParser
{
    private readonly IReadOnlyDictionary<string, object> _objects;
    private readonly Dictionary<int, IrNode> _values = [];
    private readonly Dictionary<int, IrBlock> _blocks = [];
    private readonly Dictionary<int, Snapshot> _snapshots = [];

    /// <summary>References to values and snapshots that may be defined further down.</summary>
    private readonly List<Action> _references = [];
    private readonly List<(IrLine Line, int Id, SnapshotCallee? Callee, List<SnapshotFrame> Frames)> _definitions = [];
    private readonly IrGraph _graph;
    private readonly IReadOnlyDictionary<string, RegionHelper> _helpers;
    private IrBlock? _block;
    private List<SnapshotFrame>? _frames;
    private int _nextUnnamed;

    private IrParser(
        IrLine header, IReadOnlyDictionary<string, RegionHelper> helpers, IReadOnlyDictionary<string, object> objects, int firstUnnamed)
    {
        _helpers = helpers;
        _objects = objects;
        _nextUnnamed = firstUnnamed;
        _graph = Header(header);
    }

    /// <summary>Reads a graph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="helpers">The C# methods that the graph may call, by name.</param>
    /// <param name="objects">The objects that names with a leading @ refer to. Helpers are looked up here first.</param>
    /// <exception cref="FormatException">The text is malformed; the message names the line.</exception>
    public static IrGraph Parse(
        string text, IReadOnlyDictionary<string, RegionHelper> helpers, IReadOnlyDictionary<string, object> objects)
    {
        List<IrLine> lines = [];
        string[] rows = text.Split('\n');
        for (int i = 0; i < rows.Length; i++)
        {
            IrLine line = new(rows[i].TrimEnd('\r'), i + 1);
            if (!line.IsAtEnd)
            {
                lines.Add(line);
            }
        }

        if (lines.Count == 0)
        {
            throw new FormatException("The IR is empty: it begins with 'loop' or 'entry' and a proc.");
        }

        IrParser parser = new(lines[0], helpers, objects, 1 + LargestId(text));
        for (int i = 1; i < lines.Count; i++)
        {
            parser.Line(lines[i]);
        }

        return parser.Finish();
    }

    private static int LargestId(string text)
    {
        int largest = -1;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            int end = i + 1;
            while (text[i] == 'v' && end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end < text.Length && text[end] == ':' && int.TryParse(text.AsSpan(i + 1, end - i - 1), out int id) && id <= IrLine.MaxId)
            {
                largest = Math.Max(largest, id);
            }
        }

        return largest;
    }

    private IrGraph Header(IrLine line)
    {
        bool isLoop = line.TryTake("loop");
        if (!isLoop)
        {
            line.Expect("entry");
        }

        LinkedPrototype root = TakeCode(line);
        line.Expect("pc");
        int pc = line.TakeNumber();
        if (isLoop)
        {
            line.ExpectEnd();
            return new IrGraph(RegionKind.Loop, root, pc) { ReusesObjects = true };
        }

        List<IrType> arguments = [];
        line.Expect("(");
        while (!line.TryTake(")"))
        {
            arguments.Add(line.TakeEnum<IrType>());
            line.TryTake(",");
        }

        line.Expect("->");
        IrType result = line.TakeEnum<IrType>();
        line.ExpectEnd();
        return new IrGraph(RegionKind.Entry, root, pc) { ArgumentTypes = [.. arguments], ResultType = result, ReusesObjects = true };
    }

    private void Line(IrLine line)
    {
        if (!line.IsIndented && line.IsAtId("block"))
        {
            Head(line);
        }
        else if (!line.IsIndented)
        {
            int id = line.TakeId("s");
            SnapshotCallee? callee = TakeCallee(line);
            line.Expect(":");
            _frames = [];
            Frame(line);
            _definitions.Add((line, id, callee, _frames));
        }
        else if (_frames is not null)
        {
            line.Expect(">");
            Frame(line);
        }
        else if (_block is null || !End(line, _block))
        {
            Node(line);
        }
    }

    private static SnapshotCallee? TakeCallee(IrLine line)
    {
        if (!line.TryTake("calls"))
        {
            return null;
        }

        int origin = line.TakeNumber();
        line.Expect("return");
        return new SnapshotCallee(origin, line.TakeNumber());
    }

    private void DefineSnapshot(IrLine line, int id, SnapshotCallee? callee, List<SnapshotFrame> frames)
    {
        if (!_snapshots.TryAdd(id, new Snapshot(id, [.. frames]) { Callee = callee }))
        {
            throw line.Error($"s{id} is already defined");
        }
    }

    private void Head(IrLine line)
    {
        IrBlock block = BlockOf(line.TakeId("block"));
        if (_graph.Blocks.Contains(block))
        {
            throw line.Error($"block{block.Id} is already defined");
        }

        if (line.TryTake("("))
        {
            while (!line.TryTake(")"))
            {
                IrNode parameter = TakeTyped(line, IrOp.Parameter, 0);
                parameter.Payload = line.Word.StartsWith('@') ? TakeObject(line) : null;
                parameter.Block = block;
                block.Parameters.Add(parameter);
                line.TryTake(",");
            }
        }

        block.IsLoopHead = line.TryTake("loop");
        if (line.IsAtId("s"))
        {
            int snapshot = line.TakeId("s");
            _references.Add(() => block.HeadSnapshot = SnapshotOf(line, snapshot));
        }

        line.Expect(":");
        line.ExpectEnd();
        block.Origin = line.Comment;
        _graph.Blocks.Add(block);
        _block = block;
    }

    private IrBlock BlockOf(int id)
    {
        if (!_blocks.TryGetValue(id, out IrBlock? block))
        {
            block = new IrBlock(id);
            _blocks.Add(id, block);
        }

        return block;
    }

    /// <summary>Takes <c>v7: Int</c>.</summary>
    private IrNode TakeTyped(IrLine line, IrOp op, int inputs)
    {
        int id = line.TakeId("v");
        line.Expect(":");
        return Define(line, new IrNode(id, op, line.TakeEnum<IrType>(), new IrNode[inputs]));
    }

    private IrNode Define(IrLine line, IrNode node) =>
        _values.TryAdd(node.Id, node) ? node : throw line.Error($"v{node.Id} is already defined");

    private void Node(IrLine line)
    {
        if (_block is null)
        {
            throw line.Error("expected the head of a block");
        }

        int id = -1;
        IrType type = IrType.None;
        if (line.IsAtId("v"))
        {
            id = line.TakeId("v");
            line.Expect(":");
            type = line.TakeEnum<IrType>();
            line.Expect("=");
        }

        IrOp op = line.TakeEnum<IrOp>();
        object? payload = TakePayload(line, op);
        List<int> inputs = TakeIds(line);
        IrNode parsed = new(id < 0 ? _nextUnnamed++ : id, op, type, new IrNode[inputs.Count]) { Payload = payload, Block = _block };
        IrNode node = Define(line, parsed);
        Refer(line, inputs, node.Inputs);
        node.Bits = TakeBits(line, op);
        if (line.TryTake("exit"))
        {
            int exit = line.TakeId("s");
            _references.Add(() => node.Exit = SnapshotOf(line, exit));
            node.Refund = line.IsAtId("+") ? line.TakeId("+") : 0;
        }

        line.ExpectEnd();
        _block.Nodes.Add(node);
    }

    private object? TakePayload(IrLine line, IrOp op)
    {
        if (line.Word.StartsWith('@'))
        {
            return TakeObject(line);
        }

        if (IrOpInfo.Of(op).Payload == IrPayload.Object && line.IsAtLiteral)
        {
            return ScriptString.From(line.TakeLiteral());
        }

        return IrOpInfo.Of(op).Payload == IrPayload.Helper ? TakeHelper(line) : null;
    }

    private RegionHelper TakeHelper(IrLine line)
    {
        string name = line.Take();
        return _objects.TryGetValue(name, out object? given) && given is RegionHelper helper ? helper
            : _helpers.TryGetValue(name, out helper!) ? helper
            : throw line.Error($"there is no helper '{name}'");
    }

    private object TakeObject(IrLine line)
    {
        string name = line.Take()[1..];
        return _objects.TryGetValue(name, out object? value) ? value : throw line.Error($"no object is named '{name}'");
    }

    private LinkedPrototype TakeCode(IrLine line) => line.Word.StartsWith('@') && TakeObject(line) is LinkedPrototype code
        ? code
        : throw line.Error("expected @ and the name of a proc");

    private static List<int> TakeIds(IrLine line)
    {
        List<int> ids = [];
        while (line.IsAtId("v"))
        {
            ids.Add(line.TakeId("v"));
            line.TryTake(",");
        }

        return ids;
    }

    private void Refer(IrLine line, List<int> ids, IrNode[] values) => _references.Add(() =>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(line, ids[i]);
        }
    });

    private IrNode ValueOf(IrLine line, int id) =>
        _values.TryGetValue(id, out IrNode? value) ? value : throw line.Error($"v{id} is not defined");

    private Snapshot SnapshotOf(IrLine line, int id) =>
        _snapshots.TryGetValue(id, out Snapshot? snapshot) ? snapshot : throw line.Error($"s{id} is not defined");

    private static long TakeBits(IrLine line, IrOp op) => IrOpInfo.Of(op).Bits switch
    {
        IrBits.Int => TakeInt(line),
        IrBits.Float => TakeFloat(line),
        IrBits.Bool => line.TryTake("true") ? 1 : line.TryTake("false") ? 0 : throw line.Error("expected true or false"),
        IrBits.Register => line.TakeId("r"),
        IrBits.Type => TakeNumber(line, isType: true),
        IrBits.Number or IrBits.Index or IrBits.Bounds or IrBits.Hint => TakeNumber(line),
    };

    private static long TakeNumber(IrLine line, bool isType = false)
    {
        if (!line.Word.StartsWith('#'))
        {
            return 0;
        }

        string bits = line.Take()[1..];
        return isType && Enum.TryParse(bits, out IrType type) ? (long)type
            : long.TryParse(bits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
            : throw line.Error("expected a number after #");
    }

    private static long TakeInt(IrLine line) =>
        long.TryParse(line.Take(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw line.Error("expected an int");

    private static long TakeFloat(IrLine line)
    {
        string word = line.Take();
        if (word.StartsWith("0x", StringComparison.Ordinal)
            && long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long bits))
        {
            return bits;
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? BitConverter.DoubleToInt64Bits(value)
            : throw line.Error("expected a float");
    }

    private bool End(IrLine line, IrBlock block)
    {
        IrEnd? end = line.Word switch
        {
            "jump" => IrEnd.Jump,
            "branch" => IrEnd.Branch,
            "return" => IrEnd.Return,
            "exit" => IrEnd.Exit,
            "open" => IrEnd.Open,
            _ => null,
        };
        if (end is null)
        {
            return false;
        }

        line.Take();
        block.End = end.Value;
        if (line.IsAtId("v"))
        {
            int value = line.TakeId("v");
            _references.Add(() => block.Value = ValueOf(line, value));
        }

        if (end == IrEnd.Exit)
        {
            int exit = line.TakeId("s");
            _references.Add(() => block.Exit = SnapshotOf(line, exit));
        }

        block.First = TakeEdge(line);
        block.Second = TakeEdge(line);
        line.ExpectEnd();
        _block = null;
        return true;
    }

    private IrEdge? TakeEdge(IrLine line)
    {
        if (!line.IsAtId("block"))
        {
            return null;
        }

        IrBlock target = BlockOf(line.TakeId("block"));
        List<int> ids = [];
        if (line.TryTake("("))
        {
            ids = TakeIds(line);
            line.Expect(")");
        }

        IrEdge edge = new(target, new IrNode[ids.Count]);
        Refer(line, ids, edge.Arguments);
        _references.Add(() => RequireDefined(line, target));
        return edge;
    }

    private void RequireDefined(IrLine line, IrBlock block)
    {
        if (!_graph.Blocks.Contains(block))
        {
            throw line.Error($"block{block.Id} is not defined");
        }
    }

    private void Frame(IrLine line)
    {
        LinkedPrototype code = TakeCode(line);
        line.Expect("pc");
        int pc = line.TakeNumber();
        int origin = line.TryTake("base") ? line.TakeNumber() : 0;
        int returnSlot = line.TryTake("return") ? line.TakeNumber() : 0;
        int closure = line.TryTake("closure") ? line.TakeId("v") : -1;
        bool dropsResult = line.TryTake("drops");
        SnapshotFrame frame = new() { Code = code, Pc = pc, Base = origin, ReturnSlot = returnSlot, DropsResult = dropsResult, Slots = [] };
        if (closure >= 0)
        {
            _references.Add(() => frame.Closure = ValueOf(line, closure));
        }

        line.Expect("{");
        while (!line.TryTake("}"))
        {
            int register = line.TakeId("r");
            line.Expect("=");
            int value = line.TakeId("v");
            line.TryTake(",");
            _references.Add(() => frame.Slots.Add(new SnapshotSlot(register, ValueOf(line, value))));
        }

        line.ExpectEnd();
        _frames!.Add(frame);
    }

    private IrGraph Finish()
    {
        foreach ((IrLine line, int id, SnapshotCallee? callee, List<SnapshotFrame> frames) in _definitions)
        {
            DefineSnapshot(line, id, callee, frames);
        }

        foreach (Action resolve in _references)
        {
            resolve();
        }

        int blocks = -1;
        int snapshots = -1;
        foreach (IrBlock block in _graph.Blocks)
        {
            blocks = Math.Max(blocks, block.Id);
        }

        foreach (int id in _snapshots.Keys)
        {
            snapshots = Math.Max(snapshots, id);
        }

        _graph.ReserveIds(_nextUnnamed, blocks + 1, snapshots + 1);
        return _graph;
    }
}
