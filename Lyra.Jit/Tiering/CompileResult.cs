using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>The reason why a compilation has no region.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Detail">An explanation for people.</param>
/// <param name="Callee">The proc to compile first, for <see cref="AbortReason.WaitsForCallee"/>; null for other reasons.</param>
internal sealed record CompileFailure(AbortReason Reason, string Detail, LinkedPrototype? Callee = null);

/// <summary>The result of a compilation: a region or a failure.</summary>
/// <param name="Region">The region; null after a failure.</param>
/// <param name="Failure">The failure; null when there is a region.</param>
/// <param name="Cell">Of a proc that waits for a callee: the cell through which compiled code will call it; otherwise null.</param>
internal readonly record struct CompileResult(Region? Region, CompileFailure? Failure = null, EntryCell? Cell = null)
{
    /// <summary>A result without a region.</summary>
    public static CompileResult Failed(AbortReason reason, string detail = "") => new(null, new CompileFailure(reason, detail));
}
