using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The two hashes of a value. <see cref="Hash"/> is the one that scripts see; it is the same in every process.
/// <see cref="KeyHash(ScriptContext, in Value)"/> is the one that maps and sets use; it is seeded per process, so that colliding keys
/// can't be prepared. Equal keys have equal hashes in both: 1 and 1.0, and structs by their <c>__hash</c> if they also have
/// <c>__eq</c>, otherwise by identity.
/// </summary>
internal static class Hashing
{
    /// <summary>The error for a value that can't be a key.</summary>
    public static ScriptErrorException CanChange(string typeName) =>
        Throw.TypeError($"{typeName} can't be hashed or be a key, because it can change; use a tuple");

    private static readonly ulong SeedA = RandomSeed();
    private static readonly ulong SeedB = RandomSeed() | 1;

    /// <summary>The result of the builtin <c>hash</c>.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a value that can't be a key; StackOverflow for tuples nested too
    /// deep.</exception>
    public static int Hash(ScriptContext context, in Value value) => new Walk(context, isKey: false).Run(value);

    /// <summary>The hash that maps and sets use for a key.</summary>
    /// <exception cref="ScriptErrorException">TypeError for a value that can't be a key; StackOverflow for tuples nested too
    /// deep.</exception>
    public static int KeyHash(ScriptContext context, in Value value) =>
        TupleObject.From(value.Ref) is { } tuple ? KeyHash(context, tuple) : new Walk(context, isKey: true).Run(value);

    /// <summary>The hash that maps and sets use for an int key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeyHash(long value) => KeyMix((ulong)value);

    /// <summary>The hash that maps and sets use for two words that belong together, and how many things they contain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeyHash(ulong low, ulong high, int length) => Scatter(Mix(low ^ (ulong)length, SeedA, high ^ SeedB));

    /// <summary>The hash that maps and sets use for a tuple of two ints: one multiplication for both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeyHash(long first, long second) => KeyHash((ulong)first, (ulong)second, 2);

    /// <summary>The hash that maps and sets use for a tuple of three ints.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeyHash(long first, long second, long third) =>
        KeyHash(Fold((ulong)first ^ SeedA, (ulong)second ^ SeedB), (ulong)third, 3);

    /// <summary>
    /// How many ints a tuple consists of as a key: 2 or 3, if it is a pair or a triple of ints, or of floats that equal them; otherwise 0.
    /// Such keys, of which grids and memo tables consist, are hashed and compared without a charge, as an int is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IntsOf(TupleObject tuple, out long first, out long second, out long third)
    {
        ReadOnlySpan<Value> items = tuple.Items;
        first = second = third = 0;
        return items.Length is 2 or 3 && TryInt(items[0], out first) && TryInt(items[1], out second)
            && (items.Length == 2 || TryInt(items[2], out third))
            ? items.Length
            : 0;
    }

    /// <summary>
    /// Converts a float or decimal to the 64-bit int that equals it, because both are the same key; returns any other value unchanged.
    /// </summary>
    public static Value CanonicalKey(in Value key)
    {
        if (!key.IsFloat)
        {
            return key.Ref is HostObject<decimal> { Value: >= long.MinValue and <= long.MaxValue } exact
                && exact.Value == decimal.Truncate(exact.Value)
                ? Value.FromInt((long)exact.Value)
                : key;
        }

        double number = key.AsFloat;
        return number >= -9223372036854775808.0 && number < 9223372036854775808.0 && (long)number == number ? Value.FromInt((long)number)
            : key;
    }

    /// <summary>Whether a struct is hashed and compared by its hooks as a key; otherwise it is a key by identity.</summary>
    public static bool HasKeyHooks(StructObject value) => value.Shape.Hooks is { Hash: not null, Equals: not null };

