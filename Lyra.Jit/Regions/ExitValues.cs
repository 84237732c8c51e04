using System;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>The values of one state in the exit buffers. The indices of <see cref="ExitSlot"/> count from their beginning.</summary>
internal readonly ref struct ExitValues(ExitBuffers buffers, int start)
{
    public readonly Span<long> Ints = buffers.Ints.AsSpan(start);

    public readonly Span<double> Floats = buffers.Floats.AsSpan(start);

    public readonly Span<ExitReference> Objects = buffers.Objects.AsSpan(start);
}
