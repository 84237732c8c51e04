using System;
using System.Collections;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Converts .NET values to script values. Containers are copied. Each <c>Unsafe.As</c> follows a test for exactly that type; a cast
/// through <c>object</c> would allocate until the method is fully optimized.
/// </summary>
internal static class HostWriter
{
    /// <summary>The deepest nesting of what the host passes in.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Elements of a sequence whose length only its end shows: a longer one is taken for endless. They take 256 MB.</summary>
    private const int MaxUncounted = 16 << 20;

    private static readonly TypeTable<bool> SetTypes = new();

    /// <summary>Returns the script value of a .NET value. Common types are written without boxing.</summary>
    /// <exception cref="ArgumentException">The value has no script counterpart, or belongs to another engine.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Write<T>(T value, ScriptContext? context = null)
    {
        if (typeof(T) == typeof(LyraValue))
        {
            return Received(Unsafe.As<T, LyraValue>(ref value).Raw, context);
        }

        if (typeof(T).IsValueType && typeof(T).IsEnum && context?.HostTypes?.FindEnum(typeof(T)) is { } owner
            && owner.Find(HostPlainValues.NumberOf(value)) is { } member)
        {
            return Value.FromObject(member);
        }

        if (HostPlainValues.TryWrite(value, out Value plain))
        {
            return plain;
        }

        if (typeof(T) == typeof(decimal) && context is not null)
        {
            return HostDecimal.Of(context, Unsafe.As<T, decimal>(ref value));
        }

        return WriteOther(value, context);
    }

    private static Value WriteOther<T>(T value, ScriptContext? context)
    {
        if (!typeof(T).IsValueType && value is not (null or string or LyraValue) && context?.HostTypes is { } types
            && types.TryWrap(value, out Value host))
        {
            context.ChargeMemory(HostObject.Bytes);
            return host;
        }

        return context is null ? WriteDetached(value, null) : WriteObject(value, context, 0);
    }

    /// <summary>
    /// Returns the script value of what a member of the host has returned. A property or element is a part of the object, as
    /// <see cref="WritePart"/> says. If the member is of an object, that keeps the value for the next time.
    /// </summary>
    /// <param name="value">The result.</param>
    /// <param name="context">The run.</param>
    /// <param name="owner">The first argument.</param>
    /// <param name="isProperty">Whether it is a property or an indexer.</param>
    /// <exception cref="ArgumentException">The value has no script counterpart, or belongs to another engine.</exception>
    /// <exception cref="ScriptErrorException">
    /// A limit, also where the process is out of memory: the conversion is Lyra's, and only the member's own exceptions are HostErrors.
    /// </exception>
    public static Value WriteResult<T>(T value, ScriptContext context, object? owner, bool isProperty)
    {
        try
        {
            return ResultOf(value, context, owner, isProperty);
        }
        catch (Exception e) when (e is OutOfMemoryException or InsufficientExecutionStackException)
        {
            throw new ScriptErrorException(ErrorObject.MemoryRefused());
        }
    }

    private static Value ResultOf<T>(T value, ScriptContext context, object? owner, bool isProperty)
    {
        if (typeof(T).IsValueType || value is null || owner is not HostObject receiver)
        {
            return isProperty ? WritePart(value, context) : Write(value, context);
        }

        if (FindResult(value, context, receiver, isProperty) is { } kept)
        {
            return Value.FromObject(kept);
        }

        Value made = value is string ? WriteObject(value, context, 0)
            : isProperty ? WritePart(value, context)
            : Write(value, context);
        if (CanBeKept(value, made))
        {
            receiver.KeepResult(context, value, (ScriptObject)made.Ref!);
        }

        return made;
    }

    /// <summary>
    /// Whether the value of an object, collection or text can be used again: it refers to the object, or is that of a string. Other objects
    /// may be converted to something else next time.
    /// </summary>
    public static bool CanBeKept(object? source, in Value value) =>
        value.Ref is HostObject { Type: not null } or HostCollection || (value.Ref is ScriptString && source is string);

    /// <summary>
    /// The value that <see cref="WriteResult"/> has made for a result before; null when it is not kept, and for no result.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScriptObject? FindResult(object? result, ScriptContext context, HostObject? owner, bool isProperty)
    {
        ScriptObject? kept = owner?.FindResult(result, context.HostTypes?.State);
        return isProperty || kept is null || !ScriptObject.IsHostCollection(kept) ? kept : null;
    }

    /// <summary>
    /// Returns the script value of a part of an object or collection of the host: of a property, an element, a key. If it is a collection,
    /// or a tuple with collections, these are used in place, so that a script never changes a copy of a part. Other values are written as
    /// <see cref="Write"/> does, and so are collections whose type is defined.
    /// </summary>
    /// <exception cref="ArgumentException">The value has no script counterpart, or belongs to another engine.</exception>
    public static Value WritePart<T>(T value, ScriptContext context) => WritePartAt(value, context, 0);

