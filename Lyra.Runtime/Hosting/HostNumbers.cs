using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A list of ints or floats of the host: a <see cref="List{T}"/>, an array, or a part of an array. Its elements lie in one block of memory,
/// which compiled code reads and writes without boxing and without interface calls.
/// </summary>
/// <typeparam name="T"><see langword="long"/> or <see langword="double"/>.</typeparam>
internal sealed class HostNumbers<T> : HostList
    where T : unmanaged
{
    private readonly List<T>? _list;
    private readonly ArraySegment<T> _part;

    /// <summary>A list of the host.</summary>
    public HostNumbers(List<T> source)
    {
        _list = source;
        Source = source;
    }

    /// <summary>An array of the host, or a part of one.</summary>
    /// <param name="part">The elements.</param>
    /// <param name="source">The object that the host gave.</param>
    public HostNumbers(ArraySegment<T> part, object source)
    {
        _part = part;
        Source = source;
    }

    public override object Source { get; }

    public override int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _list?.Count ?? _part.Count;
    }

    private Span<T> Items
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _list is { } list ? CollectionsMarshal.AsSpan(list) : _part.AsSpan();
    }

    private string What => _list is null ? "array" : "list";

    /// <summary>The element at an index; 0 where another thread of the host has removed it meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read(long index)
    {
        Span<T> items = Items;
        return (ulong)index < (ulong)items.Length ? items[(int)index] : default;
    }

    /// <summary>Replaces an element, unless another thread of the host has removed it meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(long index, T value)
    {
        Span<T> items = Items;
        if ((ulong)index < (ulong)items.Length)
        {
            items[(int)index] = value;
        }
    }

    public override Value Get(ScriptContext context, int index) => typeof(T) == typeof(long)
        ? Value.FromInt((long)(object)Read(index))
        : Value.FromFloat((double)(object)Read(index));

    public override void Set(ScriptContext context, int index, in Value value) =>
        Write(index, HostElements.Read<T>(context, value, What));

    public override void Insert(ScriptContext context, int index, in Value value)
    {
        List<T> list = _list ?? throw HostElements.FixedSize();
        T item = HostElements.Read<T>(context, value, What);
        context.HasForeignAllocations = true;
        list.Insert(index, item);
    }

    public override void Clear(ScriptContext context) => (_list ?? throw HostElements.FixedSize()).Clear();

    public override Value RemoveAt(ScriptContext context, int index)
    {
        List<T> list = _list ?? throw HostElements.FixedSize();
        Value removed = Get(context, index);
        list.RemoveAt(index);
        return removed;
    }
}
