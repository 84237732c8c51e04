using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>Consecutive registers.</summary>
internal readonly record struct RegisterSpan(int First, int Count)
{
    /// <summary>The register after the last.</summary>
    public int End => First + Count;

    public bool Contains(int register) => register >= First && register < End;
}

/// <summary>
/// The registers that an instruction reads and writes, derived from the operand letters of the table. Verification, liveness and the
/// compiler's passes use it.
/// <para>
/// The variables of a loop are special: only the edge to a next element writes them (<see cref="LoopVariables"/>; not among
/// <see cref="Writes"/>). A call leaves everything above the first register of its window undefined (<see cref="ClobbersFrom"/>), because
/// the callee's registers start at its first argument.
/// </para>
/// </summary>
internal static class RegisterUse
{
    /// <summary>The most spans that one instruction reads or writes.</summary>
    public const int MaxSpans = 3;

    /// <summary>Fills in the spans read; returns their number.</summary>
    public static int Reads(in Instruction instruction, Span<RegisterSpan> spans)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        int count = 0;
        Add(spans, ref count, ReadsOf(row.A, instruction.A, instruction));
        Add(spans, ref count, ReadsOf(row.B, instruction.B, instruction));
        Add(spans, ref count, ReadsOf(row.C, instruction.C, instruction));
        return count;
    }

    /// <summary>The registers written on every edge out of the instruction except that of an error; count 0 when there are none.</summary>
    public static RegisterSpan Writes(in Instruction instruction)
    {
        OperandRegisters row = OperandRegisters.Of(OpcodeInfo.Of(instruction.Op).A);
        int count = row.Writes + (row.WritesForEach * instruction.C);

        // Without any, the operand may be the number of something else.
        return count == 0 ? default : new RegisterSpan(instruction.A, count);
    }

    /// <summary>The variables that a loop instruction writes when there is a next element; count 0 for every other instruction.</summary>
    public static RegisterSpan LoopVariables(in Instruction instruction)
    {
        OperandRegisters row = OperandRegisters.Of(OpcodeInfo.Of(instruction.Op).A);
        return new RegisterSpan(instruction.A + row.State, row.Variables);
    }

    /// <summary>
    /// Whether the jump is the edge that writes <see cref="LoopVariables"/>; otherwise it is the edge to the next instruction.
    /// </summary>
    public static bool JumpsToElement(Opcode opcode) => OpcodeInfo.Of(opcode).IsBackEdge;

    /// <summary>The first register that a call leaves undefined, with all above it; -1 if the instruction is not a call.</summary>
    public static int ClobbersFrom(in Instruction instruction) =>
        OpcodeInfo.Of(instruction.Op).A.IsCallWindow() ? instruction.A + 1 : -1;

    /// <summary>Whether an operand that names a single register reads this one, so that it could name another register instead.</summary>
    public static bool ReadsAlone(in Instruction instruction, int register)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        return (row.A == OperandKind.Read && instruction.A == register)
            || (row.B == OperandKind.Read && instruction.B == register)
            || (row.C == OperandKind.Read && instruction.C == register);
    }

    /// <summary>Whether the register is read as part of a window, range, pair or loop state, or is both read and written.</summary>
    public static bool ReadsInGroup(in Instruction instruction, int register)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        return (row.A != OperandKind.Read && ReadsOf(row.A, instruction.A, instruction).Contains(register))
            || (row.B != OperandKind.Read && ReadsOf(row.B, instruction.B, instruction).Contains(register))
            || (row.C != OperandKind.Read && ReadsOf(row.C, instruction.C, instruction).Contains(register));
    }

    /// <summary>Whether the register's value is lost on every edge out of the instruction except that of an error.</summary>
    public static bool Overwrites(in Instruction instruction, int register)
    {
        int clobbered = ClobbersFrom(instruction);
        return (clobbered >= 0 && register >= clobbered) || Writes(instruction).Contains(register);
    }

    /// <summary>The end of the highest span that the instruction touches; 0 when it touches none.</summary>
    public static int HighestEnd(in Instruction instruction)
    {
        Span<RegisterSpan> reads = stackalloc RegisterSpan[MaxSpans];
        int count = Reads(instruction, reads);
        int highest = Math.Max(EndOf(Writes(instruction)), EndOf(LoopVariables(instruction)));
        foreach (RegisterSpan span in reads[..count])
        {
            highest = Math.Max(highest, EndOf(span));
        }

        return OpcodeInfo.Of(instruction.Op).A.IsRegister() ? Math.Max(highest, instruction.A + 1) : highest;
    }

    private static RegisterSpan ReadsOf(OperandKind kind, ushort operand, in Instruction instruction)
    {
        if (kind == OperandKind.ReadPrefix)
        {
            return new RegisterSpan(0, operand);
        }

        OperandRegisters row = OperandRegisters.Of(kind);
        return new RegisterSpan(operand + row.Unread, row.Reads + (row.ReadsForEach * instruction.C));
    }

    private static int EndOf(RegisterSpan span) => span.Count == 0 ? 0 : span.End;

    private static void Add(Span<RegisterSpan> spans, ref int count, RegisterSpan span)
    {
        if (span.Count > 0)
        {
            spans[count++] = span;
        }
    }
}