    private static Value WritePartAt<T>(T value, ScriptContext context, int depth)
    {
        // Numbers, bools, texts and dates are the IConvertibles: a test for these is cheaper than the search for a collection's kind.
        if (typeof(T) == typeof(LyraValue) || value is null or IConvertible || context.HostTypes?.Find(value.GetType()) is not null)
        {
            return Write(value, context);
        }

        if (HostCollections.TryWrap(value, out Value collection))
        {
            context.ChargeMemory(((ScriptObject)collection.Ref!).OwnBytes);
            return collection;
        }

        return value is ITuple tuple ? WriteTuple(tuple, context, WritePartAt, depth) : Write(value, context);
    }

    /// <summary>Returns the script value of an object that the host passes to an engine outside a run.</summary>
    /// <param name="value">The object.</param>
    /// <param name="engine">The engine.</param>
    /// <exception cref="ArgumentException">The value has no script counterpart.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value WriteFor<T>(T value, IScriptCaller engine) =>
        typeof(T).IsPrimitive || typeof(T) == typeof(LyraValue) || typeof(T) == typeof(string) || engine.HostTypes is not { } types
            ? Write(value)
            : WriteDetached(value, types);

    /// <summary>Returns the script value of an object that the host defines in an engine, as <see cref="WritePart"/> does.</summary>
    /// <param name="value">The object.</param>
    /// <param name="engine">The engine.</param>
    /// <exception cref="ArgumentException">The value has no script counterpart.</exception>
    public static Value WritePartFor(object? value, IScriptCaller engine) =>
        HostCollections.TryWrap(value, out Value collection) ? collection
        : value is ITuple ? WriteDetached(value, engine.HostTypes, WritePartAt)
        : WriteFor(value, engine);

    private static Value WriteDetached(object? value, HostTypeTable? types) => WriteDetached(value, types, WriteObject);

    /// <summary>Converts outside a run. No script can catch an error there, so the host gets a .NET exception.</summary>
    private static Value WriteDetached(object? value, HostTypeTable? types, Func<object?, ScriptContext, int, Value> write)
    {
        DetachedContext context = DetachedContext.ForHostValuesOf(types);
        try
        {
            return write(value, context, 0);
        }
        catch (ScriptErrorException e)
        {
            throw new ArgumentException(
                $"There is no script value for this object of the .NET type {value?.GetType()}: {e.Error.Message}.",
                LyraException.From(e.Error));
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            // The process is out of memory.
            throw LyraException.From(error);
        }
        finally
        {
            // The context is the thread's, and must not keep types of the host alive.
            context.HostTypes = null;
        }
    }

    /// <summary>
    /// Takes a script value that the host passes in. The script may already hold it; it is charged as if it did not. The next heap walk
    /// corrects what was charged twice.
    /// </summary>
    private static Value Received(in Value value, ScriptContext? context)
    {
        if (context is not null && value.Ref is ScriptObject made)
        {
            EngineBoundary.Enter(context, value, charges: true);
            context.ChargeMemory(made.OwnBytes);
        }

        return value;
    }

    private static Value WriteObject(object? value, ScriptContext context, int depth)
    {
        switch (value)
        {
            case null:
                return default;
            case string text:
                context.ChargeMemory(ScriptString.BytesFor(text.Length));
                return Value.FromText(text);
            case LyraValue script:
                return Received(script.Raw, context);
            case Enum member:
                return context.HostTypes?.FindEnum(member.GetType())?.Find(HostEnum.NumberOf(member)) is { } known
                    ? Value.FromObject(known)
                    : Value.FromText(member.ToString());
            case decimal exact:
                return HostDecimal.Of(context, exact);
            case IConvertible when TryWritePrimitive(value, out Value primitive):
                return primitive;
            case Delegate target:
                context.ChargeMemory(DelegateAdapter.Bytes);
                return Value.FromObject(new NativeProc(DelegateAdapter.Create(DelegateAdapter.DefaultName, target)));
            default:
                return WriteOther(value, context, depth);
        }
    }

    private static bool TryWritePrimitive(object value, out Value result)
    {
        switch (value)
        {
            case bool b:
                result = Value.FromBool(b);
                return true;
            case char c:
                result = Value.FromObject(ScriptString.FromChar(c));
                return true;
            case ulong u:
                result = Value.FromBig(u);
                return true;
            case sbyte or byte or short or ushort or int or uint or long:
                result = Value.FromInt(Convert.ToInt64(value, null));
                return true;
            case double d:
                result = Value.FromFloat(d);
                return true;
            case float f:
                result = Value.FromFloat(f);
                return true;
            default:
                result = default;
                return false;
        }
    }

