using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>A jump target, bound to a position as soon as that is known.</summary>
internal readonly record struct Label(int Id);

/// <summary>
/// The instructions of one proc during emission. Jumps refer to labels. For each instruction, the buffer records the source position and
/// the charge that pays for it.
/// </summary>
internal sealed class CodeBuffer
{
    private const int NoLabel = -1;

    /// <summary>The code. Until it is finished, its targets are labels.</summary>
    private readonly ProcCode _result = new();
    private readonly List<int> _labelPcs = [];
    private readonly StepCosts _costs;
    private readonly GrowableArray<(GrowableArray<KeyValuePair<Value, Label>> Cases, Label Default)> _switches = new();
    private ModuleEmitter _owner = null!;
    private int _lastBoundPc;
    private int _position;
    private SourceSpan _span;

    public CodeBuffer()
    {
        _costs = new StepCosts(_result);
    }

    /// <summary>Begins the code of a proc.</summary>
    public void Begin(ModuleEmitter owner)
    {
        _owner = owner;
        _lastBoundPc = -1;
        _position = 0;
        _span = default;
        _costs.Begin();
    }

    /// <summary>Removes all content; the storage remains.</summary>
    public void Clear()
    {
        _owner = null!;
        _result.Clear();
        _costs.Clear();
        _labelPcs.Clear();
        _switches.Clear();
    }

    /// <summary>The number of rows for which there is storage.</summary>
    public int Capacity => _costs.Capacity + _labelPcs.Capacity;

    /// <summary>The number of instructions, which is the position of the next one.</summary>
    public int Count => _result.Code.Count;

    /// <summary>Sets the source position of the following instructions to the start of a span.</summary>
    public void At(SourceSpan span)
    {
        _span = span;
        (int line, int column) = _owner.Text.GetPosition(span.Start);
        _position = SourcePosition.Pack(line, column);
    }

    public Label NewLabel()
    {
        _labelPcs.Add(-1);
        return new Label(_labelPcs.Count - 1);
    }

    public void Bind(Label label)
    {
        _labelPcs[label.Id] = Count;
        _lastBoundPc = Count;
    }

    public Label BindNew()
    {
        Label label = NewLabel();
        Bind(label);
        return label;
    }

    public Label[] NewLabels(int count)
    {
        Label[] labels = new Label[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = NewLabel();
        }

        return labels;
    }

    public void Emit(Opcode op, int a = 0, int b = 0, int c = 0) => Append(new Instruction(op, a, b, c), NoLabel);

    public void EmitWide(Opcode op, int a, int wide) => Append(new Instruction(op, a, wide), NoLabel);

    /// <summary>Emits a move, unless the registers are the same.</summary>
    public void Move(int target, int source)
    {
        if (target != source)
        {
            Emit(Opcode.Move, target, source);
        }
    }

    /// <summary>Emits a jump. <see cref="CodeEncoder"/> fills in its offset.</summary>
    public void EmitJump(Opcode op, Label target, int a = 0, int b = 0) => Append(new Instruction(op, a, b, 0), target.Id);

    /// <summary>
    /// Begins a loop whose back-edge goes to the next instruction, and returns its index. <see cref="CloseScope"/> ends it.
    /// </summary>
    public int OpenLoop()
    {
        _costs.OpenLoop(_result.Loops.Count);
        _result.Loops.Add(new LoopInfo(Count, 0));
        return _result.Loops.Count - 1;
    }

    /// <summary>
    /// Begins code with a charge of its own, which <see cref="Opcode.Charge"/> makes; <see cref="CloseScope"/> ends the code. All ways
    /// into it must lead to this instruction.
    /// </summary>
    /// <param name="usual">
    /// A place after the code. The charge around the code pays for as many steps as from there on, and the code's own one for the rest.
    /// </param>
    public void OpenCharge(Label usual)
    {
        _costs.OpenCharge(usual);
        Emit(Opcode.Charge);
    }

    /// <summary>Ends a loop, or code with a charge of its own.</summary>
    public void CloseScope() => _costs.Close();

    public void AddHandler(HandlerKind kind, int start, int end, int handlerPc, int register)
    {
        if (start < end)
        {
            _result.Handlers.Add(new HandlerInfo(kind, start, end, handlerPc, register));
        }
    }

    public int AddSwitch(GrowableArray<KeyValuePair<Value, Label>> cases, Label defaultLabel)
    {
        _switches.Add((cases, defaultLabel));
        return _switches.Count - 1;
    }

    /// <summary>
    /// Makes the last instruction write to <paramref name="to"/> if its only effect is to compute a value into <paramref name="from"/>, a
    /// register that the caller does not need. Returns true if it did.
    /// </summary>
    public bool TryRetarget(int from, int to)
    {
        if (Count == 0 || _lastBoundPc == Count || OpcodeInfo.Of(_result.Code[^1].Op).A != OperandKind.Write || _result.Code[^1].A != from)
        {
            return false;
        }

        _result.Code[^1].A = (ushort)to;
        return true;
    }

    /// <summary>The finished code, with absolute jump targets and the steps of all charges.</summary>
    public ProcCode Finish(int parameterCount, int registerCount, IReadOnlyList<Prototype> children)
    {
        _result.ParameterCount = parameterCount;
        _result.RegisterCount = registerCount;
        _result.Children = children;
        for (int pc = 0; pc < Count; pc++)
        {
            int label = _result.Targets[pc];
            _result.Targets[pc] = label == NoLabel ? ProcCode.NoTarget : _labelPcs[label];
        }

        foreach ((GrowableArray<KeyValuePair<Value, Label>> cases, Label defaultLabel) in _switches)
        {
            _result.Switches.Add(Resolve(cases, defaultLabel));
        }

        _costs.Compute(_labelPcs);
        return _result;
    }

    private void Append(Instruction instruction, int label)
    {
        _owner.Meter.Count(CompilationCosts.Instruction);
        _owner.Module.Bounds.AddInstruction(_span);
        _result.Code.Add(instruction);
        _result.Positions.Add(_position);
        _result.Targets.Add(label);
        _costs.AddInstruction();
    }

    private SwitchTable Resolve(GrowableArray<KeyValuePair<Value, Label>> cases, Label defaultLabel)
    {
        KeyValuePair<Value, int>[] resolved = new KeyValuePair<Value, int>[cases.Count];
        for (int i = 0; i < resolved.Length; i++)
        {
            resolved[i] = new(cases[i].Key, _labelPcs[cases[i].Value.Id]);
        }

        return new SwitchTable(resolved, _labelPcs[defaultLabel.Id]);
    }
}
