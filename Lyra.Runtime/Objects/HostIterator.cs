using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>An iterator over a .NET sequence. A host's <c>IEnumerable</c> becomes one.</summary>
internal sealed class HostIterator(IEnumerator<Value> source) : ScriptIterator
{
    public override long OwnBytes => 40;

    public override bool MoveNext(ScriptContext context, out Value value)
    {
        if (!IsDone && source.MoveNext())
        {
            value = source.Current;
            return true;
        }

        Close(context);
        value = default;
        return false;
    }

    public override void Close(ScriptContext context)
    {
        if (!IsDone)
        {
            IsDone = true;
            source.Dispose();
        }
    }
}
