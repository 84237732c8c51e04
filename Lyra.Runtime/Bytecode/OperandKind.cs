using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>What one operand of an instruction is; <see cref="OpAttribute"/> has the letter and the meaning of each.</summary>
internal enum OperandKind : byte
{
    /// <summary>Always 0.</summary>
    Unused,

    /// <summary>Half of the 32-bit operand that stands at B.</summary>
    UpperHalf,

    /// <summary>A register written.</summary>
    Write,

    /// <summary>A register read.</summary>
    Read,

    /// <summary>A register read and written.</summary>
    ReadWrite,

    /// <summary>The first of C registers read.</summary>
    ReadRange,

    /// <summary>The first of 2·C registers read.</summary>
    ReadPairs,

    /// <summary>The first of C registers written.</summary>
    WriteRange,

    /// <summary>Callee or receiver and its C arguments.</summary>
    CallWindow,

    /// <summary>The register before C arguments, which takes the result and is not read.</summary>
    ArgumentWindow,

    /// <summary>The window of a call with a descriptor.</summary>
    DescriptorWindow,

    /// <summary>A count of registers read from 0 on.</summary>
    ReadPrefix,

    /// <summary>A register and the one after it, read.</summary>
    ReadPair,

    /// <summary>Index, limit and variable of a range loop.</summary>
    RangeState,

    /// <summary>The three hidden registers of a for-each loop, written.</summary>
    IteratorState,

    /// <summary>The three hidden registers of a for-each loop, read.</summary>
    OpenIterator,

    /// <summary>The three hidden registers of a for-each loop and its variable.</summary>
    ForEachState,

    /// <summary>The three hidden registers of a for-each loop and its two variables.</summary>
    ForEachPairState,

    Immediate,
    WideImmediate,
    Constant,
    WideConstant,
    Jump,
    WideJump,
    Prototype,
    ModuleVariable,
    WideModuleVariable,
    External,
    Builtin,
    WideBuiltin,
    Site,
    Loop,
    SlotType,
    WideSlotType,
    Descriptor,
    Capture,
    SwitchTable,
    Struct,

    /// <summary>A plain count or flag.</summary>
    Number,
}

/// <summary>Classifications of operand kinds.</summary>
internal static class OperandKinds
{
    /// <summary>The letters of <see cref="OpAttribute"/>, in the order of the enum from <see cref="OperandKind.Write"/> on.</summary>
    private const string Letters = "wruRPOWVXQ23he45iIkKjJpmMxnNsltTdvzyc";

    /// <summary>The kind that a letter stands for; false when the letter means nothing.</summary>
    public static bool TryParse(char letter, out OperandKind kind)
    {
        int index = Letters.IndexOf(letter, StringComparison.Ordinal);
        kind = letter == '-' ? OperandKind.Unused : (OperandKind)(Math.Max(index, 0) + (int)OperandKind.Write);
        return letter == '-' || index >= 0;
    }

    /// <summary>The letter of a kind; a blank for <see cref="OperandKind.UpperHalf"/>, which has none.</summary>
    public static char Letter(this OperandKind kind) => kind switch
    {
        OperandKind.Unused => '-',
        OperandKind.UpperHalf => ' ',
        _ => Letters[kind - OperandKind.Write],
    };

    /// <summary>Whether the operand names a register.</summary>
    public static bool IsRegister(this OperandKind kind) =>
        kind is >= OperandKind.Write and <= OperandKind.ForEachPairState and not OperandKind.ReadPrefix;

    /// <summary>Whether the operand takes B and C together.</summary>
    public static bool IsWide(this OperandKind kind) => kind
        is OperandKind.WideImmediate or OperandKind.WideConstant or OperandKind.WideJump or OperandKind.Prototype
        or OperandKind.WideModuleVariable or OperandKind.External or OperandKind.WideBuiltin or OperandKind.WideSlotType
        or OperandKind.SwitchTable or OperandKind.Struct;

    public static bool IsCallWindow(this OperandKind kind) =>
        kind is OperandKind.CallWindow or OperandKind.ArgumentWindow or OperandKind.DescriptorWindow;
}
