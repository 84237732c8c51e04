namespace Lyra.Runtime.Bytecode;

/// <summary>The kind of one operand of an instruction. The value is the letter; <see cref="OpAttribute"/> explains each.</summary>
internal enum OperandKind : byte
{
    /// <summary>Always 0.</summary>
    Unused = (byte)'-',

    /// <summary>Half of the 32-bit operand that stands at B.</summary>
    UpperHalf = (byte)' ',

    /// <summary>A register written.</summary>
    Write = (byte)'w',

    /// <summary>A register read.</summary>
    Read = (byte)'r',

    /// <summary>A register read and written.</summary>
    ReadWrite = (byte)'u',

    /// <summary>The first of C registers read.</summary>
    ReadRange = (byte)'R',

    /// <summary>The first of 2·C registers read.</summary>
    ReadPairs = (byte)'P',

    /// <summary>The first of C registers written.</summary>
    WriteRange = (byte)'O',

    /// <summary>Callee or receiver and its C arguments.</summary>
    CallWindow = (byte)'W',

    /// <summary>The register before C arguments, which receives the result and is not read.</summary>
    ArgumentWindow = (byte)'V',

    /// <summary>The window of a call with a descriptor.</summary>
    DescriptorWindow = (byte)'X',

    /// <summary>A count of registers read from 0 on.</summary>
    ReadPrefix = (byte)'Q',

    /// <summary>A register and the one after it, read.</summary>
    ReadPair = (byte)'2',

    /// <summary>Index, limit and variable of a range loop.</summary>
    RangeState = (byte)'3',

    /// <summary>The three hidden registers of a for-each loop, written.</summary>
    IteratorState = (byte)'h',

    /// <summary>The three hidden registers of a for-each loop, read.</summary>
    OpenIterator = (byte)'e',

    /// <summary>The three hidden registers of a for-each loop and its variable.</summary>
    ForEachState = (byte)'4',

    /// <summary>The three hidden registers of a for-each loop and its two variables.</summary>
    ForEachPairState = (byte)'5',

    Immediate = (byte)'i',
    WideImmediate = (byte)'I',
    Constant = (byte)'k',
    WideConstant = (byte)'K',
    Jump = (byte)'j',
    WideJump = (byte)'J',
    Prototype = (byte)'p',
    ModuleVariable = (byte)'m',
    WideModuleVariable = (byte)'M',
    External = (byte)'x',
    Builtin = (byte)'n',
    WideBuiltin = (byte)'N',
    Site = (byte)'s',
    Loop = (byte)'l',
    SlotType = (byte)'t',
    WideSlotType = (byte)'T',
    Descriptor = (byte)'d',
    Capture = (byte)'v',
    SwitchTable = (byte)'z',
    Struct = (byte)'y',

    /// <summary>A block that a profile counts.</summary>
    Block = (byte)'b',

    /// <summary>An instruction before it was instrumented.</summary>
    Original = (byte)'o',

    /// <summary>A plain count or flag.</summary>
    Number = (byte)'c',
}

/// <summary>Classifications of operand kinds.</summary>
internal static class OperandKinds
{
    public static char Letter(this OperandKind kind) => (char)kind;

    /// <summary>What the number in the operand is, or refers to.</summary>
    public static OperandDomain Domain(this OperandKind kind) => kind switch
    {
        OperandKind.Unused => OperandDomain.Nothing,
        OperandKind.UpperHalf => OperandDomain.UpperHalf,
        OperandKind.Write or OperandKind.Read or OperandKind.ReadWrite or OperandKind.ReadRange or OperandKind.ReadPairs
            or OperandKind.WriteRange or OperandKind.CallWindow or OperandKind.ArgumentWindow or OperandKind.DescriptorWindow
            or OperandKind.ReadPair or OperandKind.RangeState or OperandKind.IteratorState or OperandKind.OpenIterator
            or OperandKind.ForEachState or OperandKind.ForEachPairState => OperandDomain.Registers,
        OperandKind.Constant or OperandKind.WideConstant => OperandDomain.Constants,
        OperandKind.Jump or OperandKind.WideJump => OperandDomain.Instructions,
        OperandKind.Prototype => OperandDomain.Prototypes,
        OperandKind.ModuleVariable or OperandKind.WideModuleVariable => OperandDomain.ModuleVariables,
        OperandKind.External => OperandDomain.Externals,
        OperandKind.Builtin or OperandKind.WideBuiltin => OperandDomain.Builtins,
        OperandKind.Site => OperandDomain.Sites,
        OperandKind.Loop => OperandDomain.Loops,
        OperandKind.SlotType or OperandKind.WideSlotType => OperandDomain.SlotTypes,
        OperandKind.Descriptor => OperandDomain.Descriptors,
        OperandKind.Capture => OperandDomain.Captures,
        OperandKind.SwitchTable => OperandDomain.SwitchTables,
        OperandKind.Struct => OperandDomain.Structs,
        OperandKind.Block => OperandDomain.Blocks,
        OperandKind.ReadPrefix or OperandKind.Immediate or OperandKind.WideImmediate or OperandKind.Original or OperandKind.Number =>
            OperandDomain.Number,
    };

    public static bool IsRegister(this OperandKind kind) => kind.Domain() == OperandDomain.Registers;

    /// <summary>Whether the operand occupies B and C together.</summary>
    public static bool IsWide(this OperandKind kind) => kind
        is OperandKind.WideImmediate or OperandKind.WideConstant or OperandKind.WideJump or OperandKind.Prototype
        or OperandKind.WideModuleVariable or OperandKind.External or OperandKind.WideBuiltin or OperandKind.WideSlotType
        or OperandKind.SwitchTable or OperandKind.Struct or OperandKind.Block or OperandKind.Original;

    public static bool IsCallWindow(this OperandKind kind) =>
        kind is OperandKind.CallWindow or OperandKind.ArgumentWindow or OperandKind.DescriptorWindow;
}
