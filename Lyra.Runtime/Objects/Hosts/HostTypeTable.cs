using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The host types of an engine, by .NET type. Only the engine's thread defines types. Others may look them up: a delegate converts its
/// arguments before it enters the engine.
/// </summary>
internal sealed class HostTypeTable
{
    private readonly ConcurrentDictionary<Type, HostType> _defined = new();
    private readonly ConcurrentDictionary<Type, Answer> _answers = new();
    private readonly ConcurrentDictionary<Type, HostEnumType> _enums = new();
    private volatile Answer? _last;
    private volatile bool _hasEnums;

    /// <summary>The types that are defined.</summary>
    public IEnumerable<HostType> Defined => _defined.Values;

    /// <summary>Another object after each change of the types, so that what depends on them shows whether it is still valid.</summary>
    public object State { get; private set; } = new();

    /// <summary>Adds a type. Objects that the engine has already had without a type get theirs at the next access.</summary>
    /// <exception cref="ArgumentException">The engine has it already.</exception>
    public void Add(HostType type)
    {
        if (!_defined.TryAdd(type.ClrType, type))
        {
            throw new ArgumentException($"The type {type.ClrType} is defined already; an engine has one definition of a type.");
        }

        Update();
    }

    /// <summary>Adds an enum.</summary>
    /// <exception cref="ArgumentException">The engine has it already.</exception>
    public void Add(HostEnumType type)
    {
        if (!_enums.TryAdd(type.ClrType, type))
        {
            throw new ArgumentException($"The type {type.ClrType} is defined already; an engine has one definition of a type.");
        }

        _hasEnums = true;
        Update();
    }

    /// <summary>Whether the engine has had an enum.</summary>
    public bool HasEnums => _hasEnums;

    /// <summary>The definition of a .NET enum; null when there is none.</summary>
    public HostEnumType? FindEnum(Type clrType) => _hasEnums ? _enums.GetValueOrDefault(clrType) : null;

    /// <summary>Removes the types that are not to be kept.</summary>
    public void Keep(Func<HostType, bool> isKept, Func<HostEnumType, bool> isEnumKept)
    {
        foreach (HostEnumType type in _enums.Values)
        {
            if (!isEnumKept(type))
            {
                _enums.TryRemove(type.ClrType, out _);
            }
        }

        foreach (HostType type in _defined.Values)
        {
            if (!isKept(type))
            {
                _defined.TryRemove(type.ClrType, out _);
            }
        }

        Update();
    }

    /// <summary>
    /// The defined type for objects of a .NET type: the type itself, else the nearest base class, else an interface; null when none of them
    /// is defined.
    /// </summary>
    public HostType? Find(Type clrType)
    {
        if (_last is { } last && last.ClrType == clrType)
        {
            return last.Type;
        }

        Answer answer = _answers.GetOrAdd(clrType, static (type, table) => new Answer(type, table.Search(type)), this);
        _last = answer;
        return answer.Type;
    }

    /// <summary>Makes a script value of an object whose type is defined; false for others.</summary>
    public bool TryWrap(object target, out Value value)
    {
        HostType? type = Find(target.GetType());
        value = type is null ? default : type.Wrap(target);
        return type is not null;
    }

    private void Update()
    {
        _answers.Clear();
        _last = null;
        State = new object();
        foreach (HostType defined in _defined.Values)
        {
            defined.Bases = BasesOf(defined.ClrType);
        }
    }

    private HostType? Search(Type clrType) =>
        _defined.TryGetValue(clrType, out HostType? exact) ? exact : BasesOf(clrType) is [var nearest, ..] ? nearest : null;

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

    /// <summary>The type that was found for a .NET type, in one object, so that threads see both parts of one answer.</summary>
    private sealed record Answer(Type ClrType, HostType? Type);
}
