using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>A list of the host of a class of its own, whose members run the host's code.</summary>
internal sealed class HostList<T>(IList<T> source) : HostList
{
    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    public override Value Get(ScriptContext context, int index) => HostElements.Write(
        HostElements.Run(context, (source, index), static state => state.source[state.index]), context);

    public override void Set(ScriptContext context, int index, in Value value)
    {
        RequireWritable();
        T item = HostElements.Read<T>(context, value, "list");
        HostElements.Run(context, (source, index, item), static state => state.source[state.index] = state.item);
    }

    public override void Insert(ScriptContext context, int index, in Value value)
    {
        RequireWritable();
        T item = HostElements.Read<T>(context, value, "list");
        HostElements.Run(context, (source, index, item), static state =>
        {
            state.source.Insert(state.index, state.item);
            return true;
        });
    }

    public override Value RemoveAt(ScriptContext context, int index)
    {
        RequireWritable();
        Value removed = Get(context, index);
        HostElements.Run(context, (source, index), static state =>
        {
            state.source.RemoveAt(state.index);
            return true;
        });
        return removed;
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

    private void RequireWritable()
    {
        if (source.IsReadOnly)
        {
            throw HostElements.ReadOnly("list");
        }
    }
}

/// <summary>A read-only list of the host.</summary>
internal sealed class HostReadOnlyList<T>(IReadOnlyList<T> source) : HostList
{
    public override object Source => source;

    public override int Count => HostElements.CountOf(source, static state => state.Count);

    public override Value Get(ScriptContext context, int index) => HostElements.Write(
        HostElements.Run(context, (source, index), static state => state.source[state.index]), context);

    public override void Set(ScriptContext context, int index, in Value value) => throw HostElements.ReadOnly("list");

    public override void Insert(ScriptContext context, int index, in Value value) => throw HostElements.ReadOnly("list");

    public override Value RemoveAt(ScriptContext context, int index) => throw HostElements.ReadOnly("list");

    public override void Clear(ScriptContext context) => throw HostElements.ReadOnly("list");
}

/// <summary>A block of memory that is no array: a list of fixed size.</summary>
internal sealed class HostMemory<T>(Memory<T> source) : HostList
{
    public override object Source { get; } = source;

    public override int Count => source.Length;

    public override Value Get(ScriptContext context, int index) => HostElements.Write(source.Span[index], context);

    public override void Set(ScriptContext context, int index, in Value value) =>
        source.Span[index] = HostElements.Read<T>(context, value, "array");

    public override void Insert(ScriptContext context, int index, in Value value) => throw HostElements.FixedSize();

    public override Value RemoveAt(ScriptContext context, int index) => throw HostElements.FixedSize();

    public override void Clear(ScriptContext context) => throw HostElements.FixedSize();
}

/// <summary>A sequence of the host, read lazily, so that it may be endless.</summary>
internal sealed class HostSequence<T>(IEnumerator<T> source) : ScriptIterator
{
    public override long OwnBytes => 40;

    public override bool MoveNext(ScriptContext context, out Value value)
    {
        value = default;
        if (IsDone)
        {
            return false;
        }

        bool hasNext;
        try
        {
            hasNext = HostElements.Run(context, source, static state => state.MoveNext());
        }
        catch (ScriptErrorException)
        {
            IsDone = true;
            throw;
        }

        if (!hasNext)
        {
            Close(context);
            return false;
        }

        value = HostElements.Write(source.Current, context);
        return true;
    }

    public override void Close(ScriptContext context)
    {
        if (!IsDone)
        {
            IsDone = true;
            HostElements.Run(context, source, static state =>
            {
                state.Dispose();
                return true;
            });
        }
    }
}