    private static Value WriteOther(object value, ScriptContext context, int depth)
    {
        switch (value)
        {
            case BigInteger big:
                return Received(Value.FromBig(big), context);
            case nint n:
                return Value.FromInt(n);
            case nuint n:
                return Value.FromBig(n);
            case Int128 i:
                return Value.FromBig(i);
            case UInt128 i:
                return Value.FromBig(i);
            case Half h:
                return Value.FromFloat((double)h);
            case LyraListView list:
                return Received(Value.FromObject(list.Source), context);
            case LyraMapView map:
                return Received(Value.FromObject(map.Source), context);
            case var _ when context.HostTypes is { } types && types.TryWrap(value, out Value host):
                context.ChargeMemory(HostObject.Bytes);
                return host;
            case var _ when HostScalars.TryWrite(value, context, out Value scalar):
                return scalar;
            default:
                return WriteContainer(value, context, depth);
        }
    }

    private static Value WriteContainer(object value, ScriptContext context, int depth)
    {
        CheckDepth(depth);
        switch (value)
        {
            case byte[] bytes:
                context.ChargeMemory(BytesObject.BytesFor(bytes.Length));
                return Value.FromObject(new BytesObject((byte[])bytes.Clone()));
            case ITuple tuple:
                return WriteTuple(tuple, context, WriteObject, depth);
            case IDictionary dictionary:
                return WriteMap(dictionary, context, depth);
            case IEnumerable items when IsSet(value.GetType()):
                return WriteSet(items, context, depth);
            case IEnumerable items:
                return WriteList(items, context, depth);
            case var _ when HostCollections.TryWrap(value, out Value inPlace):
                // What can't be copied: an async sequence, a block of memory.
                context.ChargeMemory(HostCollection.Bytes);
                return inPlace;
            default:
                // Only where the host asks for a copy: otherwise a script would see all properties of an object that a delegate returns.
                return context is DetachedContext && HostRecords.For(value.GetType()) is { } records
                    ? WriteRecord(value, records, context, depth)
                    : throw new ArgumentException(
                        $"There is no script value for an object of the .NET type {value.GetType()}; "
                            + $"engine.DefineType lets scripts use it. {HostRecords.HintFor(value.GetType())}".TrimEnd());
        }
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"The .NET object contains itself or is nested deeper than {MaxDepth} levels.");
        }
    }

    private static Value WriteRecord(object value, HostRecords records, ScriptContext context, int depth)
    {
        MapObject map = new();
        foreach ((string name, object? item) in records.Read(value))
        {
            map.Set(context, Value.FromText(name), WriteObject(item, context, depth + 1));
        }

        return Value.FromObject(map);
    }

    private static Value WriteTuple(ITuple tuple, ScriptContext context, Func<object?, ScriptContext, int, Value> write, int depth)
    {
        CheckDepth(depth);
        Value[] items = new Value[tuple.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = write(tuple[i], context, depth + 1);
        }

        TupleObject result = TupleObject.Of(items);
        context.ChargeMemory(result.OwnBytes);
        return Value.FromObject(result);
    }

    private static Value WriteMap(IDictionary dictionary, ScriptContext context, int depth)
    {
        MapObject map = new();
        using Construction construction = new(context, map);
        IDictionaryEnumerator entries = dictionary.GetEnumerator();
        while (entries.MoveNext())
        {
            map.Set(context, WriteObject(entries.Key, context, depth + 1), WriteObject(entries.Value, context, depth + 1));
        }

        (entries as IDisposable)?.Dispose();
        return Value.FromObject(map);
    }

    private static Value WriteSet(IEnumerable items, ScriptContext context, int depth)
    {
        SetObject set = new();
        using Construction construction = new(context, set);
        foreach (object? item in items)
        {
            set.Add(context, WriteObject(item, context, depth + 1));
        }

        return Value.FromObject(set);
    }

    private static Value WriteList(IEnumerable items, ScriptContext context, int depth)
    {
        ListObject list = new();
        using Construction construction = new(context, list);
        bool isCounted = items is ICollection;
        foreach (object? item in items)
        {
            context.Charge(1);
            list.Add(context, WriteObject(item, context, depth + 1));
            if (list.Count == MaxUncounted && !isCounted)
            {
                throw Throw.ValueError(
                    $"the sequence has at least {MaxUncounted} elements, and may be endless; pass a collection with a count instead");
            }
        }

        return Value.FromObject(list);
    }

    /// <summary>A container that is being filled. It is charged, and heap walks count it although no script can reach it yet.</summary>
    private readonly ref struct Construction
    {
        private readonly ScriptContext _context;

        public Construction(ScriptContext context, ScriptObject container)
        {
            context.ChargeMemory(container.OwnBytes);
            context.Protect(container);
            _context = context;
        }

        public void Dispose() => _context.Unprotect();
    }

    private static bool IsSet(Type type) => SetTypes.GetOrAdd(
        type,
        static t => HostInterfaces.Find(t, typeof(ISet<>)) is not null || HostInterfaces.Find(t, typeof(IReadOnlySet<>)) is not null);
}
