using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Semantics;

/// <summary>
/// Keys with the same unseeded hash, constructed as by an attacker who has the source, have different hashes in maps and sets. The
/// construction is that of Joux, "Multicollisions in Iterated Hash Functions" (2004): pairs of blocks that lead from one state to the same
/// next state, so that k pairs make 2^k colliding values.
/// </summary>
public sealed class KeyHashTests
{
    private const int Pairs = 10;
    private const int WordsPerBlock = 3;
    private const int LastWord = 1 << 24;
    private const ulong Multiplier = 0x9e3779b97f4a7c15;

    private readonly TestContext _context = new();

    [Fact]
    public void Big_ints_with_one_unseeded_hash_have_many_key_hashes()
    {
        Value[] keys = [.. Multicollision().Select(Value.FromBig)];

        keys.Select(key => Hashing.Hash(_context, key)).Distinct().Count().ShouldBe(1, "the construction no longer fits the hash");
        keys.Select(key => Hashing.KeyHash(_context, key)).Distinct().Count().ShouldBeGreaterThan(keys.Length - 8);
    }

    [Fact]
    public void Tuples_with_one_unseeded_hash_have_many_key_hashes()
    {
        Value[] keys = [.. Multicollision().Select(big => Value.FromObject(new TupleObject([Value.FromBig(big), Value.True])))];

        keys.Select(key => Hashing.Hash(_context, key)).Distinct().Count().ShouldBe(1, "the construction no longer fits the hash");
        keys.Select(key => Hashing.KeyHash(_context, key)).Distinct().Count().ShouldBeGreaterThan(keys.Length - 8);
    }

    /// <summary>2^<see cref="Pairs"/> positive ints of the same length whose words lead to the same sum.</summary>
    private static IEnumerable<BigInteger> Multicollision()
    {
        Random random = new(1);
        List<(uint[] First, uint[] Second)> blocks = [];
        ulong state = sizeof(uint) * ((Pairs * WordsPerBlock) + 1);
        for (int i = 0; i < Pairs; i++)
        {
            blocks.Add(CollidingBlocks(random, ref state));
        }

        for (int choice = 0; choice < 1 << Pairs; choice++)
        {
            byte[] bytes = [.. blocks.SelectMany((block, i) => (choice >> i & 1) == 0 ? block.First : block.Second).Append((uint)LastWord)
                .SelectMany(BitConverter.GetBytes)];
            yield return new BigInteger(bytes);
        }
    }

    /// <summary>
    /// Two blocks that lead from the state to the same next one. The first two words are a birthday search for states that agree in the
    /// bits that a word cannot change; the third word removes the difference in the others.
    /// </summary>
    private static (uint[] First, uint[] Second) CollidingBlocks(Random random, ref ulong state)
    {
        Dictionary<uint, (uint, uint, ulong)> seen = [];
        while (true)
        {
            uint a = (uint)random.NextInt64(1L << 32);
            uint b = (uint)random.NextInt64(1L << 32);
            ulong rotated = BitOperations.RotateLeft(Next(Next(state, a), b), 5);
            if (seen.TryGetValue((uint)(rotated >> 32), out (uint A, uint B, ulong Rotated) other) && other.A != a)
            {
                state = rotated * Multiplier;
                return ([a, b, 0], [other.A, other.B, (uint)rotated ^ (uint)other.Rotated]);
            }

            seen[(uint)(rotated >> 32)] = (a, b, rotated);
        }
    }

    private static ulong Next(ulong state, uint word) => (BitOperations.RotateLeft(state, 5) ^ word) * Multiplier;
}
