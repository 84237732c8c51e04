using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Caches;

/// <summary>The hash of the shared cache's keys.</summary>
internal static class CacheKey
{
    private const uint Seed = 5381;
    private const uint Power2 = 33 * 33;
    private const uint Power4 = Power2 * Power2;
    private const uint Power8 = unchecked(Power4 * Power4);
    private const uint SeedTerm = unchecked(Seed * Power8 * Power8);

    /// <summary>
    /// D. J. Bernstein's hash (h = 33·h + byte, starting with 5381) over the 16 bytes of both numbers, lowest byte first. The bytes are
    /// combined in parallel within one word: into pairs, then fours, then eights. This takes 7 multiplications instead of a chain of 16.
    /// The test CacheKeyTests.Equals_the_byte_by_byte_form compares both forms.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Djb2(long operation, long signature) => unchecked(OfOperation(operation) + OfSignature(signature));

    /// <summary>
    /// The part of the hash that the operation adds. The hash is a sum of both parts, so that a site and a type each compute theirs once.
    /// </summary>
    public static uint OfOperation(long operation) => unchecked(SeedTerm + (EightBytes((ulong)operation) * Power8));

    /// <summary>The part of the hash that the signature adds.</summary>
    public static uint OfSignature(long signature) => EightBytes((ulong)signature);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint EightBytes(ulong bytes)
    {
        unchecked
        {
            ulong pairs = ((bytes & 0x00FF00FF00FF00FF) * 33) + ((bytes >> 8) & 0x00FF00FF00FF00FF);
            ulong fours = ((pairs & 0x0000FFFF0000FFFF) * Power2) + ((pairs >> 16) & 0x0000FFFF0000FFFF);
            return ((uint)fours * Power4) + (uint)(fours >> 32);
        }
    }
}