    /// <summary>
    /// Folds the 128-bit product, so that every bit of the value reaches every bit of the result (the mixing step of wyhash).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Mix(ulong value, ulong seedA, ulong seedB)
    {
        ulong folded = Fold(value ^ seedA, seedB);
        return (int)(folded ^ (folded >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    /// <summary>
    /// Mixes with the seeds of the process. A product maps equally spaced keys, such as multiples of a power of two, to equally spaced
    /// hashes; for about one seed in a hundred, these have few different low bits. The second multiplication and the fold after it remove
    /// this regularity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int KeyMix(ulong value) => Scatter(Mix(value, SeedA, SeedB));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scatter(int product)
    {
        uint mixed = (uint)product * 0x9e3779b1;
        return (int)(mixed ^ (mixed >> 15));
    }

    /// <summary>The hash of a tuple as a key.</summary>
    private static int KeyHash(ScriptContext context, TupleObject tuple) =>
        IntsOf(tuple, out long first, out long second, out long third) switch
        {
            2 => KeyHash(first, second),
            3 => KeyHash(first, second, third),
            _ => KeyHashOfOthers(context, tuple),
        };

    /// <summary>
    /// The hash that maps and sets use for a tuple that <see cref="IntsOf"/> does not take. Ints and strs, of which most such tuples
    /// consist, need no walk.
    /// </summary>
    public static int KeyHashOfOthers(ScriptContext context, TupleObject tuple)
    {
        ReadOnlySpan<Value> items = tuple.Items;
        ulong sum = (ulong)items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            ref readonly Value item = ref items[i];
            int hash;
            if (item.IsInt)
            {
                hash = KeyMix((ulong)item.AsInt);
            }
            else if (item.Ref is ScriptString text)
            {
                hash = text.HashCodeIn(context);
            }
            else
            {
                return new Walk(context, isKey: true).OfTuple(tuple, i, sum);
            }

            context.Charge(1);
            sum = Combine(sum, hash);
        }

        return KeyMix(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryInt(in Value number, out long value)
    {
        Value canonical = number.IsInt ? number : CanonicalKey(number);
        value = canonical.Bits;
        return canonical.IsInt;
    }

    /// <summary>
    /// Adds a hash to those before it. The step is invertible, so whoever knows the hashes can construct any number of sequences with
    /// the same sum. A key's hashes are therefore seeded before they are combined.
    /// </summary>
    private static ulong Combine(ulong sum, int hash) => (BitOperations.RotateLeft(sum, 5) ^ (uint)hash) * 0x9e3779b97f4a7c15;

    /// <summary>
    /// Random bits from the operating system, by way of a new GUID: a RandomNumberGenerator would load OpenSSL, which takes 5 ms of a
    /// process that needs it for nothing else. The two halves together hide the bits that are the same in all GUIDs.
    /// </summary>
    private static ulong RandomSeed()
    {
        byte[] bytes = Guid.NewGuid().ToByteArray();
        return BitConverter.ToUInt64(bytes, 0) ^ BitConverter.ToUInt64(bytes, sizeof(ulong));
    }

    /// <summary>One hash computation. It walks nested tuples with an explicit stack, because a script may nest them to any depth.</summary>
    private readonly struct Walk(ScriptContext context, bool isKey)
    {
        private const ulong FixedA = 0x2d358dccaa6c78a5;
        private const ulong FixedB = 0x8bb84b93962eacc9;

        private struct Level
        {
            public TupleObject Tuple;
            public int Next;
            public ulong Sum;
        }

        public int Run(in Value value) =>
            TupleObject.From(value.Ref) is { } tuple ? OfTuple(tuple, 0, (ulong)tuple.Count) : OfLeaf(value);

        /// <summary>The hash of a tuple, from a position on, with the sum of the hashes before it.</summary>
        public int OfTuple(TupleObject outer, int next, ulong sum)
        {
            Level level = new() { Tuple = outer, Next = next, Sum = sum };
            for (; level.Next < outer.Count; level.Next++)
            {
                Value item = outer.Items[level.Next];
                if (TupleObject.From(item.Ref) is not null)
                {
                    return OfNested(level);
                }

                context.Charge(1);
                level.Sum = Combine(level.Sum, OfLeaf(item));
            }

            return Seeded(level.Sum);
        }

        /// <summary>The hash of a tuple with tuples in it, from a position on.</summary>
        private int OfNested(in Level level)
        {
            LevelStack<Level> pending = new(context);
            try
            {
                return OfNested(level, ref pending);
            }
            finally
            {
                pending.End();
            }
        }

        private int OfNested(Level level, ref LevelStack<Level> pending)
        {
            while (true)
            {
                if (level.Next == level.Tuple.Count)
                {
                    int finished = Seeded(level.Sum);
                    if (!pending.TryPop(out level))
                    {
                        return finished;
                    }

                    level.Sum = Combine(level.Sum, finished);
                    continue;
                }

                Value item = level.Tuple.Items[level.Next++];
                context.Charge(1);
                if (TupleObject.From(item.Ref) is not { } inner)
                {
                    level.Sum = Combine(level.Sum, OfLeaf(item));
                    continue;
                }

                pending.Push(level);
                if (pending.Count >= context.MaxFrames)
                {
                    throw Throw.StackOverflow(context.MaxFrames);
                }

                level = new Level { Tuple = inner, Sum = (ulong)inner.Count };
            }
        }

        private int Seeded(ulong value) => isKey ? KeyMix(value) : Mix(value, FixedA, FixedB);

        private int OfLeaf(in Value value)
        {
            Value canonical = CanonicalKey(value);
            return canonical.Ref switch
            {
                null => Seeded(0x6e696c),
                _ when canonical.IsInt => Seeded((ulong)canonical.AsInt),
                _ when canonical.IsFloat => OfFloat(canonical.AsFloat),
                _ when canonical.IsBool => Seeded(canonical.AsBool ? 0x74727565u : 0x66616c73u),
                ScriptString text => isKey ? text.HashCodeIn(context) : OfText(text.Span),
                BigInt big => OfBig(big.Value),
                RangeObject range => OfRange(range),
                StructObject instance => OfStruct(instance),
                ListObject or MapObject or SetObject or BytesObject or HostCollection =>
                    throw CanChange(Throw.TypeName(value)),
                HostObject<decimal> exact => OfDecimal(exact.Value),
                HostObject { IsPlainValue: true } plain => Seeded((ulong)plain.ContentHash),
                HostObject host => OfIdentity(host.Identity),
                object other => OfIdentity(other),
            };
        }

        /// <summary>A decimal that no 64-bit int equals. It is the same key as the int or float that equals it.</summary>
        private int OfDecimal(decimal value)
        {
            if (value != decimal.Truncate(value))
            {
                return OfFloat((double)value);
            }

            return OfBig(new BigInteger(value));
        }

        /// <summary>A float that no 64-bit int equals. All NaNs are the same key.</summary>
        private int OfFloat(double value) => Seeded(double.IsNaN(value) ? 0x7ff8000000000000 : BitConverter.DoubleToUInt64Bits(value));

        private int OfBig(BigInteger value)
        {
            double number = Conversion.BigToFloat(value);
            if (double.IsFinite(number) && new BigInteger(number) == value)
            {
                return OfFloat(number);
            }

            using HeldMemory copy = new(context, value.GetBitLength() >> 3);
            byte[] bytes = value.ToByteArray();
            context.Charge(bytes.Length >> 6);
            ulong sum = (ulong)bytes.Length;
            for (int i = 0; i < bytes.Length; i += sizeof(int))
            {
                Pieces.Look(context, i / sizeof(int));
                int word = WordAt(bytes, i);
                sum = Combine(sum, isKey ? KeyMix((uint)word ^ sum) : word);
            }

            return Seeded(sum);
        }

        /// <summary>Four bytes of an int, or the last ones.</summary>
        private static int WordAt(byte[] bytes, int start)
        {
            if (start + sizeof(int) <= bytes.Length)
            {
                return BitConverter.ToInt32(bytes, start);
            }

            int word = 0;
            for (int i = bytes.Length - 1; i >= start; i--)
            {
                word = (word << 8) | bytes[i];
            }

            return word;
        }

        private int OfText(ReadOnlySpan<char> text)
        {
            context.Charge(text.Length >> 6);
            ulong sum = (ulong)text.Length;
            for (int i = 0; i < text.Length; i++)
            {
                sum = Combine(sum, text[i]);
                Pieces.Look(context, i);
            }

            return Seeded(sum);
        }

        private int OfRange(RangeObject range)
        {
            if (range.BigBounds is { } bounds)
            {
                ulong big = Combine(range.IsInclusive ? 1UL : 0UL, OfLeaf(Value.FromBig(bounds.Start)));
                return Seeded(Combine(Combine(big, OfLeaf(Value.FromBig(bounds.Stop))), OfLeaf(Value.FromBig(bounds.Step))));
            }

            ulong sum = Combine(range.IsInclusive ? 1UL : 0UL, Seeded((ulong)range.Start));
            return Seeded(Combine(Combine(sum, Seeded((ulong)range.Stop)), Seeded((ulong)range.Step)));
        }

        private int OfIdentity(object o) => Seeded((ulong)(isKey ? RuntimeHelpers.GetHashCode(o) : context.Host.IdentityOf(context, o)));

        private int OfStruct(StructObject instance)
        {
            if (!HasKeyHooks(instance))
            {
                return OfIdentity(instance);
            }

            Value result = context.InvokeMethod(instance.Shape.Hooks.Hash!, Value.FromObject(instance), []);
            return result.IsAnyInt
                ? OfLeaf(result)
                : throw Throw.TypeError($"__hash of {instance.TypeName} must return an int, not {Throw.TypeName(result)}");
        }
    }
}
