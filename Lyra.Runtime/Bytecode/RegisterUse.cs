using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>Consecutive registers.</summary>
internal readonly record struct RegisterSpan(int First, int Count)
{
    /// <summary>The register behind the last.</summary>
    public int End => First + Count;
}

/// <summary>
/// Which registers an instruction reads and writes, derived from the operand letters of the table. The one source for verification and liveness.
/// <para>
/// The variables of a loop are special: they are written on one way only, where there is a next element
/// (<see cref="LoopVariables"/>; not among <see cref="Writes"/>). A call window loses everything behind its first register
/// (<see cref="ClobbersFrom"/>), because the callee's registers start at its first argument.
/// </para>
/// </summary>
internal static class RegisterUse
{
    /// <summary>Most spans that one instruction reads or writes.</summary>
    public const int MaxSpans = 3;

    /// <summary>Fills in the spans read; gives their number.</summary>
    public static int Reads(in Instruction instruction, Span<RegisterSpan> spans)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        int count = 0;
        Add(spans, ref count, instruction.A, row.A switch
        {
            OperandKind.Read or OperandKind.ReadWrite => 1,
            OperandKind.ReadPair or OperandKind.RangeState => 2,
            OperandKind.OpenIterator or OperandKind.ForEachState or OperandKind.ForEachPairState => 3,
            OperandKind.CallWindow or OperandKind.DescriptorWindow => instruction.C + 1,
            _ => 0,
        });
        if (row.A == OperandKind.ArgumentWindow)
        {
            Add(spans, ref count, instruction.A + 1, instruction.C);
        }

        Add(spans, ref count, instruction.B, row.B switch
        {
            OperandKind.Read => 1,
            OperandKind.ReadRange => instruction.C,
            OperandKind.ReadPairs => 2 * instruction.C,
            _ => 0,
        });
        Add(spans, ref count, row.C == OperandKind.ReadPrefix ? 0 : instruction.C, row.C switch
        {
            OperandKind.Read => 1,
            OperandKind.ReadPair => 2,
            OperandKind.ReadPrefix => instruction.C,
            _ => 0,
        });
        return count;
    }

    /// <summary>The registers written whichever way the instruction is left, unless by an error; none has count 0.</summary>
    public static RegisterSpan Writes(in Instruction instruction)
    {
        OpcodeInfo row = OpcodeInfo.Of(instruction.Op);
        return new RegisterSpan(instruction.A, row.A switch
        {
            OperandKind.Write or OperandKind.ReadWrite => 1,
            OperandKind.WriteRange => instruction.C,
            OperandKind.CallWindow or OperandKind.ArgumentWindow or OperandKind.DescriptorWindow => 1,
            OperandKind.RangeState => 2,
            OperandKind.IteratorState or OperandKind.ForEachState or OperandKind.ForEachPairState => 3,
            _ => 0,
        });
    }

    /// <summary>The variables that a loop instruction writes when there is a next element; count 0 for every other instruction.</summary>
    public static RegisterSpan LoopVariables(in Instruction instruction) => OpcodeInfo.Of(instruction.Op).A switch
    {
        OperandKind.RangeState => new RegisterSpan(instruction.A + 2, 1),
        OperandKind.ForEachState => new RegisterSpan(instruction.A + 3, 1),
        OperandKind.ForEachPairState => new RegisterSpan(instruction.A + 3, 2),
        _ => default,
    };

    /// <summary>Whether the way on which <see cref="LoopVariables"/> are written is the jump (the other is the next instruction).</summary>
    public static bool JumpsToElement(Opcode opcode) => OpcodeInfo.Of(opcode).IsBackEdge;

    /// <summary>The first register that a call leaves undefined, with all above it; -1 when the instruction is no call.</summary>
    public static int ClobbersFrom(in Instruction instruction) =>
        OpcodeInfo.Of(instruction.Op).A.IsCallWindow() ? instruction.A + 1 : -1;

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

    private static int EndOf(RegisterSpan span) => span.Count == 0 ? 0 : span.End;

    private static void Add(Span<RegisterSpan> spans, ref int count, int first, int length)
    {
        if (length > 0)
        {
            spans[count++] = new RegisterSpan(first, length);
        }
    }
}
