using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>An iterator over a list of the host. It refuses a list whose size has changed, as loops over lists do.</summary>
internal sealed class HostListIterator(HostList list) : ScriptIterator
{
    private readonly int _count = list.Count;
    private int _next;

    public override long OwnBytes => 48;

    public override bool MoveNext(ScriptContext context, out Value value)
    {
        value = default;
        if (IsDone)
        {
            return false;
        }

        if (list.Count != _count)
        {
            throw Throw.ConcurrentModification("list");
        }

        if (_next == _count)
        {
            IsDone = true;
            return false;
        }

        value = list.Get(context, _next++);
        return true;
    }

    public override void Close(ScriptContext context) => IsDone = true;

    public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(list);
}
