using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A list of the host whose elements lie in one block of memory: a <see cref="List{T}"/>, an array, or a part of an array. Counting and
/// reading them runs none of the host's code, so compiled code may do both, and repeat them.
/// </summary>
/// <remarks>
/// The script values of the first <see cref="MaxKept"/> objects and texts are kept by position and used again, so that only the first two
/// loops over a list make values. An object that the host has moved gets another value; the two are equal, as scripts see it.
/// </remarks>
internal abstract class HostItems : HostList
{
    /// <summary>The values that are kept: at most 0.9 MB, with the table.</summary>
    public const int MaxKept = 1 << 14;

    /// <summary>The bytes of a position in the table.</summary>
    private const int BytesPerPosition = 16;

    /// <summary>Objects and texts that were at a position, and their values.</summary>
    private (object Source, ScriptObject Value)[] _kept = [];

    /// <summary>The position after the last one whose value was made.</summary>
    private int _made;

    /// <summary>The position after the last one whose value is kept.</summary>
    private int _end;

    /// <summary>The state of the engine's types for which the values were made.</summary>
    private object? _types;

    /// <summary>The .NET type of the elements.</summary>
    public abstract HostElement Element { get; }

    /// <summary>
    /// The element at an index, if reading it can't fail and charges nothing; false also where another thread of the host has removed it
    /// meanwhile.
    /// </summary>
    public abstract bool TryPeek(ScriptContext context, int index, out Value value);

    /// <summary>
    /// Forgets the values, which can be made again. So they do not count when the engine looks for memory that a limit allows, and objects
    /// that the host has removed from the list are not kept alive.
    /// </summary>
    public override void VisitReferences(HeapVisitor visitor) => Forget();

    /// <summary>The value that was made for an element when it was at a position before; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TryGetKept(ScriptContext context, int index, int count, object source, out Value value)
    {
        (object Source, ScriptObject Value)[] kept = _kept;
        if ((uint)index < (uint)kept.Length && ReferenceEquals(kept[index].Source, source)
            && _end <= count && ReferenceEquals(_types, context.HostTypes?.State))
        {
            value = Value.FromObject(kept[index].Value);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Makes the value of an element, and keeps that of an object or text, if positions are read more than once.</summary>
    protected Value Make<T>(ScriptContext context, int index, int count, T source)
    {
        Value value = HostElements.Write(source, context);
        if (!typeof(T).IsValueType && index < _made && index < MaxKept && HostWriter.CanBeKept(source, value))
        {
            Keep(context, index, count, source!, (ScriptObject)value.Ref!);
        }

        _made = Math.Max(_made, index + 1);
        return value;
    }

    private void Keep(ScriptContext context, int index, int count, object source, ScriptObject made)
    {
        object? types = context.HostTypes?.State;
        if (!ReferenceEquals(_types, types))
        {
            Forget();
            _types = types;
        }

        if (_end > count)
        {
            Array.Clear(_kept, count, _end - count);
            _end = count;
        }

        if (index >= _kept.Length)
        {
            // The table is optional: if the memory limit leaves no room for it, the values are not kept.
            int size = Math.Min(Math.Max(count, 2 * _kept.Length), MaxKept);
            if (!context.Memory.TryCharge((long)BytesPerPosition * size))
            {
                return;
            }

            Array.Resize(ref _kept, size);
        }

        _kept[index] = (source, made);
        _end = Math.Max(_end, index + 1);
    }

    private void Forget()
    {
        _kept = [];
        _end = 0;
    }
}

/// <summary>Elements of one type.</summary>
internal sealed class HostItems<T> : HostItems
{
    private readonly List<T>? _list;
    private readonly ArraySegment<T> _part;

    /// <summary>A list of the host.</summary>
    public HostItems(List<T> source)
    {
        _list = source;
        Source = source;
    }

    /// <summary>An array of the host, or a part of one.</summary>
    /// <param name="part">The elements.</param>
    /// <param name="source">The object that the host gave.</param>
    public HostItems(ArraySegment<T> part, object source)
    {
        _part = part;
        Source = source;
    }

    public override object Source { get; }

    public override HostElement Element => HostElement<T>.Instance;

    public override int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _list?.Count ?? _part.Count;
    }

    /// <summary>Whether reading a number or bool of this type can't fail.</summary>
    private static bool IsPlain
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(float) || typeof(T) == typeof(double)
            || typeof(T) == typeof(bool) || typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short)
            || typeof(T) == typeof(ushort) || typeof(T) == typeof(uint);
    }

    private Span<T> Items
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _list is { } list ? CollectionsMarshal.AsSpan(list) : _part.AsSpan();
    }

    private string What => _list is null ? "array" : "list";

    /// <summary>The element at an index; the default where another thread of the host has removed it meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? Read(long index)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool TryPeek(ScriptContext context, int index, out Value value)
    {
        Span<T> items = Items;
        if ((uint)index < (uint)items.Length)
        {
            if (IsPlain)
            {
                value = HostWriter.Write(items[index], context);
                return true;
            }

            if (!typeof(T).IsValueType && items[index] is { } target)
            {
                return TryGetKept(context, index, items.Length, target, out value);
            }
        }

        value = default;
        return false;
    }

    public override Value Get(ScriptContext context, int index)
    {
        if (TryPeek(context, index, out Value value))
        {
            return value;
        }

        Span<T> items = Items;
        return (uint)index < (uint)items.Length ? Make(context, index, items.Length, items[index]) : default;
    }

    public override void Set(ScriptContext context, int index, in Value value) =>
        Write(index, HostElements.Read<T>(context, value, What));

    public override void Insert(ScriptContext context, int index, in Value value)
    {
        List<T> list = _list ?? throw HostElements.FixedSize();
        T item = HostElements.Read<T>(context, value, What);
        context.HasForeignAllocations = true;
        list.Insert(index, item);
    }

    public override Value RemoveAt(ScriptContext context, int index)
    {
        List<T> list = _list ?? throw HostElements.FixedSize();
        Value removed = Get(context, index);
        list.RemoveAt(index);
        return removed;
    }

    public override void Clear(ScriptContext context) => (_list ?? throw HostElements.FixedSize()).Clear();
}
