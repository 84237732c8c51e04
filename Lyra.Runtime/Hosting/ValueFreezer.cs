using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Copies a graph of values into one that never changes, which all engines and threads may use. Shared objects stay shared, cycles stay
/// cycles, and what is frozen already is not copied. A frozen list, map or set has an element type that takes no value, so the check of
/// element types that every store makes refuses stores in both tiers, and reading costs nothing more.
/// </summary>
internal sealed class ValueFreezer(ScriptContext context)
{
    private readonly Dictionary<object, ScriptObject> _copies = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(ScriptObject Source, ScriptObject Copy)> _unfilled = [];

    /// <summary>The frozen copy of a value.</summary>
    /// <exception cref="ArgumentException">The graph contains something that can't be frozen, such as a proc or an instance of a struct.
    /// </exception>
    /// <exception cref="ScriptErrorException">A limit of the context is exceeded.</exception>
    public Value Freeze(in Value value)
    {
        Value copy = CopyOf(value);
        while (_unfilled.TryDequeue(out (ScriptObject Source, ScriptObject Copy) next))
        {
            Fill(next.Source, next.Copy);
        }

        // Only a graph that is whole is shared: an exception before this leaves nothing that an engine could get.
        foreach (ScriptObject made in _copies.Values)
        {
            (made as OwnedObject)?.Share();
        }

        return copy;
    }

    private Value CopyOf(in Value value)
    {
        switch (value.Ref)
        {
            case not ScriptObject or BigInt or RangeObject or NativeProc or OwnedObject { Owner: OwnedObject.EveryEngine }:
                return value;
            case HostObject { IsPlainValue: true, Type: { IsOfLibrary: true } type } plain:
                context.ChargeMemory(HostObject.Bytes);
                return Add(plain, (ScriptObject)type.Wrap(plain.Target).Ref!);
            default:
                ScriptObject source = (ScriptObject)value.Ref!;
                return _copies.TryGetValue(source, out ScriptObject? known) ? Value.FromObject(known) : Make(source);
        }
    }

    private Value Make(ScriptObject source)
    {
        switch (source)
        {
            case ScriptString text:
                return Add(source, ScriptString.From(text.Text));
            case BytesObject bytes:
                return Add(source, new BytesObject((byte[])bytes.Items.Clone()));
            case TupleObject tuple:
                return MakeTuple(tuple);
            case HostCollection collection:
                return MakeCollection(collection);
            case ListObject list:
                return Later(list, new ListObject());
            case MapObject map:
                return Later(map, new MapObject());
            case SetObject set:
                return Later(set, new SetObject());
            default:
                throw Refusal(source);
        }
    }

    /// <summary>A tuple may be a key, so its elements are copied before it is used.</summary>
    private Value MakeTuple(TupleObject source)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return MakeTupleApart(source);
        }

        TupleObject copy = TupleObject.Of(new Value[source.Count]);
        Value result = Add(source, copy);
        for (int i = 0; i < copy.Count; i++)
        {
            copy.Slot(i) = CopyOf(source.Items[i]);
        }

        return result;
    }

    /// <summary>Continues on a new native stack. A separate method, because otherwise every tuple would allocate the closure.</summary>
    private Value MakeTupleApart(TupleObject source)
    {
        Value result = default;
        context.WithNativeStack(() => result = MakeTuple(source));
        return result;
    }

    /// <summary>The present content. A collection in a collection is another value each time, so it is found by its .NET object.</summary>
    private Value MakeCollection(HostCollection collection)
    {
        if (!_copies.TryGetValue(collection.Source, out ScriptObject? copy))
        {
            copy = (ScriptObject)Make((ScriptObject)collection.Copy(context).Ref!).Ref!;
            _copies.Add(collection.Source, copy);
        }

        return Value.FromObject(copy);
    }

    private Value Later(ScriptObject source, OwnedObject copy)
    {
        _unfilled.Enqueue((source, copy));
        return Add(source, copy);
    }

    private Value Add(ScriptObject source, ScriptObject copy)
    {
        _copies.Add(source, copy);
        return Value.FromObject(copy);
    }

    private void Fill(ScriptObject source, ScriptObject copy)
    {
        switch (source)
        {
            case ListObject list:
                Fill(list, (ListObject)copy);
                return;
            case MapObject map:
                Fill(map, (MapObject)copy);
                return;
            default:
                Fill((SetObject)source, (SetObject)copy);
                return;
        }
    }

    private void Fill(ListObject source, ListObject copy)
    {
        copy.EnsureCapacity(context, source.Count);
        for (int i = 0; i < source.Count; i++)
        {
            copy.Add(context, CopyOf(source.Get(i)));
        }

        copy.ElementType = BoundType.FrozenList;
    }

    private void Fill(MapObject source, MapObject copy)
    {
        for (int position = 0; position < source.EntryLimit; position++)
        {
            if (source.TryEntryAt(position, out Value key, out Value value))
            {
                copy.Set(context, CopyOf(key), CopyOf(value));
            }
        }

        copy.Annotation = BoundType.FrozenMap;
    }

    private void Fill(SetObject source, SetObject copy)
    {
        for (int position = 0; position < source.EntryLimit; position++)
        {
            if (source.TryEntryAt(position, out Value item))
            {
                copy.Add(context, CopyOf(item));
            }
        }

        copy.ElementType = BoundType.FrozenSet;
    }

    private static ArgumentException Refusal(ScriptObject source)
    {
        string why = source switch
        {
            StructObject instance => $"An instance of {instance.Shape.Name} can't be frozen, because its methods run in its engine. "
                + "Freeze a map of its fields.",
            HostObject => "An object of the host can't be frozen, because only its class knows whether it changes. Freeze its data.",
            _ => $"A value of type {Throw.TypeName(Value.FromObject(source))} can't be frozen, because it runs code of its engine or can "
                + "change.",
        };
        return new ArgumentException(why + " Only lists, tuples, maps, sets, bytes and immutable values can be frozen.");
    }
}
