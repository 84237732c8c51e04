using System;
using System.Collections.Generic;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The host types of an engine, by .NET type. Only the engine's thread uses it.</summary>
internal sealed class HostTypeTable
{
    private readonly Dictionary<Type, HostType> _defined = [];
    private readonly Dictionary<Type, HostType?> _found = [];
    private Type? _lastClrType;
    private HostType? _lastType;

    /// <summary>The types in the order in which they were defined.</summary>
    public IReadOnlyCollection<HostType> Defined => _defined.Values;

    /// <summary>Adds a type. Objects that the engine has already had without a type get theirs at the next access.</summary>
    /// <exception cref="ArgumentException">The engine has it already.</exception>
    public void Add(HostType type)
    {
        if (!_defined.TryAdd(type.ClrType, type))
        {
            throw new ArgumentException($"The type {type.ClrType} is defined already; an engine has one definition of a type.");
        }

        _found.Clear();
        _lastClrType = null;
        foreach (HostType defined in _defined.Values)
        {
            defined.Bases = BasesOf(defined.ClrType);
        }
    }

    /// <summary>
    /// The defined type for objects of a .NET type: the type itself, else the nearest base class, else an interface; null when none of them
    /// is defined.
    /// </summary>
    public HostType? Find(Type clrType)
    {
        if (!_found.TryGetValue(clrType, out HostType? found))
        {
            found = _defined.TryGetValue(clrType, out HostType? exact) ? exact : BasesOf(clrType) is [var nearest, ..] ? nearest : null;
            _found.Add(clrType, found);
        }

        return found;
    }

    /// <summary>Makes a script value of an object whose type is defined; false for others.</summary>
    public bool TryWrap(object target, out Value value)
    {
        Type clrType = target.GetType();
        if (clrType != _lastClrType)
        {
            (_lastClrType, _lastType) = (clrType, Find(clrType));
        }

        HostType? type = _lastType;
        value = type is null ? default : type.Wrap(target);
        return type is not null;
    }

    private HostType[] BasesOf(Type clrType)
    {
        List<HostType> bases = [];
        for (Type? type = clrType.BaseType; type is not null; type = type.BaseType)
        {
            if (_defined.TryGetValue(type, out HostType? known))
            {
                bases.Add(known);
            }
        }

        foreach (HostType type in _defined.Values)
        {
            if (type.ClrType.IsInterface && type.ClrType != clrType && type.ClrType.IsAssignableFrom(clrType))
            {
                bases.Add(type);
            }
        }

        return [.. bases];
    }
}
