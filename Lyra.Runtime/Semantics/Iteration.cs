using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Iteration from C# code over every value that <c>for</c> accepts, except channels, whose values a task must await:
/// <c>using SequenceReader reader = Iteration.Read(context, value); while (reader.MoveNext(out Value item)) …</c>
/// </summary>
internal static class Iteration
{
    /// <summary>The most <c>__iter</c> hooks in succession that may return a struct with <c>__iter</c> again.</summary>
    private const int MaxDelegations = 100;

    /// <summary>Starts an iteration.</summary>
    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that can't be iterated; any error that <c>__iter</c> throws.
    /// </exception>
    public static SequenceReader Read(ScriptContext context, in Value iterable)
    {
        if (iterable.Ref is ListObject list)
        {
            return new SequenceReader(context, list, isOwned: false);
        }

        Value source = Resolve(context, iterable, out bool isOwned);
        return new SequenceReader(context, (ScriptObject)source.Ref!, isOwned);
    }

    /// <summary>Appends every element of an iterable value to a list.</summary>
    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that can't be iterated, or an element that the list refuses; any error that an iterator throws; a limit is
    /// exceeded.
    /// </exception>
    public static void AppendTo(ScriptContext context, ListObject list, in Value iterable)
    {
        if (iterable.Ref is ListObject other)
        {
            context.Charge(other.Count + 1);
            list.AddRange(context, other);
            return;
        }

        using SequenceReader reader = Read(context, iterable);
        while (reader.MoveNext(out Value item))
        {
            list.Add(context, item);
        }
    }

    public static bool IsIterable(in Value value) => value.Ref is StructObject instance
        ? instance.Shape.Hooks.Iterate is not null
        : value.Ref is ListObject or TupleObject or ScriptString or HashTable or RangeObject or BytesObject or ScriptIterator
            or HostCollection
            or ScriptObject { Kind: ValueKind.Channel };

    /// <summary>
    /// Returns the object to iterate: the value itself, or the result of a struct's <c>__iter</c>. <paramref name="isOwned"/> is true when
    /// the hook returned it, or it was given, so that the iteration must close it.
    /// </summary>
    /// <exception cref="ScriptErrorException">
    /// TypeError for a value that can't be iterated; any error that <c>__iter</c> throws.
    /// </exception>
    public static Value Resolve(ScriptContext context, in Value iterable, out bool isOwned)
    {
        Value source = iterable;
        isOwned = false;
        for (int i = 0; source.Ref is StructObject { Shape.Hooks.Iterate: { } hook }; i++)
        {
            if (i == MaxDelegations)
            {
                throw Throw.TypeError(
                    $"__iter of {Throw.TypeName(iterable)} keeps returning structs with __iter; it must return an iterator");
            }

            source = context.InvokeMethod(hook, source, []);
            isOwned = true;
        }

        ScriptIterator? made = source.Ref switch
        {
            HostMap map => map.Iterate(context),
            HostSet set => set.Iterate(context),
            _ => null,
        };
        if (made is not null)
        {
            isOwned = true;
            return Value.FromObject(made);
        }

        Check(source);
        isOwned |= source.Ref is ScriptIterator { IsGiven: true };
        return source;
    }

    /// <summary>Checks that a value can be iterated. Of a struct, only its hook shows that.</summary>
    /// <exception cref="ScriptErrorException">TypeError.</exception>
    public static void Check(in Value source)
    {
        if (!IsIterable(source) && source.Ref is not StructObject { Shape.Hooks.Iterate: not null } and not HostMap and not HostSet)
        {
            throw Throw.TypeError($"{Throw.TypeName(source)} can't be iterated");
        }
    }
}

/// <summary>A running iteration. Charges a step per element. Not to be copied while in use.</summary>
internal struct SequenceReader : IDisposable
{
    private readonly ScriptContext _context;
    private readonly ScriptObject _source;
    private readonly Form _form;
    private readonly bool _isOwned;

    /// <summary>The count or version that must not change, for lists, maps and sets.</summary>
    private readonly int _stamp;

    private long _next;
    private bool _isDone;

