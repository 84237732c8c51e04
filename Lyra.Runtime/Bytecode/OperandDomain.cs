namespace Lyra.Runtime.Bytecode;

/// <summary>What the number in an operand is, or which table it is an index into.</summary>
internal enum OperandDomain : byte
{
    /// <summary>Nothing: it is 0.</summary>
    Nothing,

    /// <summary>The upper half of the operand before it.</summary>
    UpperHalf,

    /// <summary>A number that refers to nothing.</summary>
    Number,
    Registers,
    Instructions,
    Constants,
    Prototypes,
    ModuleVariables,
    Externals,
    Builtins,
    Sites,
    Loops,
    SlotTypes,
    Descriptors,
    Captures,
    SwitchTables,
    Structs,
    Blocks,
}
