using System;

namespace Lyra.Jit.Ir;

/// <summary>What evaluating a node may do besides giving its result.</summary>
[Flags]
internal enum IrEffects : byte
{
    /// <summary>Depends on its inputs, on what it reads, and on nothing else.</summary>
    None = 0,

    /// <summary>May leave the region through its <see cref="IrNode.Exit"/>; it has had no effect then.</summary>
    Exits = 1,

    /// <summary>Makes a new object: may be removed when unused, never merged with an equal node.</summary>
    Allocates = 2,

    /// <summary>All frames are in the interpreter's stacks while it runs, or are built there when it wants them: it may run script code, raise, look at the stack.</summary>
    Observes = 4,

    /// <summary>Has an effect that is none of the memory classes (charging steps): never removed, merged or moved.</summary>
    Fixed = 8,
}

/// <summary>Parts of the heap that never overlap. A node that writes one invalidates what was read from it.</summary>
[Flags]
internal enum IrMemory : ushort
{
    None = 0,

    /// <summary>Count, strategy, element type and array references of lists.</summary>
    ListHeaders = 1,
    IntElements = 2,
    FloatElements = 4,
    BoolElements = 8,

    /// <summary>Elements of lists that hold anything.</summary>
    ValueElements = 16,

    /// <summary>Fields of structs; nodes with different field indices don't overlap.</summary>
    Fields = 32,

    /// <summary>Captured variables that change.</summary>
    Upvalues = 64,

    /// <summary>Variables of modules; nodes with different modules or indices don't overlap.</summary>
    Variables = 128,

    /// <summary>Keys of maps and sets, where their entries are, and the annotation of a map.</summary>
    TableKeys = 256,

    /// <summary>Positions of iterators and generators.</summary>
    Iterators = 512,

    /// <summary>The interpreter's registers.</summary>
    Registers = 1024,

    /// <summary>Elements of bytes.</summary>
    Bytes = 2048,

    /// <summary>Values of maps.</summary>
    MapValues = 4096,

    /// <summary>Keys and values of maps and sets.</summary>
    Tables = TableKeys | MapValues,

    /// <summary>Everything a script can change.</summary>
    All = 8191,
}
