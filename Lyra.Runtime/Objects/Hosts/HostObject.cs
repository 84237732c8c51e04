using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// An object of the host as a script value. Scripts reach only the members of its <see cref="HostType"/>. Two of these with the same target
/// are the same value.
/// </summary>
internal abstract class HostObject : OwnedObject
{
    /// <summary>The bytes of a host object: those of its target are the host's.</summary>
    public const long Bytes = 48;

    private HostType? _type;

    /// <summary>The results that are kept, or how often results were made before they are kept.</summary>
    private HostResults? _results;

    protected HostObject()
        : base(ValueKind.Host)
    {
    }

    /// <summary>The type that the engine which owns it has for its target; null when it has none.</summary>
    public HostType? Type => _type;

    /// <summary>The .NET type of the target.</summary>
    public abstract Type ClrType { get; }

    /// <summary>The target as an object; a copy of one that is a .NET struct.</summary>
    public abstract object Target { get; }

    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => _type?.Name ?? ClrType.Name;

    public override long OwnBytes => Bytes;

    /// <summary>The target's type in an engine; null when the host has not defined it there.</summary>
    public HostType? TypeIn(HostTypeTable? types) => _type ?? FindType(types);

    /// <summary>
    /// Keeps the type that is found if it is that of the object's class. Otherwise the host may define a nearer type later, so it is found
    /// again each time.
    /// </summary>
    private HostType? FindType(HostTypeTable? types)
    {
        HostType? found = types?.Find(ClrType);
        if (found is not null && found.ObjectClass == GetType())
        {
            _type = found;
        }

        return found;
    }

    /// <summary>
    /// Whether both have the same target. Targets that are .NET structs have no identity but that of the value, except decimals and dates,
    /// which are equal if their contents are.
    /// </summary>
    public static bool HaveSameTarget(HostObject a, HostObject b) =>
        ReferenceEquals(a, b) || a.IsSameContent(b)
        || (!a.ClrType.IsValueType && !b.ClrType.IsValueType && ReferenceEquals(a.Target, b.Target));

    /// <summary>The value of what a member has returned before; null when it is not kept, and for no object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScriptObject? FindResult(object? source, object? types) => _results?.Find(source, types);

    /// <summary>
    /// Keeps the value of what a member has returned, unless few were made so far: most objects are read once or twice. A plain value keeps
    /// none, because it may be a constant of code, which engines share.
    /// </summary>
    public void KeepResult(ScriptContext context, object source, ScriptObject value)
    {
        if (IsPlainValue)
        {
            return;
        }

        object? types = context.HostTypes?.State;
        if (_results is null || ReferenceEquals(_results, HostResults.ReadOnce))
        {
            _results = _results is null ? HostResults.ReadOnce : HostResults.ReadTwice;
            return;
        }

        if (!_results.AreFor(types))
        {
            _results = context.Memory.TryCharge(HostResults.Bytes) ? new HostResults(types) : HostResults.ReadTwice;
        }

        if (!ReferenceEquals(_results, HostResults.ReadTwice))
        {
            _results.Keep(source, value);
        }
    }

    /// <summary>Forgets the results, which can be made again, so that they do not count as memory of the script.</summary>
    public override void VisitReferences(HeapVisitor visitor) => _results = null;

    /// <summary>Whether values of its class are equal if their contents are, as numbers are.</summary>
    public abstract bool IsPlainValue { get; }

    /// <summary>A hash of the content of a plain value.</summary>
    public abstract int ContentHash { get; }

    /// <summary>Whether both are plain values of one class with the same content.</summary>
    protected abstract bool IsSameContent(HostObject other);

    /// <summary>Makes a value whose type is known.</summary>
    public static Value WithType(HostObject value, HostType type)
    {
        value._type = type;
        return Value.FromObject(value);
    }

    /// <summary>The object whose identity is that of the value.</summary>
    public object Identity => ClrType.IsValueType ? this : Target;
}

/// <summary>An object of the host, held by its type in the engine, so that accessors need no cast.</summary>
/// <typeparam name="T">The type that the host has defined: that of the object, a base class or an interface.</typeparam>
internal sealed class HostObject<T>(T value) : HostObject
{
    public readonly T Value = value;

    public override Type ClrType => typeof(T).IsValueType ? typeof(T) : Value!.GetType();

    public override object Target => Value!;

    public override bool IsPlainValue => typeof(T) == typeof(decimal) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly)
        || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(TimeSpan);

    public override int ContentHash => Value!.GetHashCode();

    protected override bool IsSameContent(HostObject other) =>
        IsPlainValue && other is HostObject<T> same && EqualityComparer<T>.Default.Equals(Value, same.Value);
}
