using Lyra.Runtime.Caches;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The first arrays of an engine's stacks. Disposed engines give them to new ones: they are two thirds of the memory of an engine, and a
/// host may make one for each request. Thread-safe.
/// </summary>
/// <remarks>
/// Only arrays of the first size are kept, so that an engine's memory, which its limit counts, does not depend on engines before it.
/// </remarks>
internal sealed class StackArrays
{
    public const int RegisterCount = 512;

    public const int FrameCount = 32;

    /// <summary>The most pairs in the pool, 9 KB each.</summary>
    private const int MaxPooled = 64;

    private static readonly ObjectPool<StackArrays> Pool = new(MaxPooled);

    private StackArrays()
    {
    }

    /// <summary>The registers; all unused ones are nil.</summary>
    public Value[] Registers { get; } = new Value[RegisterCount];

    /// <summary>The frames; unused ones are empty.</summary>
    public Frame[] Frames { get; } = new Frame[FrameCount];

    /// <summary>Arrays without any content.</summary>
    public static StackArrays Rent() => Pool.Take() ?? new StackArrays();

    /// <summary>Keeps arrays for the next engine. They must have no content, and nobody may use them any more.</summary>
    public static void Return(StackArrays arrays) => Pool.Keep(arrays);
}
