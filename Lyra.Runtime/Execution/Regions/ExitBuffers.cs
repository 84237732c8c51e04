using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>An element of <see cref="ExitBuffers.Objects"/>.</summary>
/// <remarks>
/// A struct, because a store into an array of objects asks for the type of the array: that is a call, and the values that live across it
/// would be kept in memory.
/// </remarks>
internal struct ExitReference(object? o)
{
    public object? Object = o;
}

/// <summary>
/// The arrays into which compiled regions store live values, unboxed and grouped by representation. The deoptimizer boxes them and stores
/// them in registers. One set per engine, used as a stack: the values of calls in progress whose frames can be built while they run (noted
/// calls, docs/decisions/0013) are below <see cref="Top"/>; the values of an exit or call-out begin there, and are valid until its frames
/// are built.
/// </summary>
internal sealed class ExitBuffers
{
    /// <summary>The most values that a snapshot may have.</summary>
    public const int Capacity = 512;

    /// <summary>The most arguments of an indirect call.</summary>
    public const int MaxArguments = 16;

    private const int InitialLength = 4 * Capacity;

    /// <summary>The space that compiled code needs above <see cref="Top"/>: for a noted call, and for the exit of its callee.</summary>
    private const int Reserve = 3 * Capacity;

    /// <summary>Longer arrays are not kept.</summary>
    private const int MaxKept = 1 << 16;

    /// <summary>Ints, bools as 0 and 1, and the bits of values of any kind.</summary>
    public long[] Ints = new long[InitialLength];

    public double[] Floats = new double[InitialLength];

    /// <summary>Objects, and the references of values of any kind.</summary>
    public ExitReference[] Objects = new ExitReference[InitialLength];

    /// <summary>The arguments of an indirect call, behind the receiver if it has one, while it begins.</summary>
    public readonly Value[] Arguments = new Value[MaxArguments + 1];

    /// <summary>The first element that belongs to no noted call.</summary>
    public int Top;

    /// <summary>
    /// The noted calls below this element have frames in the interpreter's stacks. Above all elements while compiled procs return without a
    /// result.
    /// </summary>
    public int Built;

    /// <summary>The first element that belongs to the present entry into compiled code; those below belong to outer entries.</summary>
    public int Bottom;

    /// <summary>Whether calls may have left objects behind that <see cref="Forget"/> has to drop.</summary>
    public bool IsUsed;

    /// <summary>Of the last call-out: where the registers of the region's root frame begin.</summary>
    public int Origin;

    /// <summary>Whether a compiled proc may begin.</summary>
    public bool HasSpace => Top + Reserve <= Ints.Length;

    /// <summary>Makes space for a compiled proc.</summary>
    public void Grow()
    {
        int length = 2 * Ints.Length;
        Array.Resize(ref Ints, length);
        Array.Resize(ref Floats, length);
        Array.Resize(ref Objects, length);
    }

    /// <summary>
    /// Drops the objects of noted calls that have ended, which would otherwise stay alive, and large arrays. No compiled code may be
    /// exiting.
    /// </summary>
    public void Forget()
    {
        if (!IsUsed)
        {
            return;
        }

        IsUsed = Top > 0;
        if (Ints.Length > MaxKept && Top == 0)
        {
            Ints = new long[InitialLength];
            Floats = new double[InitialLength];
            Objects = new ExitReference[InitialLength];
            return;
        }

        Array.Clear(Objects, Top, Objects.Length - Top);
    }
}
