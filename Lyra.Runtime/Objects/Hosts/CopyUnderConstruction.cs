using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A copy of script values for the host that is not complete, for <see cref="Execution.ScriptContext.Protect"/>: otherwise the heap walk
/// would not count its bytes, because nothing that the script holds refers to them.
/// </summary>
internal sealed class CopyUnderConstruction : ScriptObject
{
    /// <summary>Whether a copy is being made: an engine uses one object for all of its copies.</summary>
    public bool IsInProgress { get; set; }

    /// <summary>The bytes allocated so far.</summary>
    public long Bytes { get; set; }

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "copy under construction";

    public override long OwnBytes => Bytes;
}
