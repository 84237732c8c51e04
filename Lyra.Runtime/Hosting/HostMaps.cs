using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>What dictionaries of the host that can be written and those that can't have in common.</summary>
internal abstract class HostMap<TKey, TValue> : HostMap
    where TKey : notnull
{
    protected abstract IEnumerable<KeyValuePair<TKey, TValue>> Entries { get; }

    public override bool TryGet(ScriptContext context, in Value key, out Value value)
    {
        if (TryPeek(key, out bool has, out value))
        {
            return has;
        }

        if (!HostReader.TryRead(key, context, out TKey? read) || read is null)
        {
            return false;
        }

        bool found;
        TValue? item;
        context.HasForeignAllocations = true;
        try
        {
            found = TryFind(read, out item);
        }
        catch (Exception e)
        {
            // As in HostElements.Run, whose delegate has no out parameter: every exception of the host becomes an error of the script.
            throw DelegateAdapter.Failed(context, e);
        }

        value = found ? HostElements.Write(item, context) : default;
        return found;
    }

    public override Value Copy(ScriptContext context)
    {
        MapObject copy = new();
        context.ChargeMemory(copy.OwnBytes);
        context.Protect(copy);
        HostEntryIterator entries = (HostEntryIterator)Iterate(context);
        while (entries.MoveNext(context, out Value key, out Value value))
        {
            context.Charge(1);
            copy.Set(context, key, value);
        }

        context.Unprotect();
        return Value.FromObject(copy);
    }

    public override ScriptIterator Iterate(ScriptContext context) => new EntryIterator(this, Entries.GetEnumerator());

    protected abstract bool TryFind(TKey key, out TValue? value);

    private sealed class EntryIterator(HostMap<TKey, TValue> map, IEnumerator<KeyValuePair<TKey, TValue>> entries) : HostEntryIterator
    {
        private readonly int _count = map.Count;

        public override bool MoveNext(ScriptContext context, out Value key, out Value value)
        {
            (key, value) = (default, default);
            if (IsDone)
            {
                return false;
            }

            if (map.Count != _count)
            {
                throw Throw.ConcurrentModification("map");
            }

            if (!HostElements.Run(context, entries, static state => state.MoveNext()))
            {
                Close(context);
                return false;
            }

            key = HostElements.Write(entries.Current.Key, context);
            value = HostElements.Write(entries.Current.Value, context);
            return true;
        }

        public override void Close(ScriptContext context)
        {
            IsDone = true;
            entries.Dispose();
        }

        public override void VisitReferences(HeapVisitor visitor) => visitor.Visit(map);
    }
}

/// <summary>A dictionary of the host as a map of the script.</summary>
internal sealed class HostDictionary<TKey, TValue>(IDictionary<TKey, TValue> source) : HostMap<TKey, TValue>
    where TKey : notnull
{
    private readonly PlainDictionary<TKey, TValue>? _plain =
        OfPlatform(source) is { } table ? PlainDictionary<TKey, TValue>.Of(table) : null;

    public override bool IsPlainTable { get; } = OfPlatform(source) is not null;

    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    protected override IEnumerable<KeyValuePair<TKey, TValue>> Entries => source;

    public override void Set(ScriptContext context, in Value key, in Value value)
    {
        RequireWritable();
        TKey read = HostElements.Read<TKey>(context, key, "map's keys");
        TValue item = HostElements.Read<TValue>(context, value, "map");
        HostElements.Run(context, (source, read, item), static state => state.source[state.read] = state.item);
    }

    public override bool Remove(ScriptContext context, in Value key)
    {
        RequireWritable();
        return HostReader.TryRead(key, context, out TKey? read) && read is not null
            && HostElements.Run(context, (source, read), static state => state.source.Remove(state.read));
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

    public override bool TryPeek(in Value key, out bool found, out Value value) =>
        _plain is { } plain ? plain.TryPeek(key, out found, out value) : base.TryPeek(key, out found, out value);

    protected override bool TryFind(TKey key, out TValue? value) => source.TryGetValue(key, out value);

    /// <summary>The dictionary, if its accesses run no code of the host; otherwise null.</summary>
    private static Dictionary<TKey, TValue>? OfPlatform(IDictionary<TKey, TValue> source) =>
        source.GetType() == typeof(Dictionary<TKey, TValue>) && (Dictionary<TKey, TValue>)source is { } table
        && HostElements.AreComparedByPlatform(table.Comparer) ? table : null;

    private void RequireWritable()
    {
        if (source.IsReadOnly)
        {
            throw HostElements.ReadOnly("map");
        }
    }
}

/// <summary>A read-only dictionary of the host.</summary>
internal sealed class HostReadOnlyDictionary<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> source) : HostMap<TKey, TValue>
    where TKey : notnull
{
    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    protected override IEnumerable<KeyValuePair<TKey, TValue>> Entries => source;

    public override void Set(ScriptContext context, in Value key, in Value value) => throw HostElements.ReadOnly("map");

    public override bool Remove(ScriptContext context, in Value key) => throw HostElements.ReadOnly("map");

    public override void Clear(ScriptContext context) => throw HostElements.ReadOnly("map");

    protected override bool TryFind(TKey key, out TValue? value) => source.TryGetValue(key, out value);
}
