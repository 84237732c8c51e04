using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// An iterator over the entries of a map of the host: its elements are the keys, and a loop over pairs gets the values, too.
/// </summary>
internal abstract class HostEntryIterator : ScriptIterator
{
    public override long OwnBytes => 56;

    /// <summary>The next entry; false at the end.</summary>
    public abstract bool MoveNext(ScriptContext context, out Value key, out Value value);

    public override bool MoveNext(ScriptContext context, out Value value) => MoveNext(context, out value, out _);
}
