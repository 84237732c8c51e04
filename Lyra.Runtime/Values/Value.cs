using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Values;

/// <summary>
/// One script value: 16 bytes, an object reference and 64 raw bits.
/// <list type="bullet">
/// <item>nil is <c>(null, 0)</c>, so cleared memory is nil.</item>
/// <item>int, float and bool keep their payload in <see cref="Bits"/> and their kind's sentinel (<see cref="Tag"/>) in <see cref="Ref"/>:
/// a type test is one reference comparison and a number never allocates.</item>
/// <item>an int beyond 64 bits is a <see cref="BigInt"/>; one that fits 64 bits is never one (see <see cref="FromBig"/>).</item>
/// <item>everything else is a <see cref="ScriptObject"/> in <see cref="Ref"/>, with <see cref="Bits"/> 0.</item>
/// </list>
/// The fields are mutable on purpose: the interpreter writes <see cref="Bits"/> alone when the kind stays the same.
/// </summary>
[DebuggerDisplay("{ToDebugString(),nq}")]
internal struct Value
{
    /// <summary>null, a sentinel of <see cref="Tag"/>, or a <see cref="ScriptObject"/>.</summary>
    public object? Ref;

    /// <summary>The payload of an int, float or bool; 0 for everything else.</summary>
    public long Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value(object? reference, long bits)
    {
        Ref = reference;
        Bits = bits;
    }

    public static Value Nil => default;

    public static Value True => new(Tag.Bool, 1);

    public static Value False => new(Tag.Bool, 0);

    /// <summary>The marker for "no value"; see <see cref="Tag.Unset"/>.</summary>
    public static Value Unset => new(Tag.Unset, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromInt(long value) => new(Tag.Int, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromFloat(double value) => new(Tag.Float, BitConverter.DoubleToInt64Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromBool(bool value) => new(Tag.Bool, value ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromObject(ScriptObject? value) => new(value, 0);

    /// <summary>An int of any size in its one canonical form: 64-bit when it fits, else a <see cref="BigInt"/>.</summary>
    public static Value FromBig(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? FromInt((long)value) : new(new BigInt(value), 0);

    public readonly bool IsNil
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Ref is null;
    }

    /// <summary>Whether this is an int that fits 64 bits.</summary>
    public readonly bool IsInt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Ref, Tag.Int);
    }

    public readonly bool IsFloat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Ref, Tag.Float);
    }

    public readonly bool IsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Ref, Tag.Bool);
    }

    public readonly bool IsUnset
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Ref, Tag.Unset);
    }

    /// <summary>Whether this is an int of any size.</summary>
    public readonly bool IsAnyInt => IsInt || Ref is BigInt;

    public readonly bool IsNumber => IsInt || IsFloat || Ref is BigInt;

    /// <summary>Only nil and false are falsy.</summary>
    public readonly bool IsTruthy
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsBool ? Bits != 0 : Ref is not null;
    }

    /// <summary>The payload of an int that fits 64 bits.</summary>
    public readonly long AsInt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits;
    }

    public readonly double AsFloat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.Int64BitsToDouble(Bits);
    }

    public readonly bool AsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits != 0;
    }

    /// <summary>The value of an int of any size. Only for values of which <see cref="IsAnyInt"/> is true.</summary>
    public readonly BigInteger AsBig => Ref is BigInt big ? big.Value : Bits;

    /// <summary>The kind. The value must not be the unset marker.</summary>
    public readonly ValueKind Kind => Ref switch
    {
        null => ValueKind.Nil,
        ScriptObject o => o.Kind,
        _ when IsInt => ValueKind.Int,
        _ when IsFloat => ValueKind.Float,
        _ when IsBool => ValueKind.Bool,
        _ => throw new UnreachableException("The unset marker has no kind."),
    };

    /// <summary>
    /// Copies <paramref name="source"/> here and writes the reference only when it differs, because a reference store into the heap
    /// costs a write barrier (0.55 ns against 1.44 ns for a loop that copies ints).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Assign(in Value source)
    {
        // The reference last: the barrier is a call, and nothing that is needed after it must be saved.
        object? reference = source.Ref;
        Bits = source.Bits;
        if (!ReferenceEquals(Ref, reference))
        {
            Ref = reference;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetInt(long value)
    {
        SetTag(Tag.Int);
        Bits = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetFloat(double value)
    {
        SetTag(Tag.Float);
        Bits = BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary>
    /// Changes a float in memory to another one. Its pattern goes there at once, not through a general register as it does with
    /// <see cref="BitConverter"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReplaceFloat(double value) => Unsafe.As<long, double>(ref Bits) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetBool(bool value)
    {
        SetTag(Tag.Bool);
        Bits = value ? 1 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetObject(ScriptObject? value)
    {
        Ref = value;
        Bits = 0;
    }

    /// <summary>
    /// Precompiled code does not know that literals lie on the frozen heap. It would need a write barrier for each store, so it writes the
    /// tag only when it differs: docs/decisions/0001.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetTag(string tag)
    {
#if LYRA_PRECOMPILED
        if (!ReferenceEquals(Ref, tag))
#endif
        {
            Ref = tag;
        }
    }

    /// <summary>The text that a debugger shows.</summary>
    internal readonly string ToDebugString() => IsUnset ? "<unset>" : Ref switch
    {
        null => "nil",
        ScriptObject o => $"{o.Kind}",
        _ => IsFloat ? $"{AsFloat}" : IsBool ? $"{AsBool}" : $"{Bits}",
    };
}
