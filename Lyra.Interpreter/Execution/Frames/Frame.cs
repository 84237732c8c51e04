using System;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>The actions at the end of a frame, besides storing its result in the caller's register.</summary>
[Flags]
internal enum FrameFlags
{
    /// <summary>The result goes to <see cref="Frame.ReturnSlot"/> and the caller continues.</summary>
    None = 0,

    /// <summary>The first frame of a run of the loop: the loop ends with it.</summary>
    Entry = 1,

    /// <summary>The frame of a generator; the top of the coroutine stack is its object.</summary>
    Generator = 2,

    /// <summary>The frame of a task; the top of the coroutine stack is its frame object, the top of the task stack the task.</summary>
    Task = 4,

    /// <summary>The result is dropped (a <c>__setindex</c> hook).</summary>
    Discard = 8,

    /// <summary>The top level of an imported module: the result is the module.</summary>
    Module = 16,

    /// <summary>
    /// Pushed by an instruction that is executed as a single step (<see cref="Interpreter.ExecuteOne"/>): the loop ends with the frame, but
    /// its result is stored as without this flag, and traces continue below it.
    /// </summary>
    Nested = 32,

    /// <summary>The running recording is told when the frame ends.</summary>
    Watched = 64,

    /// <summary>The frame of a generator or task that compiled code runs: popping the frame does not suspend it.</summary>
    Compiled = 128,

    /// <summary>The top level of a module that waits for a task: it executes the instruction at its position again.</summary>
    Waiting = 256,
}

/// <summary>
/// One activation of a proc: a record in the engine's frame stack, never a native frame. Its registers are
/// <c>stack[Base .. Base + RegisterCount)</c>; a callee's window overlaps the caller's where the arguments lie.
/// </summary>
internal struct Frame
{
    /// <summary>The closure that runs.</summary>
    public Closure Closure;

    /// <summary>The position of its first register in the register stack.</summary>
    public int Base;

    /// <summary>
    /// The next instruction. It is updated before any operation that may raise an error, call or inspect the stack: an error is attributed
    /// to Pc - 1.
    /// </summary>
    public int Pc;

    /// <summary>The destination of the result: an absolute position in the register stack.</summary>
    public int ReturnSlot;

    public FrameFlags Flags;
}
