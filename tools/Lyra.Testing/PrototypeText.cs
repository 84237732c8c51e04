using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Values;

namespace Lyra.Testing;

/// <summary>The lines of one proc in assembly text, and the prototype that they describe.</summary>
internal sealed class PrototypeText(AssemblyLine head)
{
    private readonly List<AssemblyLine> _rows = [];
    private readonly List<AssemblyLine> _code = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly List<ParameterInfo> _parameters = [];
    private readonly List<CaptureInfo> _captures = [];
    private readonly List<Value> _constants = [];
    private readonly List<string> _sites = [];
    private readonly List<SlotType> _slotTypes = [];
    private readonly List<CallDescriptor> _descriptors = [];
    private readonly List<LoopInfo> _loops = [];
    private readonly List<HandlerInfo> _handlers = [];
    private readonly List<(int Default, List<KeyValuePair<Value, int>> Cases)> _switches = [];
    private readonly List<StructInfo> _structs = [];
    private bool _isInCode;
    private string _name = string.Empty;
    private ProcKind _kind;
    private int _registers;
    private int _cost;

    public int LineNumber => head.Number;

    /// <summary>Reads a line of this proc and defines the labels in it.</summary>
    public void Add(AssemblyLine line)
    {
        if (!_isInCode)
        {
            _isInCode = line.TryWord("code");
            if (!_isInCode)
            {
                _rows.Add(line);
            }
        }
        else if (!IsLabel(line))
        {
            _code.Add(line);
        }
    }

    /// <summary>Reads the first line; returns the number of the parent, -1 for none.</summary>
    public int ReadHead(int number)
    {
        head.Expect("proc");
        head.ExpectIndex(string.Empty, number);
        _name = head.Name();
        _kind = head.Keyword<ProcKind>("a kind of proc");
        int parent = head.TryWord("in") ? head.Number32("a proc's number") : -1;
        head.ExpectEnd();
        return parent;
    }

    public Prototype Build(ScriptSource source, Prototype[] children)
    {
        foreach (AssemblyLine line in _rows)
        {
            ReadRow(line);
            line.ExpectEnd();
        }

        Instruction[] code = new Instruction[_code.Count];
        int[] positions = new int[_code.Count];
        for (int pc = 0; pc < code.Length; pc++)
        {
            positions[pc] = ReadPosition(_code[pc], pc == 0 ? 0 : positions[pc - 1]);
            code[pc] = ReadInstruction(_code[pc], pc);
        }

        return new Prototype
        {
            Name = _name,
            Kind = _kind,
            Source = source,
            Code = code,
            Positions = positions,
            Constants = [.. _constants],
            Children = children,
            Parameters = [.. _parameters],
            Captures = [.. _captures],
            RegisterCount = _registers,
            Loops = [.. _loops],
            Handlers = [.. _handlers],
            Sites = [.. _sites],
            SlotTypes = [.. _slotTypes],
            CallDescriptors = [.. _descriptors],
            SwitchTables = [.. _switches.ConvertAll(row => new SwitchTable([.. row.Cases], row.Default))],
            Structs = [.. _structs],
            EntryCost = _cost,
        };
    }

    private bool IsLabel(AssemblyLine line)
    {
        string word = line.PeekWord().ToString();
        if (word.Length == 0 || !char.IsLetter(word[0]))
        {
            return false;
        }

        line.TryWord(word);
        if (line.TryChar(':'))
        {
            line.ExpectEnd();
            return _labels.TryAdd(word, _code.Count) ? true : throw line.Fault($"label {word} is defined twice");
        }

        line.Rewind();
        return false;
    }

    /// <summary>The position of a label; <c>L7</c> without a label of that name is position 7.</summary>
    private int ReadLabel(AssemblyLine line)
    {
        string word = line.PeekWord().ToString();
        return _labels.TryGetValue(word, out int pc) && line.TryWord(word) ? pc : line.Index("L", "a label");
    }

