using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Fuzz.Traces;

/// <summary>A position in the code that jumps target.</summary>
internal sealed class CodeLabel
{
    public int Pc { get; set; } = -1;
}

/// <summary>Builds the code of one prototype; jump offsets are filled in at the end.</summary>
internal sealed class CodeWriter
{
    private readonly List<Instruction> _code = [];
    private readonly List<(int Pc, CodeLabel Label)> _jumps = [];
    private readonly List<(HandlerKind Kind, int Start, int End, CodeLabel Handler, int Register)> _handlers = [];
    private readonly List<(CodeLabel Body, int Cost)> _loops = [];
    private readonly List<Value> _constants = [];

    public int Count => _code.Count;

    public void Emit(Opcode op, int a = 0, int b = 0, int c = 0) => _code.Add(new Instruction(op, a, b, c));

    public void EmitWide(Opcode op, int a, int wide) => _code.Add(new Instruction(op, a, wide));

    /// <summary>Writes a jump with an offset of 16 bits in C, or of 32 bits in B and C.</summary>
    public void Jump(Opcode op, CodeLabel label, int a = 0, int b = 0)
    {
        _jumps.Add((_code.Count, label));
        _code.Add(new Instruction(op, a, b, 0));
    }

    public void Bind(CodeLabel label) => label.Pc = _code.Count;

    public int Constant(Value value)
    {
        _constants.Add(value);
        return _constants.Count - 1;
    }

    public int Loop(CodeLabel body, int cost)
    {
        _loops.Add((body, cost));
        return _loops.Count - 1;
    }

    public void Handler(HandlerKind kind, int start, int end, CodeLabel handler, int register) =>
        _handlers.Add((kind, start, end, handler, register));

    /// <summary>
    /// Makes a module with this code as its top level. Each instruction has its own line, so that error traces distinguish them.
    /// </summary>
    public CompiledModule Finish(int registers, string[] builtins, string[] sites, ModuleVariable[] variables)
    {
        Instruction[] code = [.. _code];
        foreach ((int pc, CodeLabel label) in _jumps)
        {
            int offset = label.Pc - pc - 1;
            bool isWide = OpcodeInfo.Of(code[pc].Op).B.IsWide();
            code[pc] = isWide ? new Instruction(code[pc].Op, code[pc].A, offset)
                : new Instruction(code[pc].Op, code[pc].A, code[pc].B, offset);
        }

        ScriptSource source = new("trace.lyra", string.Empty);
        Prototype main = new()
        {
            Name = "<module>",
            Kind = ProcKind.Module,
            Source = source,
            Code = code,
            Positions = System.Array.ConvertAll(code, static _ => 0),
            Constants = [.. _constants],
            Children = [],
            Parameters = [],
            Captures = [],
            RegisterCount = registers,
            Loops = [.. _loops.ConvertAll(static loop => new LoopInfo(loop.Body.Pc, loop.Cost))],
            Handlers = [.. _handlers.ConvertAll(static h => new HandlerInfo(h.Kind, h.Start, h.End, h.Handler.Pc, h.Register))],
            Sites = sites,
            SlotTypes = [],
            CallDescriptors = [],
            SwitchTables = [],
            Structs = [],
            EntryCost = 5,
        };
        for (int pc = 0; pc < code.Length; pc++)
        {
            main.Positions[pc] = SourcePosition.Pack(pc + 1, 1);
        }

        return new CompiledModule
        {
            Source = source,
            Main = main,
            Variables = variables,
            Externals = [],
            Aliases = [],
            Enums = [],
            Builtins = builtins,
        };
    }
}
