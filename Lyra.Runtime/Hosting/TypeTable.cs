using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// What the process knows of .NET types, made at the first use of each. It does not keep types of a collectible
/// <c>AssemblyLoadContext</c> alive, nor what their values refer to, so that a host can unload what its engines
/// have used. Thread-safe: threads that race may make a value twice, and get the same one.
/// </summary>
/// <remarks>
/// Other types live as long as the process. They are in a dictionary, whose lookup costs half of that in the weak table.
/// </remarks>
/// <typeparam name="TValue">What is known of a type; null may be a value.</typeparam>
internal sealed class TypeTable<TValue>
{
    private readonly ConcurrentDictionary<Type, TValue> _lasting;
    private readonly ConditionalWeakTable<Type, StrongBox<TValue>> _collectible = [];

    public TypeTable() => _lasting = new ConcurrentDictionary<Type, TValue>();

    /// <summary>A table that knows some types, which must not be collectible.</summary>
    public TypeTable(Dictionary<Type, TValue> known) => _lasting = new ConcurrentDictionary<Type, TValue>(known);

    /// <summary>What is known of a type; made if it is the first use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue GetOrAdd(Type type, Func<Type, TValue> make) =>
        _lasting.TryGetValue(type, out TValue? known) ? known : GetOrAddOther(type, make);

    /// <summary>What is known of a type; false when that is nothing.</summary>
    public bool TryGetValue(Type type, out TValue value)
    {
        if (_lasting.TryGetValue(type, out value!))
        {
            return true;
        }

        bool isKnown = _collectible.TryGetValue(type, out StrongBox<TValue>? box);
        value = isKnown ? box!.Value! : default!;
        return isKnown;
    }

    public bool Contains(Type type) => TryGetValue(type, out _);

    /// <summary>Adds or replaces what is known of a type.</summary>
    public void Set(Type type, TValue value)
    {
        if (type.IsCollectible)
        {
            _collectible.AddOrUpdate(type, new StrongBox<TValue>(value));
        }
        else
        {
            _lasting[type] = value;
        }
    }

    /// <summary>Forgets a type.</summary>
    public void Remove(Type type)
    {
        _lasting.TryRemove(type, out _);
        _collectible.Remove(type);
    }

    private TValue GetOrAddOther(Type type, Func<Type, TValue> make)
    {
        if (_collectible.TryGetValue(type, out StrongBox<TValue>? box))
        {
            return box.Value!;
        }

        // It is made outside of the tables, because making it may look up other types.
        TValue made = make(type);
        return type.IsCollectible
            ? _collectible.GetValue(type, _ => new StrongBox<TValue>(made)).Value!
            : _lasting.GetOrAdd(type, made);
    }
}
