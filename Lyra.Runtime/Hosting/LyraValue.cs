using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra;

/// <summary>
/// A script value in the host's hands. Numbers, bools, strs and nil are values of their own; everything else is a reference to an object of the
/// engine that made it, to be used as that engine is: by one thread at a time.
/// </summary>
/// <remarks>
/// Equality is the language's: <c>1</c> equals <c>1.0</c>, containers are equal by content. As in .NET, <see cref="Equals(LyraValue)"/> differs
/// from <c>==</c> in one point: NaN equals itself there, so that it can be found in a collection.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly partial struct LyraValue : IEquatable<LyraValue>
{
    internal readonly Value Raw;

    internal LyraValue(in Value raw) => Raw = raw;

    /// <summary>nil; also the default of this type.</summary>
    public static LyraValue Nil => default;

    /// <summary>What kind of value it is.</summary>
    public ValueKind Kind => Raw.Kind;

    /// <summary>Whether it is nil.</summary>
    public bool IsNil => Raw.IsNil;

    /// <summary>
    /// The script value of a .NET object. Numbers, bools, chars, strings, enums (by name) and null become values; arrays, sequences, dictionaries,
    /// sets and tuples are copied; delegates become procs.
    /// </summary>
    /// <exception cref="ArgumentException">There is no script value for an object of this type, or a key in it can't be one in the language.</exception>
    public static LyraValue From(object? value) => new(HostWriter.Write(value));

    /// <summary>
    /// The value as a .NET type. An int becomes any number type that holds it; a float becomes double, float, decimal or Half; a str string, or char
    /// when it has one unit, or an enum by name; nil null. A list, tuple, set or range becomes an array, a <c>List&lt;E&gt;</c> or an interface of it,
    /// a set a <c>HashSet&lt;E&gt;</c>, a map a <c>Dictionary&lt;K, V&gt;</c>, a tuple a .NET tuple, bytes a <c>byte[]</c>: copies all.
    /// <c>IReadOnlyList&lt;LyraValue&gt;</c> and <c>IReadOnlyDictionary&lt;LyraValue, LyraValue&gt;</c> are live views, and what <c>object</c> gives
    /// for containers. A proc becomes a delegate.
    /// </summary>
    /// <exception cref="InvalidCastException">The value can't be converted; the message names both types.</exception>
    public T As<T>() => HostReader.TryRead(Raw, null, out T? result) ? result! : throw HostReader.Mismatch(Raw, typeof(T));

    /// <summary>The value as a .NET type, as <see cref="As{T}"/> gives it; false when it can't be converted.</summary>
    public bool TryAs<T>([MaybeNullWhen(false)] out T result) => HostReader.TryRead(Raw, null, out result);

    /// <summary>Whether two values are equal in the language.</summary>
    public static bool operator ==(LyraValue left, LyraValue right) => AreEqual(left.Raw, right.Raw);

    /// <summary>Whether two values are unequal in the language.</summary>
    public static bool operator !=(LyraValue left, LyraValue right) => !AreEqual(left.Raw, right.Raw);

    /// <inheritdoc/>
    public bool Equals(LyraValue other) =>
        (Raw.IsFloat && other.Raw.IsFloat && double.IsNaN(Raw.AsFloat) && double.IsNaN(other.Raw.AsFloat)) || AreEqual(Raw, other.Raw);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is LyraValue other && Equals(other);

    /// <summary>A hash that fits <see cref="Equals(LyraValue)"/>. That of a mutable container depends on its kind only.</summary>
    public override int GetHashCode()
    {
        if (Raw.Kind is ValueKind.List or ValueKind.Map or ValueKind.Set or ValueKind.Bytes)
        {
            return (int)Raw.Kind;
        }

        try
        {
            return Hashing.KeyHash(DetachedContext.ForScriptValues, Raw);
        }
        catch (ScriptErrorException)
        {
            // Unhashable in the language (a tuple that holds a list): equal ones are of one kind.
            return (int)Raw.Kind;
        }
    }

    /// <summary>The literal form: a str in quotes, containers as they are written in source.</summary>
    public override string ToString()
    {
        try
        {
            return Formatting.ToLiteral(DetachedContext.ForScriptValues, Raw);
        }
        catch (ScriptErrorException e)
        {
            // A hook of the script failed: debuggers and logs must be able to print any value.
            return $"<{Throw.TypeName(Raw)}: {e.Error}>";
        }
        catch (InvalidOperationException)
        {
            // The hook's engine is in use by another thread.
            return $"<{Throw.TypeName(Raw)}>";
        }
    }

    private static bool AreEqual(in Value left, in Value right)
    {
        try
        {
            return Equality.AreEqual(DetachedContext.ForScriptValues, left, right);
        }
        catch (ScriptErrorException e)
        {
            throw LyraException.From(e.Error);
        }
    }
}
