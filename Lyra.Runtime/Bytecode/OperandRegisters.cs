namespace Lyra.Runtime.Bytecode;

/// <summary>The table of the registers that operands name: a row for each <see cref="OperandKind"/>, with 0 for what it does not.</summary>
/// <param name="Reads">The number of registers that it reads.</param>
/// <param name="ReadsForEach">The number that it also reads for each of the C registers or arguments of the instruction.</param>
/// <param name="Unread">The number of registers before those that it reads, beginning with the named one.</param>
/// <param name="Writes">The number of registers that it writes, beginning with the named one.</param>
/// <param name="WritesForEach">The number that it also writes for each of the C registers of the instruction.</param>
/// <param name="State">The number of registers before the loop's variables, beginning with the named one.</param>
/// <param name="Variables">The number of the loop's variables.</param>
internal readonly record struct OperandRegisters(
    sbyte Reads = 0,
    sbyte ReadsForEach = 0,
    sbyte Unread = 0,
    sbyte Writes = 0,
    sbyte WritesForEach = 0,
    sbyte State = 0,
    sbyte Variables = 0)
{
    /// <summary>The row of a kind. <see cref="OperandKind.ReadPrefix"/> names no register, but how many are read from 0 on.</summary>
    public static OperandRegisters Of(OperandKind kind) => kind switch
    {
        OperandKind.Write => new(Writes: 1),
        OperandKind.Read => new(Reads: 1),
        OperandKind.ReadWrite => new(Reads: 1, Writes: 1),
        OperandKind.ReadRange => new(ReadsForEach: 1),
        OperandKind.ReadPairs => new(ReadsForEach: 2),
        OperandKind.WriteRange => new(WritesForEach: 1),
        OperandKind.CallWindow or OperandKind.DescriptorWindow => new(Reads: 1, ReadsForEach: 1, Writes: 1),
        OperandKind.ArgumentWindow => new(ReadsForEach: 1, Unread: 1, Writes: 1),
        OperandKind.ReadPair => new(Reads: 2),
        OperandKind.RangeState => new(Reads: 2, Writes: 2, State: 2, Variables: 1),
        OperandKind.IteratorState => new(Writes: 3),
        OperandKind.OpenIterator => new(Reads: 3),
        OperandKind.ForEachState => new(Reads: 3, Writes: 3, State: 3, Variables: 1),
        OperandKind.ForEachPairState => new(Reads: 3, Writes: 3, State: 3, Variables: 2),
        OperandKind.Unused or OperandKind.UpperHalf or OperandKind.ReadPrefix or OperandKind.Immediate or OperandKind.WideImmediate
            or OperandKind.Constant or OperandKind.WideConstant or OperandKind.Jump or OperandKind.WideJump or OperandKind.Prototype
            or OperandKind.ModuleVariable or OperandKind.WideModuleVariable or OperandKind.External or OperandKind.Builtin
            or OperandKind.WideBuiltin or OperandKind.Site or OperandKind.Loop or OperandKind.SlotType or OperandKind.WideSlotType
            or OperandKind.Descriptor or OperandKind.Capture or OperandKind.SwitchTable or OperandKind.Struct or OperandKind.Block
            or OperandKind.Original or OperandKind.Number => default,
    };
}