    private void ReadRow(AssemblyLine line)
    {
        string word = line.Word("a row of the proc");
        switch (word)
        {
            case "registers":
                _registers = line.Number32("a count");
                break;
            case "cost":
                _cost = line.Number32("a cost");
                break;
            case "parameter":
                _parameters.Add(new ParameterInfo(line.Name(), line.TryWord("default"), line.TryWord("rest")));
                break;
            case "capture":
                line.ExpectIndex("v", _captures.Count);
                _captures.Add(ReadCapture(line));
                break;
            case "handler":
                _handlers.Add(ReadHandler(line));
                break;
            default:
                ReadTableRow(line, word);
                break;
        }
    }

    private void ReadTableRow(AssemblyLine line, string word)
    {
        switch (word)
        {
            case "constant":
                line.ExpectIndex("k", _constants.Count);
                _constants.Add(line.Literal());
                break;
            case "site":
                line.ExpectIndex("s", _sites.Count);
                _sites.Add(line.Name());
                break;
            case "type":
                line.ExpectIndex("t", _slotTypes.Count);
                _slotTypes.Add(ReadType(line));
                break;
            case "call":
                line.ExpectIndex("d", _descriptors.Count);
                _descriptors.Add(new CallDescriptor(line.TryWord("spread"), line.TryWord("names") ? ReadNames(line) : []));
                break;
            case "loop":
                line.ExpectIndex("l", _loops.Count);
                _loops.Add(ReadLoop(line));
                break;
            default:
                ReadNestedRow(line, word);
                break;
        }
    }

    private void ReadNestedRow(AssemblyLine line, string word)
    {
        switch (word)
        {
            case "switch":
                line.ExpectIndex("z", _switches.Count);
                line.Expect("default");
                _switches.Add((ReadLabel(line), []));
                break;
            case "case" when _switches.Count > 0:
                Value literal = line.Literal();
                _switches[^1].Cases.Add(new KeyValuePair<Value, int>(literal, ReadLabel(line)));
                break;
            case "struct":
                line.ExpectIndex("y", _structs.Count);
                _structs.Add(ReadStruct(line));
                break;
            case "used" when _structs.Count > 0:
                _structs[^1] = _structs[^1] with { HasUsers = true };
                break;
            case "use" when _structs.Count > 0:
                _structs[^1] = _structs[^1] with { Uses = [.. _structs[^1].Uses, line.Index("m", "a module variable")] };
                break;
            case "adopts" when _structs.Count > 0:
                _structs[^1] = _structs[^1] with { Adoptions = (short)line.Number32("a number of structs") };
                break;
            case "field" when _structs.Count > 0:
                string field = line.Name();
                int type = line.TryWord("type") ? line.Index("t", "a slot type") : -1;
                FieldInfo declared = new(field, type, line.TryWord("default"))
                {
                    Adoption = (short)(line.TryWord("adopted") ? line.Number32("the number of an adoption") : -1),
                };
                _structs[^1] = _structs[^1] with { Fields = [.. _structs[^1].Fields, declared] };
                break;
            case "method" when _structs.Count > 0:
                MethodInfo method = new(line.Name(), line.Index("p", "a child"), line.TryWord("self"));
                _structs[^1] = _structs[^1] with { Methods = [.. _structs[^1].Methods, method] };
                break;
            default:
                throw line.Fault($"\"{word}\" is not a row of a proc");
        }
    }

    private static StructInfo ReadStruct(AssemblyLine line)
    {
        string name = line.Name();
        line.Expect("constructor");
        StructInfo info = new(name, [], [], line.Index("p", "a child"));
        return !line.TryWord("enum") ? info : info with
        {
            EnumVariable = line.Index("m", "a module variable"),
            Ordinal = line.TryWord("case") ? line.Number32("an ordinal") : -1,
        };
    }

    private static CaptureInfo ReadCapture(AssemblyLine line)
    {
        string name = line.Name();
        line.Expect("from");
        bool fromRegister = line.PeekWord() is ['r', ..];
        return new CaptureInfo(name, fromRegister, line.Index(fromRegister ? "r" : "v", "a register or a capture"));
    }

