using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Emission;

/// <summary>
/// The IL of one method as data. It is recorded once. Replay (<see cref="IlReplay"/>) writes it into a dynamic method or a persisted
/// assembly, <see cref="IlText"/> prints it, and <see cref="IlCheck"/> checks it, so all of them use the same instructions. Opcodes are
/// recorded in their long form; replay chooses the shortest encoding. The buffer counts the sizes that the CLR's optimizer limits, so that
/// an emitter can stop in time.
/// </summary>
/// <param name="signature">The method's.</param>
/// <param name="storage">Empty lists for the buffer alone.</param>
internal sealed class IlBuffer(IlMethodSignature signature, IlStorage storage)
{
    private readonly GrowableArray<IlInstruction> _instructions = storage.Instructions;
    private readonly GrowableArray<IlLocalDeclaration> _locals = storage.Locals;
    private readonly GrowableArray<IlMark> _marks = storage.Marks;
    private readonly List<bool> _labelIsMarked = storage.Labels;
    private bool _nextBeginsBlock = true;

    /// <summary>A buffer with storage of its own.</summary>
    public IlBuffer(IlMethodSignature signature)
        : this(signature, new IlStorage())
    {
    }

    public IlMethodSignature Signature { get; } = signature;

    /// <summary>Bytes of the method's code, exactly as replay writes it.</summary>
    public int ByteCount { get; private set; }

    /// <summary>Basic blocks; a label that nothing branches to counts too.</summary>
    public int BlockCount { get; private set; }

    /// <summary>Instructions that name a local or an argument.</summary>
    public int LocalReferenceCount { get; private set; }

    public int InstructionCount => _instructions.Count;

    public int LocalCount => _locals.Count;

    public int LabelCount => _labelIsMarked.Count;

    public ReadOnlySpan<IlInstruction> Instructions => _instructions.AsSpan();

    public ReadOnlySpan<IlLocalDeclaration> Locals => _locals.AsSpan();

    /// <summary>The positions of the labels, in the order of the instructions.</summary>
    public ReadOnlySpan<IlMark> Marks => _marks.AsSpan();

    /// <summary>Whether the CLR would compile the method without optimizing it. The CLR does not report this.</summary>
    /// <param name="what">The exceeded cap, with both numbers; empty if no cap is exceeded.</param>
    public bool ExceedsOptimizerCaps(out string what) => OptimizerCaps.Exceeds(this, out what);

    /// <param name="type">Its CLR type.</param>
    /// <param name="name">The name for the printer; it need not be unique.</param>
    public IlLocal DeclareLocal(Type type, string? name = null) => Declare(new(type, name));

    /// <summary>Declares a local that holds a node, or a part of one.</summary>
    /// <param name="type">Its CLR type.</param>
    /// <param name="node">The id of the node.</param>
    /// <param name="part">What of the node it holds, for the printer; empty for its value.</param>
    public IlLocal DeclareLocalOf(Type type, int node, string part = "") => Declare(new(type, part, node));

    public IlLabel DefineLabel()
    {
        _labelIsMarked.Add(false);
        return new(_labelIsMarked.Count - 1);
    }

    /// <summary>Puts the label before the next instruction.</summary>
    /// <exception cref="ArgumentException">The label is already marked, or belongs to another buffer.</exception>
    public void MarkLabel(IlLabel label)
    {
        RequireLabel(label);
        if (_labelIsMarked[label.Index])
        {
            throw new ArgumentException($"Label {label.Index} is already placed; define another label.", nameof(label));
        }

        _labelIsMarked[label.Index] = true;
        _marks.Add(new(_instructions.Count, label));
        _nextBeginsBlock = true;
    }

    public void Emit(OpCode opCode) => Add(opCode, IlOperandKind.None, 0, null);

    /// <summary>Loads a 32-bit constant.</summary>
    public void Emit(OpCode opCode, int value) => Add(opCode, IlOperandKind.Int, value, null);

    /// <summary>Loads a 64-bit constant.</summary>
    public void Emit(OpCode opCode, long value) => Add(opCode, IlOperandKind.Long, value, null);

    public void Emit(OpCode opCode, double value) => Add(opCode, IlOperandKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    public void Emit(OpCode opCode, string text) => Add(opCode, IlOperandKind.String, 0, text);

    public void Emit(OpCode opCode, IlLocal local)
    {
        if ((uint)local.Index >= (uint)_locals.Count)
        {
            throw new ArgumentException($"Local {local.Index} was not declared in this buffer.", nameof(local));
        }

        LocalReferenceCount++;
        Add(opCode, IlOperandKind.Local, local.Index, null);
    }

    public void Emit(OpCode opCode, IlArgument argument)
    {
        if ((uint)argument.Index >= (uint)Signature.Parameters.Length)
        {
            throw new ArgumentException(
                $"Parameter {argument.Index} is out of range; the method has {Signature.Parameters.Length} parameters.", nameof(argument));
        }

        LocalReferenceCount++;
        Add(opCode, IlOperandKind.Argument, argument.Index, null);
    }

    public void Emit(OpCode opCode, IlLabel target)
    {
        RequireLabel(target);
        Add(opCode, IlOperandKind.Label, target.Index, null);
    }

    public void Emit(OpCode opCode, IlLabel[] targets)
    {
        foreach (IlLabel target in targets)
        {
            RequireLabel(target);
        }

        Add(opCode, IlOperandKind.Switch, 0, targets);
    }

    public void Emit(OpCode opCode, MethodInfo method) => Add(opCode, IlOperandKind.Method, 0, method);

    public void Emit(OpCode opCode, FieldInfo field) => Add(opCode, IlOperandKind.Field, 0, field);

    public void Emit(OpCode opCode, ConstructorInfo constructor) => Add(opCode, IlOperandKind.Constructor, 0, constructor);

    public void Emit(OpCode opCode, Type type) => Add(opCode, IlOperandKind.Type, 0, type);

    /// <summary>Calls the method being built; its arguments, the region's data first, are on the stack.</summary>
    public void EmitSelfCall() => Add(OpCodes.Call, IlOperandKind.Self, 0, null);

    private void Add(OpCode opCode, IlOperandKind kind, long bits, object? reference)
    {
        if (!IlForms.HasOperand(opCode, kind))
        {
            throw new ArgumentException(
                $"'{opCode.Name}' has no operand of kind {kind}; use the long form of an opcode that has one.", nameof(opCode));
        }

        IlInstruction instruction = new(opCode, kind, bits, reference);
        BlockCount += _nextBeginsBlock ? 1 : 0;
        _nextBeginsBlock = instruction.EndsBlock;
        ByteCount += IlForms.SizeOf(instruction);
        _instructions.Add(instruction);
    }

    private IlLocal Declare(IlLocalDeclaration local)
    {
        _locals.Add(local);
        return new(_locals.Count - 1);
    }

    private void RequireLabel(IlLabel label)
    {
        if ((uint)label.Index >= (uint)_labelIsMarked.Count)
        {
            throw new ArgumentException($"Label {label.Index} was not defined in this buffer.", nameof(label));
        }
    }
}
