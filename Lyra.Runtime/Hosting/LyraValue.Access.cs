using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Elements, keys, fields and methods.</content>
public readonly partial struct LyraValue
{
    /// <summary>The number of elements of a list, tuple, range or bytes, of entries of a map or set, of code units of a str.</summary>
    /// <exception cref="InvalidOperationException">The value has no length.</exception>
    /// <exception cref="LyraException">The <c>__len</c> of a struct, or the count of a collection of the host, threw an error.</exception>
    /// <exception cref="OverflowException">It exceeds the range of int: only that of a range can.</exception>
    public int Length => Raw.Ref switch
    {
        ListObject or TupleObject or BytesObject or RangeObject or HashTable or ScriptString =>
            checked((int)Indexing.Length(DetachedContext.ForScriptValues, Raw).AsInt),
        HostCollection collection => CountOf(collection),
        StructObject { Shape.Hooks.Length: not null } => checked((int)Owner().LengthOf(Raw).AsInt),
        _ => throw new InvalidOperationException($"A value of type {Throw.TypeName(Raw)} has no length."),
    };

    /// <summary>
    /// Gets or sets the value under a key of a map, a field of a struct, or a property of an object of the host. Setting a key that a map
    /// does not have adds it. Members of other values, such as the <c>message</c> of an error or a method, can be read.
    /// </summary>
    /// <param name="name">The key, or the name of the member.</param>
    /// <exception cref="KeyNotFoundException">The map has no such key, or the struct no such field or method.</exception>
    /// <exception cref="ArgumentException">The value to set belongs to another engine.</exception>
    /// <exception cref="InvalidOperationException">The value has no members, or another thread is using its engine.</exception>
    /// <exception cref="LyraException">The value can't be changed so: its annotation refuses the new value, or it has no such
    /// member.</exception>
    public LyraValue this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return Raw.Ref switch
            {
                MapObject or HostMap => this[LyraValue.From(name)],
                StructObject instance => MemberOf(instance, name),
                _ => new LyraValue(Owner().GetMember(Raw, name)),
            };
        }

        set
        {
            ArgumentNullException.ThrowIfNull(name);
            if (Raw.Ref is MapObject or HostMap)
            {
                SetItem(Value.FromText(name), value);
                return;
            }

            Owner().SetMember(Raw, name, value.Raw);
        }
    }

    /// <summary>Gets or sets an element of a list, tuple, range, str or bytes, or the value under a key of a map.</summary>
    /// <param name="index">The index from 0, or the key.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no element at the index.</exception>
    /// <exception cref="KeyNotFoundException">The map has no such key.</exception>
    /// <exception cref="ArgumentException">The value to set belongs to another engine.</exception>
    /// <exception cref="InvalidOperationException">The value has no elements, or another thread is using its engine.</exception>
    /// <exception cref="LyraException">The value can't be changed so: it is a tuple, its annotation refuses the new value.</exception>
    public LyraValue this[int index]
    {
        get => LyraListView.Fits(Raw) ? new LyraListView((ScriptObject)Raw.Ref!)[index] : this[(LyraValue)index];
        set => this[(LyraValue)index] = value;
    }

    /// <summary>Gets or sets an element by its index, or the value under a key.</summary>
    /// <param name="key">An index, or the key of a map.</param>
    /// <inheritdoc cref="this[int]"/>
    public LyraValue this[LyraValue key]
    {
        get
        {
            try
            {
                return ItemAt(key);
            }
            catch (Exception e) when (ErrorObject.From(e) is { } error)
            {
                throw LyraException.From(error);
            }
        }

        set
        {
            if (Raw.Ref is StructObject { Shape.Hooks.SetIndex: null } instance && key.Raw.Ref is ScriptString name)
            {
                Owner().SetMember(Raw, name.Text, value.Raw);
                return;
            }

            if (Raw.Ref is ListObject or BytesObject or HostList)
            {
                CheckIndex(key, Length);
            }

            SetItem(key.Raw, value);
        }
    }

    /// <summary>Calls a method of the value, or a proc in its field, as <c>value.name(…)</c> in a script does.</summary>
    /// <param name="name">The name of the method.</param>
    /// <param name="arguments">The arguments. Numbers, strings and bools convert implicitly.</param>
    /// <returns>The result.</returns>
    /// <exception cref="LyraException">The value has no such method, or the method threw an error and did not catch it.</exception>
    /// <inheritdoc cref="Invoke(ReadOnlySpan{LyraValue})"/>
    public LyraValue CallMethod(string name, params ReadOnlySpan<LyraValue> arguments) =>
        CallMethod(name, arguments, CancellationToken.None);

    /// <inheritdoc cref="CallMethod(string, ReadOnlySpan{LyraValue})"/>
    /// <param name="name">The name of the method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="LyraCanceledException">The token was cancelled.</exception>
    public LyraValue CallMethod(string name, ReadOnlySpan<LyraValue> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        IScriptCaller owner = Owner();
        return ScriptCalls.Call(owner, owner.GetMethod(Raw, name), arguments, cancellationToken);
    }

    /// <summary>
    /// Makes an immutable copy of the value and everything in it, which any number of engines and threads may use at the same time. To
    /// change it is an error; <c>copy()</c> in a script gives a list, map or set that can change. Objects that occur several times are
    /// copied once, cycles stay cycles, and frozen values and parts are not copied again. The engine of the value must not be running on
    /// another thread meanwhile.
    /// </summary>
    /// <returns>The frozen value: a list, map, set, tuple, bytes or scalar of the same content.</returns>
    /// <exception cref="ArgumentException">The value contains an instance of a struct, an object of the host, a proc, or something else
    /// that belongs to its engine.</exception>
    /// <exception cref="LyraException">A collection of the host in the value threw an error.</exception>
    /// <exception cref="LyraLimitException">The process is out of memory.</exception>
    public LyraValue Freeze()
    {
        try
        {
            return new LyraValue(new ValueFreezer(ContextOfHost()).Freeze(Raw));
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }

    private LyraValue ItemAt(LyraValue key)
    {
        switch (Raw.Ref)
        {
            case MapObject map:
                return new LyraMapView(map)[key];
            case HostMap map:
                return EntryOf(map, key.Raw);
            case HostList list:
                return PartOf(list, list.Get(ContextOfHost(), CheckIndex(key, list.Count)));
            case HostObject:
                return new LyraValue(Owner().GetItem(Raw, key.Raw));
            case StructObject { Shape.Hooks.GetIndex: not null }:
                return new LyraValue(Owner().GetItem(Raw, key.Raw));
            case StructObject instance when key.Raw.Ref is ScriptString name:
                return MemberOf(instance, name.Text);
            case ScriptString text:
                CheckIndex(key, text.Length);
                return new LyraValue(Indexing.Get(DetachedContext.ForScriptValues, Raw, key.Raw));
            case ScriptObject container when LyraListView.Fits(Raw):
                LyraListView view = new(container);
                return view[CheckIndex(key, view.Count)];
            default:
                throw new InvalidOperationException($"A value of type {Throw.TypeName(Raw)} can't be indexed.");
        }
    }

    private static int CountOf(HostCollection collection)
    {
        try
        {
            return collection.Count;
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }

    private static int CheckIndex(in LyraValue index, int count)
    {
        if (!index.Raw.IsInt)
        {
            throw new ArgumentException($"An index must be an int, not {Throw.TypeName(index.Raw)}.", nameof(index));
        }

        return (ulong)index.Raw.AsInt < (ulong)count
            ? (int)index.Raw.AsInt
            : throw new ArgumentOutOfRangeException(
                nameof(index), index.Raw.AsInt, $"The index must be at least 0 and below the length, {count}.");
    }

    private static LyraValue MemberOf(StructObject instance, string name)
    {
        int field = instance.Shape.IndexOf(name);
        if (field >= 0)
        {
            EngineBoundary.ExitFrom(instance, instance.Slot(field));
            return new LyraValue(instance.Slot(field));
        }

        if (Members.OfCase(instance.Shape, name) is { } property)
        {
            return new LyraValue(property);
        }

        return instance.Shape.FindMethod(name) is not null
            ? new LyraValue(new LyraValue(Value.FromObject(instance)).Owner().GetMethod(Value.FromObject(instance), name))
            : throw new KeyNotFoundException($"The struct {instance.Shape.Name} has no field or method '{name}'.");
    }

    private void SetItem(in Value key, in LyraValue value)
    {
        if (EngineDirectory.CallerOf(Raw) is { } owner)
        {
            owner.SetItem(Raw, key, value.Raw);
            return;
        }

        try
        {
            Indexing.Set(ContextOfHost(), Raw, key, value.Raw);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }

    /// <summary>The value under a key of a map of the host.</summary>
    private LyraValue EntryOf(HostMap map, in Value key) => map.TryGet(ContextOfHost(), key, out Value value)
        ? PartOf(map, value)
        : throw new KeyNotFoundException($"The map has no key {new LyraValue(key)}.");

    private static LyraValue PartOf(HostCollection collection, in Value value)
    {
        EngineBoundary.ExitFrom(collection, value);
        return new LyraValue(value);
    }

    /// <summary>A context that converts objects of the host as the value's engine does.</summary>
    private DetachedContext ContextOfHost() => DetachedContext.ForHostValuesOf(EngineDirectory.CallerOf(Raw)?.HostTypes);

    /// <summary>The engine to which the value belongs.</summary>
    private IScriptCaller Owner() => EngineDirectory.CallerOf(Raw) ?? throw new InvalidOperationException(
        $"This value of type {Throw.TypeName(Raw)} has no members that the host can use: no engine has made it, or its engine has ended.");
}
