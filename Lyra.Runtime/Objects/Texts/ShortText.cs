using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Semantics;

namespace Lyra.Runtime.Objects;

/// <summary>
/// Up to <see cref="MaxLength"/> UTF-16 code units in 16 bytes, the first in the lowest bits; the rest is 0. The owner keeps the length.
/// Comparing, hashing and joining such texts takes a few instructions and no memory access beyond the 16 bytes.
/// </summary>
/// <remarks>A span reads it in the order of the bytes in memory, which is little-endian on all platforms that Lyra supports.</remarks>
internal readonly struct ShortText(ulong low, ulong high) : IEquatable<ShortText>
{
    /// <summary>The most code units.</summary>
    public const int MaxLength = 8;

    private const int BitsPerUnit = 16;

    private readonly ulong _low = low;
    private readonly ulong _high = high;

    /// <summary>The first four code units.</summary>
    public ulong Low => _low;

    /// <summary>The first four code units, the first in the highest bits.</summary>
    public ulong Prefix
    {
        get
        {
            const ulong low = 0x00FF_00FF_00FF_00FF;
            ulong bytes = BinaryPrimitives.ReverseEndianness(_low);
            return ((bytes & low) << 8) | ((bytes >> 8) & low);
        }
    }

    /// <summary>A text of one code unit.</summary>
    public static ShortText Of(char unit) => new(unit, 0);

    /// <summary>Copies at most <see cref="MaxLength"/> code units.</summary>
    public static ShortText Of(ReadOnlySpan<char> text)
    {
        ShortText result = default;
        text.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<ShortText, char>(ref result), MaxLength));
        return result;
    }

    /// <summary>The text followed by another; both together have at most <see cref="MaxLength"/> code units.</summary>
    /// <param name="length">The length of this text, at least 1 and less than <see cref="MaxLength"/>.</param>
    /// <param name="next">What follows.</param>
    public ShortText Join(int length, in ShortText next)
    {
        int shift = length * BitsPerUnit;
        return shift < 64
            ? new ShortText(_low | (next._low << shift), _high | (next._high << shift) | (next._low >> (64 - shift)))
            : new ShortText(_low, _high | (next._low << (shift - 64)));
    }

    /// <summary>Copies all 16 bytes to the start of a target; false if it is shorter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCopyTo(Span<char> target) =>
        target.Length >= MaxLength && MemoryMarshal.TryWrite(MemoryMarshal.AsBytes(target), in this);

    /// <summary>The code units, in place.</summary>
    [UnscopedRef]
    public ReadOnlySpan<char> AsSpan(int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<ShortText, char>(ref Unsafe.AsRef(in this)), length);

    /// <summary>A hash for maps and sets, seeded per process.</summary>
    public int KeyHash(int length) => Hashing.KeyHash(_low, _high, length);

    /// <summary>Whether the code units are the same; those of texts of equal lengths are, if the texts are equal.</summary>
    public bool Equals(ShortText other) => ((_low ^ other._low) | (_high ^ other._high)) == 0;

    /// <summary>
    /// The order of two texts by their code units. 0 if one is the other with units 0 at its end, which the owner's lengths tell apart.
    /// </summary>
    public int CompareTo(in ShortText other) => _low != other._low ? CompareUnits(_low, other._low)
        : _high != other._high ? CompareUnits(_high, other._high)
        : 0;

    /// <summary>The difference of the first units that differ, for units that do.</summary>
    private static int CompareUnits(ulong a, ulong b)
    {
        int shift = BitOperations.TrailingZeroCount(a ^ b) & -BitsPerUnit;
        return (char)(a >> shift) - (char)(b >> shift);
    }

    public override bool Equals(object? obj) => obj is ShortText other && Equals(other);

    public override int GetHashCode() => KeyHash(MaxLength);
}
