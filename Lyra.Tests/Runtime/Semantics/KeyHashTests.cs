using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

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

    private readonly BareContext _context = new();

    [Fact]
    public void Big_ints_with_one_unseeded_hash_have_many_key_hashes()
    {
        Value[] keys = [.. Multicollision().Select(Value.FromBig)];

        keys.Select(key => Hashing.Hash(_context, key)).Distinct().Count().ShouldBe(1, "the construction no longer fits the hash");
        keys.Select(key => Hashing.KeyHash(_context, key)).Distinct().Count().ShouldBeGreaterThan(keys.Length - 8);
    }

    /// <summary>Every byte of an int counts, also those behind its last whole word.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    public void Big_ints_that_differ_in_one_byte_have_other_hashes(int tailBits)
    {
        BigInteger high = (BigInteger.One << (96 + tailBits)) + 1;
        for (int at = 0; at < 96 + tailBits; at += 8)
        {
            Value[] keys = [.. Enumerable.Range(0, 64).Select(i => Value.FromBig(high + ((BigInteger)i << at)))];

            keys.Select(key => Hashing.Hash(_context, key)).Distinct().Count().ShouldBe(64, $"byte at bit {at}");
            keys.Select(key => Hashing.KeyHash(_context, key)).Distinct().Count().ShouldBe(64, $"byte at bit {at}");
        }
    }

    /// <summary>Ints and strs in tuples are hashed and compared directly; another element makes the rest a walk.</summary>
    [Fact]
    public void Tuples_are_the_same_key_exactly_if_their_elements_are()
    {
        Value[] leaves =
        [
            Value.FromInt(1), Value.FromFloat(1), Value.FromInt(2), Value.FromFloat(2.5), Value.FromFloat(double.NaN), Value.Nil,
            Value.True, Value.FromText("a"), Value.FromText("b"), Value.FromBig(BigInteger.One << 80),
            Value.FromObject(TupleObject.Of([Value.FromInt(1), Value.FromText("a")])), Value.FromObject(TupleObject.Empty),
        ];
        Value[] tuples = [.. leaves.SelectMany(a => leaves.Select(b => Value.FromObject(TupleObject.Of([a, b, a]))))];
        MapObject map = new();
        foreach (Value key in tuples)
        {
            TupleObject tuple = (TupleObject)key.Ref!;
            bool isNew = !map.ContainsKey(_context, key);
            map.Set(_context, key, Value.Nil);
            foreach (Value other in tuples)
            {
                Value[] items = ((TupleObject)other.Ref!).Items.ToArray();
                bool areSame = Enumerable.Range(0, 3).All(i => Equality.AreSameKey(_context, tuple.Items[i], items[i]));
                Equality.AreSameKey(_context, key, other).ShouldBe(areSame);
                (Hashing.KeyHash(_context, key) == Hashing.KeyHash(_context, other) || !areSame).ShouldBeTrue();
            }

            isNew.ShouldBe(!Array.Exists(tuples[..Array.IndexOf(tuples, key)], other => Equality.AreSameKey(_context, key, other)));
        }

        // 1 and 1.0 are one leaf.
        map.Count.ShouldBe((leaves.Length - 1) * (leaves.Length - 1));
    }

    [Theory]
    [InlineData("(1, 2, 3, 4)", "(1, 2, 3, 4)", 12)]
    [InlineData("(1, 2, 3, 4)", "(1.0, 2, 3, 4)", 12)]
    [InlineData("(\"a\", 1)", "(\"a\", 2)", 6)]
    [InlineData("(1, 2, 3, 4)", "(2, 2, 3, 4)", 9)]
    [InlineData("(1, 2)", "(1.0, 2)", 2)]
    [InlineData("(1, 2, 3)", "(1.0, 2, 4)", 3)]
    public void Elements_cost_one_step_each_but_hashing_two_or_three_ints_nothing(string key, string other, long steps)
    {
        Value[] keys = [Tuple(key), Tuple(other)];
        long before = _context.StepsUsed;

        Hashing.KeyHash(_context, keys[0]);
        Hashing.KeyHash(_context, keys[1]);
        Equality.AreSameKey(_context, keys[0], keys[1]);

        (_context.StepsUsed - before).ShouldBe(steps);
    }

    [Fact]
    public void Tuples_with_one_unseeded_hash_have_many_key_hashes()
    {
        Value[] keys = [.. Multicollision().Select(big => Value.FromObject(TupleObject.Of([Value.FromBig(big), Value.True])))];

        keys.Select(key => Hashing.Hash(_context, key)).Distinct().Count().ShouldBe(1, "the construction no longer fits the hash");
        keys.Select(key => Hashing.KeyHash(_context, key)).Distinct().Count().ShouldBeGreaterThan(keys.Length - 8);
    }

    /// <summary>2^<see cref="Pairs"/> positive ints of the same length whose words lead to the same sum.</summary>
    /// <summary>A tuple of ints, floats and strs, as scripts write it.</summary>
    private static Value Tuple(string text) => Value.FromObject(TupleObject.Of(
        [.. text.Trim('(', ')').Split(", ").Select(static item => item[0] == '"' ? Value.FromText(item.Trim('"'))
            : item.Contains('.') ? Value.FromFloat(double.Parse(item, CultureInfo.InvariantCulture))
            : Value.FromInt(long.Parse(item, CultureInfo.InvariantCulture)))]));

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
