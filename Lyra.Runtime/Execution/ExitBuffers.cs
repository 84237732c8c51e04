namespace Lyra.Runtime.Execution;

/// <summary>
/// The arrays into which a compiled region stores its live values at an exit, unboxed and grouped by representation. The deoptimizer boxes
/// them and stores them in registers. One set per engine, valid from the exit until the frames are rebuilt.
/// </summary>
internal sealed class ExitBuffers
{
    /// <summary>The most values of one representation that a snapshot may have.</summary>
    public const int Capacity = 512;

    /// <summary>Ints, bools as 0 and 1, and the bits of values of any kind.</summary>
    public readonly long[] Ints = new long[Capacity];

    public readonly double[] Floats = new double[Capacity];

    /// <summary>Objects, and the references of values of any kind.</summary>
    public readonly object?[] Objects = new object?[Capacity];
}
