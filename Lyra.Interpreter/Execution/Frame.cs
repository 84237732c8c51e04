using System;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>What happens when a frame is left, besides handing its result to the caller's register.</summary>
[Flags]
internal enum FrameFlags
{
    /// <summary>The result goes to <see cref="Frame.ReturnSlot"/> and the caller goes on.</summary>
    None = 0,

    /// <summary>The first frame of a run of the loop: leaving it leaves the loop.</summary>
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
    /// Pushed by an instruction that is executed on its own (<see cref="Interpreter.ExecuteOne"/>): leaving it leaves the loop, but its
    /// result goes where it goes without this flag, and traces go on below it.
    /// </summary>
    Nested = 32,

    /// <summary>The recording that runs wants to know when it is left.</summary>
    Watched = 64,
}

/// <summary>
/// One activation of a proc: a record in the engine's frame stack, never a native frame. Its registers are
/// <c>stack[Base .. Base + RegisterCount)</c>; a callee's window overlaps the caller's where the arguments lie.
/// </summary>
internal struct Frame
{
    /// <summary>What runs.</summary>
    public Closure Closure;

    /// <summary>Where its registers start in the register stack.</summary>
    public int Base;

    /// <summary>
    /// The next instruction. Kept current before anything that may raise, call or look at the stack: the one at fault is Pc - 1.
    /// </summary>
    public int Pc;

    /// <summary>Where the result goes: an absolute position in the register stack.</summary>
    public int ReturnSlot;

    public FrameFlags Flags;
}