    /// <summary>Reads a source that <see cref="Iteration.Resolve"/> returned.</summary>
    public SequenceReader(ScriptContext context, ScriptObject source, bool isOwned)
    {
        if (source.Kind == ValueKind.Channel)
        {
            throw Throw.TypeError("a channel can only be iterated by for, in an async proc or at the top level");
        }

        _context = context;
        _source = source;
        _form = FormOf(source);
        _isOwned = isOwned;
        _stamp = Stamp(source);
    }

    /// <summary>The class of the source, which is the same for all elements.</summary>
    private enum Form : byte
    {
        Iterator,
        List,
        HostList,
        Text,
        Range,
        Bytes,
        Tuple,
        Table,
    }

    /// <summary>The total number of elements if it is known in advance; null for iterators.</summary>
    public readonly long? KnownCount => _form switch
    {
        Form.List => As<ListObject>().Count,
        Form.HostList => As<HostList>().Count,
        Form.Text => As<ScriptString>().Length,
        Form.Range => As<RangeObject>().Count,
        Form.Bytes => As<BytesObject>().Items.Length,
        Form.Tuple => As<TupleObject>().Count,
        Form.Table => As<HashTable>().Count,
        Form.Iterator => null,
    };

    /// <summary>The size or version of a container, which an iteration requires to stay the same; 0 of one that can't change.</summary>
    public static int Stamp(ScriptObject source) => source switch
    {
        ListObject list => list.Count,
        HostList list => list.Count,
        HashTable table => table.Version,
        _ => 0,
    };

    /// <summary>The next element; false at the end.</summary>
    /// <exception cref="ScriptErrorException">
    /// ConcurrentModification after a change of size; any error that an iterator throws; a limit is exceeded.
    /// </exception>
    public bool MoveNext(out Value item)
    {
        _context.Charge(1);
        if (!_isDone && TryRead(out item))
        {
            return true;
        }

        _isDone = true;
        item = default;
        return false;
    }

    /// <summary>Ends the iteration. An iterator that belongs to the iteration is closed, unless it has reached its end.</summary>
    public void Dispose()
    {
        if (!_isDone && _isOwned && _source is ScriptIterator iterator)
        {
            _isDone = true;
            iterator.Close(_context);
        }
    }

    private static Form FormOf(ScriptObject source) => source switch
    {
        ListObject => Form.List,
        TupleObject => Form.Tuple,
        ScriptString => Form.Text,
        RangeObject => Form.Range,
        BytesObject => Form.Bytes,
        HashTable => Form.Table,
        HostList => Form.HostList,
        _ => Form.Iterator,
    };

    /// <summary>The source as the class that <see cref="_form"/> tells.</summary>
    private readonly T As<T>()
        where T : ScriptObject
        => Unsafe.As<T>(_source);

    private bool TryRead(out Value item)
    {
        switch (_form)
        {
            case Form.List:
                ListObject list = As<ListObject>();
                RequireUnchanged(list.Count);
                bool isInside = _next < list.Count;
                item = isInside ? list.Get((int)_next++) : default;
                return isInside;
            case Form.Table:
                RequireUnchanged(As<HashTable>().Version);
                return TryReadTable(As<HashTable>(), out item);
            case Form.Iterator:
                return Unsafe.As<ScriptIterator>(_source).MoveNext(_context, out item);
            case Form.HostList:
                RequireUnchanged(As<HostList>().Count);
                return TryReadIndexed(out item);
            case Form.Text or Form.Range or Form.Bytes or Form.Tuple:
                return TryReadIndexed(out item);
            default:
                throw new UnreachableException();
        }
    }

    private readonly void RequireUnchanged(int stamp)
    {
        if (stamp != _stamp)
        {
            throw Throw.ConcurrentModification(_source.TypeName);
        }
    }

    private bool TryReadIndexed(out Value item)
    {
        long next = _next++;
        bool isInside = next < KnownCount;
        item = !isInside ? default : _source switch
        {
            ScriptString text => Sequences.UnitAt(_context, text, (int)next),
            TupleObject tuple => tuple.Items[(int)next],
            BytesObject bytes => Value.FromInt(bytes.Items[next]),
            RangeObject range => range.ItemAt(_context, next),
            _ => As<HostList>().Get(_context, (int)next),
        };
        return isInside;
    }

    private bool TryReadTable(HashTable table, out Value key)
    {
        int position = table.NextPosition((int)_next);
        _next = position + 1;
        return table.TryKeyAt(position, out key);
    }
}