    private HandlerInfo ReadHandler(AssemblyLine line)
    {
        HandlerKind kind = line.Keyword<HandlerKind>("a kind of handler");
        line.Expect("from");
        int start = ReadLabel(line);
        line.Expect("to");
        int end = ReadLabel(line);
        int at = line.TryWord("at") ? ReadLabel(line) : 0;
        line.Expect("register");
        return new HandlerInfo(kind, start, end, at, line.Index("r", "a register"));
    }

    private LoopInfo ReadLoop(AssemblyLine line)
    {
        line.Expect("body");
        int body = ReadLabel(line);
        line.Expect("cost");
        return new LoopInfo(body, line.Number32("a cost"));
    }

    private static string[] ReadNames(AssemblyLine line)
    {
        List<string> names = [line.Name()];
        while (line.TryChar(','))
        {
            names.Add(line.Name());
        }

        return [.. names];
    }

    public static SlotType ReadType(AssemblyLine line)
    {
        SlotKind kind = line.Keyword<SlotKind>("a type");
        string? structName = SlotInfo.Of(kind).Has(KindTraits.Named) ? line.Name() : null;
        bool isOfLibrary = kind == SlotKind.Host && line.TryWord("library");
        int module = isOfLibrary ? -1 : kind == SlotKind.Struct ? line.Index("m", "a module variable")
            : kind == SlotKind.Host ? line.Index("x", "an external name") : -1;
        string? member = isOfLibrary ? structName : kind == SlotKind.Struct && line.TryWord("member") ? line.Name() : null;
        List<SlotType> arguments = [];
        if (line.TryChar('('))
        {
            do
            {
                arguments.Add(ReadType(line));
            }
            while (line.TryChar(','));
            line.Expect(')');
        }

        bool isNullable = line.TryChar('?');
        return new SlotType(kind, isNullable, [.. arguments], structName, module, member)
        {
            SlotName = line.TryWord("for") ? line.Name() : string.Empty,
        };
    }

    /// <summary>Reads the optional parts before the mnemonic: the instruction's number, for people, and its source position.</summary>
    private static int ReadPosition(AssemblyLine line, int before)
    {
        int position = before;
        while (!line.PeekWord().IsEmpty && char.IsAsciiDigit(line.PeekWord()[0]))
        {
            int number = line.Number32("a number");
            if (line.TryChar(':'))
            {
                position = SourcePosition.Pack(number, line.Number32("a column"));
            }
        }

        return position;
    }

    private Instruction ReadInstruction(AssemblyLine line, int pc)
    {
        OpcodeInfo row = OpcodeInfo.Of(line.Keyword<Opcode>("an instruction"));
        bool isFirst = true;
        int a = ReadOperand(line, row.A, pc, ref isFirst);
        int b = ReadOperand(line, row.B, pc, ref isFirst);
        int c = ReadOperand(line, row.C, pc, ref isFirst);
        line.ExpectEnd();
        return row.B.IsWide() ? new Instruction(row.Opcode, a, b) : new Instruction(row.Opcode, a, b, c);
    }

    private int ReadOperand(AssemblyLine line, OperandKind kind, int pc, ref bool isFirst)
    {
        if (kind is OperandKind.Unused or OperandKind.UpperHalf)
        {
            return 0;
        }

        if (!isFirst)
        {
            line.Expect(',');
        }

        isFirst = false;
        bool isJump = kind is OperandKind.Jump or OperandKind.WideJump;
        int value = isJump ? ReadLabel(line) - pc - 1 : line.Index(InstructionText.Prefix(kind), "an operand");
        (int low, int high) = kind switch
        {
            OperandKind.Immediate or OperandKind.Jump => (short.MinValue, short.MaxValue),
            _ when kind.IsWide() => (int.MinValue, int.MaxValue),
            _ => (0, ushort.MaxValue),
        };
        return value >= low && value <= high ? value : throw line.Fault($"{value} does not fit the operand");
    }
}
