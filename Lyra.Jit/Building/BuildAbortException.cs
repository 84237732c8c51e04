using System;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>A region that can't be built as it was begun; ends one attempt and never leaves <see cref="Tiering.RegionCompiler"/>.</summary>
internal sealed class BuildAbortException(AbortReason reason, string detail) : Exception(detail)
{
    public AbortReason Reason { get; } = reason;

    /// <summary>The proc that is to be compiled first; null for other reasons.</summary>
    public LinkedPrototype? Callee { get; init; }
}
