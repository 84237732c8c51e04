using System;

namespace Lyra.Jit.Ir;

/// <summary>What a node may do besides computing its result.</summary>
[Flags]
internal enum IrEffects : byte
{
    /// <summary>It depends only on its inputs and on the memory that it reads.</summary>
    None = 0,

    /// <summary>It may leave the region through its <see cref="IrNode.Exit"/>, before it has any effect.</summary>
    Exits = 1,

    /// <summary>It makes a new object: it may be removed when unused, but is never merged with an equal node.</summary>
    Allocates = 2,

    /// <summary>
    /// It may run script code, raise, or look at the stack: all frames are in the interpreter's stacks while it runs, or are built there on
    /// demand.
    /// </summary>
    Observes = 4,

    /// <summary>It has an effect outside of the classes of memory, such as charging steps: it is never removed, merged or moved.</summary>
    Fixed = 8,
}

/// <summary>The effects that a row lists. That an operation exits follows from the text which says what it assumes.</summary>
[Flags]
internal enum IrActions : byte
{
    None = IrEffects.None,
    Allocates = IrEffects.Allocates,
    Observes = IrEffects.Observes,
    Fixed = IrEffects.Fixed,
}

/// <summary>Classes of memory that never overlap. A node that writes a class invalidates values read from it.</summary>
[Flags]
internal enum IrMemory
{
    None = 0,

    /// <summary>Count, strategy, element type and array references of lists.</summary>
    ListHeaders = 1 << 0,
    IntElements = 1 << 1,
    FloatElements = 1 << 2,
    BoolElements = 1 << 3,

    /// <summary>Elements of lists that hold values of any kind.</summary>
    ValueElements = 1 << 4,

    /// <summary>Fields of structs; nodes with different field indices do not overlap.</summary>
    Fields = 1 << 5,

    /// <summary>Captured variables that change.</summary>
    Upvalues = 1 << 6,

    /// <summary>Variables of modules; nodes with different modules or indices do not overlap.</summary>
    Variables = 1 << 7,

    /// <summary>Keys of maps and sets, the positions of their entries, and the annotation of a map.</summary>
    TableKeys = 1 << 8,

    /// <summary>Positions of iterators and generators.</summary>
    Iterators = 1 << 9,

    /// <summary>The interpreter's registers.</summary>
    Registers = 1 << 10,

    /// <summary>Elements of bytes.</summary>
    Bytes = 1 << 11,

    /// <summary>Values of maps.</summary>
    MapValues = 1 << 12,

    /// <summary>What shapes know about the values of their fields.</summary>
    FieldTags = 1 << 13,

    /// <summary>Texts that the region builds, which no script sees.</summary>
    Builders = 1 << 15,

    /// <summary>Lengths and elements of lists of the host, and fields of its objects.</summary>
    HostElements = 1 << 14,

    /// <summary>Globals of the engine, which the host assigns as well.</summary>
    Globals = 1 << 16,

    /// <summary>Keys and values of maps and sets.</summary>
    Tables = TableKeys | MapValues,

    /// <summary>Everything that a script can change.</summary>
    All = ((1 << 15) - 1) | Globals,
}
