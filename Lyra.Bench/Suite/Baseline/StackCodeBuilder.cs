using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>Collects the instructions of one proc. It follows the depth of the stack, which handlers and exits from loops need.</summary>
/// <param name="variables">The variables of the module.</param>
internal sealed class StackCodeBuilder(Value[] variables)
{
    private readonly List<StackInstruction> _code = [];
    private readonly List<int> _lines = [];
    private readonly List<(int Instruction, StackLabel Target)> _jumps = [];
    private readonly List<(int Start, int End, StackLabel Target, int Depth)> _handlers = [];
    private readonly List<Value> _constants = [];
    private readonly List<string> _names = [];
    private readonly List<string[]> _argumentNames = [];
    private readonly List<BoundType> _types = [];
    private readonly List<Intrinsic> _builtins = [];
    private readonly List<StackProc> _procs = [];
    private readonly List<StackStruct> _structs = [];
    private int _maxDepth;

    /// <summary>The position of the next instruction.</summary>
    public int Count => _code.Count;

    /// <summary>The number of operands on the stack.</summary>
    public int Depth { get; private set; }

    /// <summary>The source line of the next instructions.</summary>
    public int Line { get; set; }

    public void Emit(StackOp op, int a = 0, int b = 0)
    {
        _code.Add(new StackInstruction(op, a, b));
        _lines.Add(Line);
        Depth += op.Row().EffectOf(b);
        _maxDepth = Math.Max(_maxDepth, Depth);
    }

    public void EmitJump(StackOp op, StackLabel target, int local = 0)
    {
        target.Depth = Depth + op.Row().EffectOfJump(0);
        _jumps.Add((_code.Count, target));
        Emit(op, local);
    }

    /// <summary>Makes the next instruction the target of a label's jumps.</summary>
    public void Bind(StackLabel label)
    {
        label.Position = _code.Count;
        Depth = label.Depth ?? Depth;
    }

    /// <summary>Begins code that only a handler reaches, with the error on the stack.</summary>
    public void BindHandler(StackLabel label, int depth)
    {
        label.Position = _code.Count;
        Depth = depth + 1;
        _maxDepth = Math.Max(_maxDepth, Depth);
    }

    /// <summary>Drops the operands above a depth before a jump to code with that depth. The depth after the jump is unchanged.</summary>
    public void EmitExit(StackLabel target, int depth)
    {
        int before = Depth;
        while (Depth > depth)
        {
            Emit(StackOp.Pop);
        }

        EmitJump(StackOp.Jump, target);
        Depth = before;
    }

    public void AddHandler(int start, int end, StackLabel target, int depth) => _handlers.Add((start, end, target, depth));

    public int Constant(in Value value)
    {
        _constants.Add(value);
        return _constants.Count - 1;
    }

    public int Name(string name) => IndexIn(_names, name);

    public int ArgumentNames(string[] names) => IndexIn(_argumentNames, names);

    public int Type(BoundType type) => IndexIn(_types, type);

    public int Builtin(Intrinsic builtin) => IndexIn(_builtins, builtin);

    public int Proc(StackProc proc) => IndexIn(_procs, proc);

    public int Struct(StackStruct type) => IndexIn(_structs, type);

    /// <summary>The finished proc.</summary>
    public StackProc Build(StackSignature signature, StackCapture[] captures, int localCount)
    {
        foreach ((int instruction, StackLabel target) in _jumps)
        {
            _code[instruction] = _code[instruction] with { B = target.Position };
        }

        return new StackProc
        {
            Signature = signature,
            Captures = captures,
            Code = [.. _code],
            Lines = [.. _lines],
            LocalCount = localCount,
            MaxDepth = _maxDepth,
            Handlers = [.. _handlers.Select(h => new StackHandler(h.Start, h.End, h.Target.Position, h.Depth))],
            Variables = variables,
            Constants = [.. _constants],
            Names = [.. _names],
            ArgumentNames = [.. _argumentNames],
            Types = [.. _types],
            Builtins = [.. _builtins],
            Procs = [.. _procs],
            Structs = [.. _structs],
        };
    }

    private static int IndexIn<T>(List<T> table, T entry)
    {
        int index = table.IndexOf(entry);
        if (index >= 0)
        {
            return index;
        }

        table.Add(entry);
        return table.Count - 1;
    }
}
