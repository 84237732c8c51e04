using System;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Profiles;

/// <summary>Ends an attempt to build a region. The region compiler catches it.</summary>
internal sealed class BuildAbortException(AbortReason reason, string detail) : Exception(detail)
{
    public AbortReason Reason { get; } = reason;

    /// <summary>The proc that must be compiled first, for <see cref="AbortReason.WaitsForCallee"/>; null for other reasons.</summary>
    public LinkedPrototype? Callee { get; init; }
}
