using System;

namespace Lyra.Runtime.Bytecode;

/// <summary>The effects of an instruction, its control flow, and its form.</summary>
[Flags]
internal enum OpTraits : ushort
{
    None = 0,

    /// <summary>May raise a script error; it then has had no effect.</summary>
    MayThrow = 1,

    /// <summary>May run script code (a call, a hook, a generator).</summary>
    MayCall = 2,

    /// <summary>Allocates on the script's heap.</summary>
    Allocates = 4,

    /// <summary>Reads mutable heap state.</summary>
    ReadsHeap = 8,

    /// <summary>Writes heap state, module variables or captured variables.</summary>
    WritesHeap = 16,

    /// <summary>May continue elsewhere than at the next instruction.</summary>
    Jumps = 32,

    /// <summary>Never continues at the next instruction.</summary>
    Ends = 64,

    /// <summary>Is a loop's back-edge: charges the loop's cost and counts heat.</summary>
    BackEdge = 128,

    /// <summary>May suspend the running task before it has had an effect. It is executed again when the task resumes.</summary>
    Waits = 256,

    /// <summary>Ends the running frame.</summary>
    Returns = 512,

    /// <summary>Always throws.</summary>
    Raises = 1024,

    /// <summary>Calls a value that may be a script proc.</summary>
    Calls = 2048,

    /// <summary>Computes the same value each time that the proc runs it, and has no effect.</summary>
    Constant = 4096,

    /// <summary>Is the negation of its plain form.</summary>
    Negates = 8192,

    /// <summary>Is its plain form with the operands exchanged.</summary>
    Swaps = 16384,
}
