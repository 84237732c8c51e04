using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Flow;

/// <summary>One instruction and the state before it. The rules read and change both.</summary>
internal sealed class Step(MethodFrame frame, StackState state, Instruction instruction, int index, MessageList messages)
{
    public MethodFrame Frame => frame;

    public StackState State => state;

    public Instruction Instruction => instruction;

    public Code Code => instruction.OpCode.Code;

    /// <summary>The instruction's index in the method.</summary>
    public int Index => index;

    public ModuleDefinition Module => frame.Method.Module;

    public void Fail(VerifierError error, string? found = null, string? expected = null) =>
        messages.Add(error, instruction, found, expected);

    public void Push(VerificationType type) => state.Push(type);

    /// <summary>Pushes the value of a location of this type.</summary>
    public void Push(TypeReference location, TypeMarks marks = TypeMarks.None)
    {
        VerificationType type = VerificationType.Of(location);
        Push(IsPointer(type) ? VerificationType.Unknown : type.With(marks));
    }

    public VerificationType Pop()
    {
        if (!state.TryPop(out VerificationType top))
        {
            Fail(VerifierError.StackUnderflow);
        }

        return top;
    }

    /// <summary>Pops a value that must be assignable to a location of this type.</summary>
    public VerificationType PopInto(TypeReference location)
    {
        VerificationType expected = VerificationType.Of(location);
        return IsPointer(expected) ? Pop() : PopInto(expected);
    }

    public VerificationType PopInto(VerificationType expected)
    {
        VerificationType top = Pop();
        Expect(top, expected);
        return top;
    }

    public void Expect(VerificationType found, VerificationType expected)
    {
        if (!TypeRelations.IsAssignable(found, expected))
        {
            bool isReadOnly = TypeRelations.IsAssignable(found.Without(TypeMarks.ReadOnly), expected);
            Fail(isReadOnly ? VerifierError.ReadOnlyUnexpected : VerifierError.StackUnexpected, found.ToString(), expected.ToString());
        }
    }

    /// <summary>Pops an initialized object, or null.</summary>
    public VerificationType PopReference()
    {
        VerificationType top = Pop();
        if (!top.IsReference)
        {
            Fail(VerifierError.StackObjRef, top.ToString());
            return VerificationType.Unknown;
        }

        if (top.IsUninitialized)
        {
            Fail(VerifierError.ThisUninitUse, top.ToString());
        }

        return top;
    }

    /// <summary>Pops a managed pointer; returns unknown for anything else.</summary>
    public VerificationType PopByRef(bool isWritten)
    {
        VerificationType top = Pop();
        if (top.Kind != VerificationKind.ByRef && !top.IsUnknown)
        {
            Fail(VerifierError.StackByRef, top.ToString());
            return VerificationType.Unknown;
        }

        if (isWritten && top.IsReadOnly)
        {
            Fail(VerifierError.ReadOnlyUnexpected, top.ToString());
        }

        return top;
    }

    /// <summary>Whether a location holds an unmanaged pointer. It is reported, because no rule makes unmanaged pointers safe.</summary>
    private bool IsPointer(VerificationType type)
    {
        if (type.Kind != VerificationKind.Pointer)
        {
            return false;
        }

        Fail(VerifierError.UnmanagedPointer, type.ToString());
        return true;
    }

    /// <summary>The prefix of this kind before the instruction; null if there is none.</summary>
    public Instruction? Prefix(Code code)
    {
        for (Instruction? at = instruction.Previous; at is { OpCode.OpCodeType: OpCodeType.Prefix }; at = at.Previous)
        {
            if (at.OpCode.Code == code)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether this instruction is reached only through the instructions before it: no branch and no handler enters between them.
    /// </summary>
    /// <param name="count">The number of instructions before this one.</param>
    public bool IsReachedThrough(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (index - i <= 0 || frame.Leaders[index - i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A value type of the core library.</summary>
    public VerificationType CoreValue(string name)
    {
        TypeReference type = new("System", name, Module, Module.TypeSystem.CoreLibrary, valueType: true);
        return new VerificationType(VerificationKind.Value, type);
    }
}
