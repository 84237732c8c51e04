using System;
using System.Threading;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The first arrays of an engine's stacks. Disposed engines give them to new ones: they are two thirds of the memory of an engine, and a
/// host may make one for each request. Thread-safe.
/// </summary>
/// <remarks>
/// Only arrays of the first size are kept, so that an engine's memory, which its limit counts, does not depend on engines before it. Each
/// thread begins at another place of the table, so that threads that make engines at the same time mostly use different ones.
/// </remarks>
internal sealed class StackArrays
{
    public const int RegisterCount = 512;

    public const int FrameCount = 32;

    /// <summary>The number of pairs that are kept, 9 KB each.</summary>
    private const int Capacity = 64;

    private static readonly StackArrays?[] Kept = new StackArrays?[Capacity];

    static StackArrays() => MemoryPressure.OnScarce(Trim);

    private StackArrays()
    {
    }

    /// <summary>The registers; all unused ones are nil.</summary>
    public Value[] Registers { get; } = new Value[RegisterCount];

    /// <summary>The frames; unused ones are empty.</summary>
    public Frame[] Frames { get; } = new Frame[FrameCount];

    private static int FirstPlace => Environment.CurrentManagedThreadId % Capacity;

    /// <summary>Arrays without any content.</summary>
    public static StackArrays Rent()
    {
        for (int i = 0; i < Capacity; i++)
        {
            ref StackArrays? place = ref Kept[(FirstPlace + i) % Capacity];
            if (place is { } found && ReferenceEquals(Interlocked.CompareExchange(ref place, null, found), found))
            {
                return found;
            }
        }

        return new StackArrays();
    }

    /// <summary>Drops the arrays that are kept.</summary>
    public static void Trim()
    {
        for (int i = 0; i < Capacity; i++)
        {
            Volatile.Write(ref Kept[i], null);
        }
    }

    /// <summary>Keeps arrays for the next engine. They must have no content, and nobody may use them any more.</summary>
    public static void Return(StackArrays arrays)
    {
        for (int i = 0; i < Capacity; i++)
        {
            ref StackArrays? place = ref Kept[(FirstPlace + i) % Capacity];
            if (place is null && Interlocked.CompareExchange(ref place, arrays, null) is null)
            {
                return;
            }
        }
    }
}
