using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// Copies a graph of values into an engine, which is charged for it. Shared objects stay shared, and cycles stay cycles. Instances of a
/// struct become instances of the struct that a global of the engine holds under the same name with the same fields.
/// </summary>
internal sealed class ValueCopier(Execution.Interpreter target)
{
    /// <summary>
    /// The copies by their source; that of a collection of the host, which is another value each time, by its .NET object.
    /// </summary>
    private readonly Dictionary<object, Value> _copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>The collections whose content is about to be copied, by the content.</summary>
    private readonly Dictionary<ScriptObject, object> _contents = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="ArgumentException">The graph contains something that can't be copied, such as a proc.</exception>
    /// <exception cref="ScriptErrorException">A limit of the engine is exceeded.</exception>
    public Value Copy(in Value value)
    {
        if (value.Ref is not ScriptObject source || source is ScriptString or BigInt or RangeObject or NativeProc)
        {
            return value;
        }

        if (_copies.TryGetValue(IdentityOf(source), out Value known))
        {
            return known;
        }

        target.Charge(1);
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return CopyObject(source);
        }

        Value copy = default;
        target.WithNativeStack(() => copy = CopyObject(source));
        return copy;
    }

    private Value CopyObject(ScriptObject source)
    {
        switch (source)
        {
            case HostCollection collection:
                return CopyCollection(collection);
            case ListObject list:
                return CopyList(list);
            case TupleObject tuple:
                return CopyTuple(tuple);
            case MapObject map:
                return CopyMap(map);
            case SetObject set:
                return CopySet(set);
            case StructObject instance:
                return CopyStruct(instance);
            case BytesObject bytes:
                target.ChargeMemory(BytesObject.BytesFor(bytes.Items.Length));
                return Add(source, new BytesObject((byte[])bytes.Items.Clone()));
            default:
                throw new ArgumentException(
                    $"A value of type {Throw.TypeName(Value.FromObject(source))} can't be copied to another engine. "
                    + "Only lists, tuples, maps, sets, bytes, structs and immutable values can.");
        }
    }

    private static object IdentityOf(ScriptObject source) => source is HostCollection collection ? collection.Source : source;

    /// <summary>The present content of a collection of the host, which stays known by the collection while it is copied.</summary>
    private Value CopyCollection(HostCollection source)
    {
        ScriptObject content = (ScriptObject)source.Copy(target).Ref!;
        _contents[content] = source.Source;
        return CopyObject(content);
    }

    private Value CopyList(ListObject source)
    {
        ListObject copy = Begin(source, new ListObject());
        copy.EnsureCapacity(target, source.Count);
        for (int i = 0; i < source.Count; i++)
        {
            copy.Add(target, Copy(source.Get(i)));
        }

        target.Unprotect();
        return Value.FromObject(copy);
    }

    private Value CopyTuple(TupleObject source)
    {
        target.ChargeMemory(source.OwnBytes);
        TupleObject copy = TupleObject.Of(new Value[source.Count]);
        Value result = Add(source, copy);
        target.Protect(copy);
        for (int i = 0; i < copy.Count; i++)
        {
            copy.Slot(i) = Copy(source.Items[i]);
        }

        target.Unprotect();
        return result;
    }

    private Value CopyMap(MapObject source)
    {
        MapObject copy = Begin(source, new MapObject());
        for (int position = 0; position < source.EntryLimit; position++)
        {
            if (source.TryEntryAt(position, out Value key, out Value value))
            {
                copy.Set(target, Copy(key), Copy(value));
            }
        }

        target.Unprotect();
        return Value.FromObject(copy);
    }

    private Value CopySet(SetObject source)
    {
        SetObject copy = Begin(source, new SetObject());
        for (int position = 0; position < source.EntryLimit; position++)
        {
            if (source.TryEntryAt(position, out Value item))
            {
                copy.Add(target, Copy(item));
            }
        }

        target.Unprotect();
        return Value.FromObject(copy);
    }

    private Value CopyStruct(StructObject source)
    {
        if (source.Shape.Enum is HostEnumType known)
        {
            // An engine without the enum has the name.
            return target.HostTypes?.FindEnum(known.ClrType)?.Find(known.NumberOf(source)) is { } member
                ? Value.FromObject(member)
                : Value.FromText(known.CaseOf(source).Name);
        }

        Shape shape = Counterpart(source.Shape);
        if (source.Shape is { IsPlain: true, Enum: { } owner } && shape.Enum!.FindCase(owner.CaseOf(source).Name) is { Value: { } value })
        {
            return Add(source, value);
        }

        StructObject copy = Begin(source, StructObject.Create(shape));
        for (int i = 0; i < shape.Fields.Length; i++)
        {
            Value field = Copy(source.Slot(i));
            if (shape.FieldTypes[i] is { } type)
            {
                SlotCheck.Convert(target, type, ref field);
            }

            shape.NoteStore(i, field);
            copy.Slot(i).Assign(field);
        }

        target.Unprotect();
        return Value.FromObject(copy);
    }

    /// <summary>The struct of the target engine whose instances stand for those of a struct of another engine.</summary>
    private Shape Counterpart(Shape shape)
    {
        object? declared = target.Globals.TryGetValue(shape.Name, out GlobalVariable? global) ? global.Value.Ref : null;
        bool isPair = declared switch
        {
            Shape found => shape.Enum is null && HaveSameFields(found, shape),
            EnumType found => shape.Enum is { } owner && HaveSameCases(found, owner),
            _ => false,
        };
        if (isPair)
        {
            return declared as Shape ?? ((EnumType)declared!).Cases[CaseIn(shape)].Shape!;
        }

        throw new ArgumentException(
            $"The engine has no struct {shape.Name} with the same fields; run the script that declares it there, then copy.");
    }

    private T Begin<T>(ScriptObject source, T copy)
        where T : ScriptObject
    {
        target.ChargeMemory(copy.OwnBytes);
        Add(source, copy);
        target.Protect(copy);
        return copy;
    }

    private Value Add(ScriptObject source, ScriptObject copy)
    {
        Value value = Value.FromObject(copy);
        _copies.Add(_contents.Remove(source, out object? collection) ? collection : source, value);
        return value;
    }

    private static bool HaveSameFields(Shape a, Shape b) =>
        Array.ConvertAll(a.Fields, static f => f.Name).AsSpan().SequenceEqual(Array.ConvertAll(b.Fields, static f => f.Name));

    private static bool HaveSameCases(EnumType a, EnumType b) =>
        a.Cases.Length == b.Cases.Length && a.Cases.Zip(b.Cases).All(
            static pair => pair.First.Name == pair.Second.Name && HaveSameFields(pair.First.Shape!, pair.Second.Shape!));

    /// <summary>The position of a case whose values are instances of a struct of an enum.</summary>
    private static int CaseIn(Shape shape) => Math.Max(shape.Ordinal, Array.FindIndex(shape.Enum!.Cases, member => member.Shape == shape));
}
