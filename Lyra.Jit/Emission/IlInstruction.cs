using System;
using System.Reflection;
using System.Reflection.Emit;

namespace Lyra.Jit.Emission;

/// <summary>
/// One recorded instruction: the opcode in its long form and the operand. <see cref="Bits"/> contains numbers and the index of a local, an
/// argument or a label; <see cref="Reference"/> contains every other operand.
/// </summary>
internal readonly struct IlInstruction(OpCode opCode, IlOperandKind kind, long bits, object? reference)
{
    public readonly OpCode OpCode = opCode;

    public readonly IlOperandKind Kind = kind;

    public readonly long Bits = bits;

    public readonly object? Reference = reference;

    public int Int => (int)Bits;

    public double Double => BitConverter.Int64BitsToDouble(Bits);

    public string Text => (string)Reference!;

    public IlLabel Label => new((int)Bits);

    public IlLabel[] Targets => (IlLabel[])Reference!;

    public MethodInfo Method => (MethodInfo)Reference!;

    public FieldInfo Field => (FieldInfo)Reference!;

    public ConstructorInfo Constructor => (ConstructorInfo)Reference!;

    public Type Type => (Type)Reference!;

    /// <summary>Whether the next instruction begins a block.</summary>
    public bool EndsBlock => OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;

    /// <summary>Whether control can pass from this instruction to the next one.</summary>
    public bool FallsThrough => OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
}
