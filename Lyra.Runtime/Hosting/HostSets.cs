using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>What sets of the host that can be written and those that can't have in common.</summary>
internal abstract class HostSetOf<T> : HostSet
{
    protected abstract IEnumerable<T> Items { get; }

    public override bool Contains(ScriptContext context, in Value item) => HostReader.TryRead(item, context, out T? read)
        && HostElements.Run(context, (Set: this, Item: read!), static state => state.Set.Has(state.Item));

    public override Value Copy(ScriptContext context)
    {
        SetObject copy = new();
        context.ChargeMemory(copy.OwnBytes);
        context.Protect(copy);
        ScriptIterator items = Iterate(context);
        while (items.MoveNext(context, out Value item))
        {
            context.Charge(1);
            copy.Add(context, item);
        }

        context.Unprotect();
        return Value.FromObject(copy);
    }

    public override ScriptIterator Iterate(ScriptContext context) => new ItemIterator(this, Items.GetEnumerator());

    protected abstract bool Has(T item);

    private sealed class ItemIterator(HostSetOf<T> set, IEnumerator<T> items) : ScriptIterator
    {
        private readonly int _count = set.Count;

        public override long OwnBytes => 56;

        public override bool MoveNext(ScriptContext context, out Value value)
        {
            value = default;
            if (IsDone)
            {
                return false;
            }

            if (set.Count != _count)
            {
                throw Throw.ConcurrentModification("set");
            }

            if (!HostElements.Run(context, items, static state => state.MoveNext()))
            {
                Close(context);
                return false;
            }

            value = HostElements.Write(items.Current, context);
            return true;
        }

        public override void Close(ScriptContext context)
        {
            IsDone = true;
            items.Dispose();
        }

        public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(set);
    }
}

/// <summary>A set of the host as a set of the script.</summary>
internal sealed class HostSet<T>(ISet<T> source) : HostSetOf<T>
{
    public override bool IsPlainTable { get; } =
        source.GetType() == typeof(HashSet<T>) && HostElements.AreComparedByPlatform(((HashSet<T>)source).Comparer);

    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    protected override IEnumerable<T> Items => source;

    public override bool Add(ScriptContext context, in Value item)
    {
        RequireWritable();
        T read = HostElements.Read<T>(context, item, "set");
        return HostElements.Run(context, (source, read), static state => state.source.Add(state.read));
    }

    public override bool Remove(ScriptContext context, in Value item)
    {
        RequireWritable();
        return HostReader.TryRead(item, context, out T? read)
            && HostElements.Run(context, (source, Item: read!), static state => state.source.Remove(state.Item));
    }

    public override void Clear(ScriptContext context)
    {
        RequireWritable();
        HostElements.Run(context, source, static state =>
        {
            state.Clear();
            return true;
        });
    }

    protected override bool Has(T item) => source.Contains(item);

    private void RequireWritable()
    {
        if (source.IsReadOnly)
        {
            throw HostElements.ReadOnly("set");
        }
    }
}

/// <summary>A read-only set of the host.</summary>
internal sealed class HostReadOnlySet<T>(IReadOnlySet<T> source) : HostSetOf<T>
{
    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    protected override IEnumerable<T> Items => source;

    public override bool Add(ScriptContext context, in Value item) => throw HostElements.ReadOnly("set");

    public override bool Remove(ScriptContext context, in Value item) => throw HostElements.ReadOnly("set");

    public override void Clear(ScriptContext context) => throw HostElements.ReadOnly("set");

    protected override bool Has(T item) => source.Contains(item);
}
