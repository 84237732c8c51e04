using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A .NET type that the host has defined in an engine, with the members that scripts may use. It is the value of the type's name in
/// scripts: calling it constructs an object, and its members are the static ones.
/// </summary>
/// <param name="name">The name in scripts.</param>
/// <param name="clrType">The .NET type.</param>
/// <param name="objectClass">The class of its script values: <see cref="HostObject{T}"/> of the .NET type.</param>
/// <param name="wrap">Makes a script value of an object of the type.</param>
internal sealed class HostType(
    string name,
    Type clrType,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type objectClass,
    Func<object, HostObject> wrap)
    : OwnedObject(ValueKind.StructType)
{
    private readonly Dictionary<string, HostMember> _members = [];
    private readonly Dictionary<string, HostMember> _statics = [];
    private readonly Dictionary<string, NativeProc> _operators = [];

    public string Name { get; } = name;

    /// <summary>The str that <c>type(v)</c> returns for its objects.</summary>
    public ScriptString NameText { get; } = TypeNames.OfDeclared(name);

    public Type ClrType { get; } = clrType;

    /// <summary>Whether it is a type of the library, which every engine has.</summary>
    public bool IsOfLibrary { get; init; }

    /// <summary>The class of its script values. In one engine, all values of this class have this type.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)]
    public Type ObjectClass { get; } = objectClass;

    /// <summary>The defined types whose members its objects have, too: its base classes and interfaces, the nearest first.</summary>
    public HostType[] Bases { get; set; } = [];

    /// <summary>Constructs an object; null when scripts can't.</summary>
    public NativeProc? Constructor { get; set; }

    /// <summary>Reads <c>x[i]</c>, with the object as the first argument; null when there is no indexer.</summary>
    public NativeProc? IndexGetter { get; set; }

    /// <summary>Writes <c>x[i]</c>, with the object as the first argument; null when there is none or it can only be read.</summary>
    public NativeProc? IndexSetter { get; set; }

    /// <summary>Returns the text that <c>tostring</c> shows; null when that is the type's name.</summary>
    public NativeProc? Text { get; set; }

    /// <summary>The operators by symbol; <c>neg</c> is the unary minus.</summary>
    public IReadOnlyDictionary<string, NativeProc> Operators => _operators;

    public override ValueKind Kind => ValueKind.StructType;

    public override long OwnBytes => 512 + (128L * (_members.Count + _statics.Count + _operators.Count));

    /// <summary>Makes a script value of an object of the type.</summary>
    public Value Wrap(object target) => HostObject.WithType(wrap(target), this);

    /// <summary>A member of an object, its own or one of a base type; null when there is none.</summary>
    public HostMember? Find(string member)
    {
        if (_members.TryGetValue(member, out HostMember? own))
        {
            return own;
        }

        foreach (HostType type in Bases)
        {
            if (type._members.TryGetValue(member, out HostMember? inherited))
            {
                return inherited;
            }
        }

        return null;
    }

    /// <summary>A member of the type itself; null when there is none.</summary>
    public HostMember? FindStatic(string member) => _statics.GetValueOrDefault(member);

    /// <summary>The proc of an operator, its own or one of a base type; null when it has none.</summary>
    public NativeProc? FindOperator(OperatorInfo row) =>
        FindInherited(type => type._operators.GetValueOrDefault(row.Symbol!));

    /// <summary>A part of the type or of its nearest base type that has it; null when none has.</summary>
    public T? FindInherited<T>(Func<HostType, T?> part)
        where T : class
    {
        T? found = part(this);
        for (int i = 0; found is null && i < Bases.Length; i++)
        {
            found = part(Bases[i]);
        }

        return found;
    }

    /// <summary>Whether a value is an object of this type or of a type derived from it.</summary>
    public bool Accepts(in Value value) => value.Ref is HostObject o && ClrType.IsAssignableFrom(o.ClrType);

    /// <exception cref="ArgumentException">The type has such a member already.</exception>
    public void Add(HostMember member, bool isStatic)
    {
        if (!(isStatic ? _statics : _members).TryAdd(member.Name, member))
        {
            throw new ArgumentException($"The type {Name} has two members that scripts would know as '{member.Name}'.");
        }
    }

    /// <exception cref="ArgumentException">The type has such an operator already.</exception>
    public void AddOperator(string symbol, NativeProc proc)
    {
        if (!_operators.TryAdd(symbol, proc))
        {
            throw new ArgumentException($"The type {Name} has two definitions of the operator {symbol}.");
        }
    }
}
