using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra;

/// <summary>
/// A script value that the host holds. Numbers, bools, strs and nil are self-contained. Every other value refers to an object of the
/// engine that made it and, like the engine, must be used by one thread at a time; another engine refuses it, unless it is immutable and so
/// is everything in it.
/// </summary>
/// <remarks>
/// Equality is that of the language: <c>1</c> equals <c>1.0</c>, and containers are equal if their contents are. Instances of two engines
/// are never equal: a hook does not see the values of another engine. As usual in .NET,
/// <see cref="Equals(LyraValue)"/> differs from <c>==</c> in one point: it treats NaN as equal to itself, so that a collection can find it.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly partial struct LyraValue : IEquatable<LyraValue>
{
    internal readonly Value Raw;

    internal LyraValue(in Value raw) => Raw = raw;

    /// <summary>The value nil, which is also the default of this type.</summary>
    public static LyraValue Nil => default;

    /// <summary>The kind of the value.</summary>
    public ValueKind Kind => Raw.Kind;

    /// <summary>Whether the value is nil.</summary>
    public bool IsNil => Raw.IsNil;

    /// <summary>
    /// Converts a .NET object to a script value. Numbers, bools, chars, strings, enums (by name) and null become values, dates, times,
    /// identifiers and addresses strs, a <see cref="TimeSpan"/> a number of seconds, and JSON lists, maps and scalars; arrays, sequences,
    /// dictionaries, sets and tuples are copied; delegates become procs. Any other object, unless its type is one of .NET itself, becomes a
    /// map of its public properties, whose keys are their names in camelCase.
    /// </summary>
    /// <exception cref="ArgumentException">The object has no script counterpart, or it contains a key that the language does not allow, or
    /// a sequence without count that does not end within 16,777,216 elements.</exception>
    public static LyraValue From(object? value) => new(HostWriter.Write(value));

    /// <summary>
    /// A script value that is the object itself, not a copy. A collection is a list, map, set or iterator. Of another object, scripts can
    /// use the members that its type has in the engine which gets the value (<c>engine.DefineType</c>); without a definition they can only
    /// pass it on. An engine owns the value from then on; another one needs a value of its own.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="value">The object; null is nil.</param>
    public static LyraValue FromObject<T>(T value) => new(HostObjects.Wrap(value));

    /// <summary>
    /// Converts the value to a .NET type. An int converts to any number type that can hold it; a float to double, float, decimal or Half;
    /// a str to string, to char when it has one code unit, or to an enum by name; nil to null. A list, tuple, set or range converts to an
    /// array, a <c>List&lt;E&gt;</c> or one of its interfaces; a set to a <c>HashSet&lt;E&gt;</c>; a map to a
    /// <c>Dictionary&lt;K, V&gt;</c>; a tuple to a .NET tuple; bytes to a <c>byte[]</c>. All of these are copies.
    /// <c>IReadOnlyList&lt;LyraValue&gt;</c> and <c>IReadOnlyDictionary&lt;LyraValue, LyraValue&gt;</c> are live views; converting a
    /// container to <c>object</c> returns such a view. A proc converts to a delegate. A map or struct converts to a record, class or struct
    /// of the host: by the public constructor with the most parameters whose required ones are present, then by the settable properties.
    /// Names match but for the case of the first letter; keys without a counterpart are ignored.
    /// </summary>
    /// <exception cref="InvalidCastException">The value can't be converted; the message names both types, and what is missing.</exception>
    /// <exception cref="LyraLimitException">The copy would exceed the limits of the engine on memory, steps or time.</exception>
    public T As<[DynamicallyAccessedMembers(HostRecords.Members)] T>()
    {
        HostRecords.Learn<T>();
        return HostReader.ReadResult<T>(Raw);
    }

    /// <summary>Converts the value as <see cref="As{T}"/> does; returns false when it can't be converted.</summary>
    /// <exception cref="LyraLimitException">The copy would exceed the limits of the engine on memory, steps or time.</exception>
    public bool TryAs<[DynamicallyAccessedMembers(HostRecords.Members)] T>([MaybeNullWhen(false)] out T result)
    {
        HostRecords.Learn<T>();
        return HostReader.TryRead(Raw, null, out result);
    }

    /// <summary>Whether two values are equal by the rules of the language.</summary>
    public static bool operator ==(LyraValue left, LyraValue right) => AreEqual(left.Raw, right.Raw);

    /// <summary>Whether two values are unequal by the rules of the language.</summary>
    public static bool operator !=(LyraValue left, LyraValue right) => !AreEqual(left.Raw, right.Raw);

    /// <inheritdoc/>
    public bool Equals(LyraValue other) =>
        (Raw.IsFloat && other.Raw.IsFloat && double.IsNaN(Raw.AsFloat) && double.IsNaN(other.Raw.AsFloat)) || AreEqual(Raw, other.Raw);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is LyraValue other && Equals(other);

    /// <summary>A hash consistent with <see cref="Equals(LyraValue)"/>. For a mutable container it depends only on the kind.</summary>
    public override int GetHashCode()
    {
        if (KindInfo.Of(Raw.Kind).Has(KindTraits.Mutable))
        {
            return (int)Raw.Kind;
        }

        try
        {
            return Hashing.KeyHash(DetachedContext.ForScriptValues, Raw);
        }
        catch (Exception e) when (ErrorObject.From(e) is not null)
        {
            // The language can't hash it (a tuple that holds a list). Equal values of this sort have the same kind.
            return (int)Raw.Kind;
        }
    }

    /// <summary>Returns the literal form: a str in quotes, containers as source code writes them.</summary>
    public override string ToString()
    {
        try
        {
            return Formatting.ToLiteral(DetachedContext.ForScriptValues, Raw);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            // A hook of the script failed; debuggers and logs must still be able to print the value.
            return $"<{Throw.TypeName(Raw)}: {error}>";
        }
        catch (InvalidOperationException)
        {
            // Another thread is using the engine of the hook.
            return $"<{Throw.TypeName(Raw)}>";
        }
    }

    private static bool AreEqual(in Value left, in Value right)
    {
        try
        {
            return Equality.AreEqual(DetachedContext.ForComparing(left, right), left, right);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }
}
