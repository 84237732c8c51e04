using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A copy of script values for the host that is not complete, for <see cref="Execution.ScriptContext.Protect"/>: otherwise the heap walk
/// would not count its bytes, because nothing that the script holds refers to them.
/// </summary>
internal sealed class CopyUnderConstruction : ScriptObject
{
    /// <summary>Whether the next copy is for the same call of the host as the last one, so that both exist at the same time.</summary>
    private bool _isContinued;

    /// <summary>Whether a copy is being made: an engine uses one object for all of its copies.</summary>
    public bool IsInProgress { get; set; }

    /// <summary>The bytes allocated so far.</summary>
    public long Bytes { get; set; }

    /// <summary>Begins a copy.</summary>
    public void Begin()
    {
        IsInProgress = true;
        Bytes = _isContinued ? Bytes : 0;
        _isContinued = false;
    }

    /// <summary>Must be called before an argument of a call is read, unless it is a part of a copy.</summary>
    /// <param name="isFirst">Whether no argument of the call was read before.</param>
    public void BeginArgument(bool isFirst)
    {
        if (!IsInProgress)
        {
            Bytes = isFirst ? 0 : Bytes;
            _isContinued = !isFirst;
        }
    }

    /// <summary>Must be called after the argument was read.</summary>
    public void EndArgument() => _isContinued = false;

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "copy under construction";

    public override long OwnBytes => Bytes;
}
