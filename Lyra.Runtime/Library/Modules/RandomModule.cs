using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>random</c>: a repeatable sequence per engine. An engine starts with a fixed seed, so that a program has the same output in
/// every run; <c>random.seed(n)</c> chooses another sequence. Not suitable for cryptography.
/// </summary>
/// <remarks>
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014): its whole state is one
/// 64-bit word in the context. Numbers below a bound are unbiased, by Lemire's multiplication with rejection ("Fast random integer
/// generation in an interval", 2019).
/// </remarks>
internal static class RandomModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("seed(n)")?.Register(Seed);
        rows.Row("int(a, b)")?.Register(static (c, arguments) => Draw(c, arguments, Integer), Restartable);
        rows.Row("float()")?.Register(static (c, _) => Value.FromFloat((Next(c) >> 11) * (1.0 / (1UL << 53))), Restartable);
        rows.Row("choice(xs)")?.Register(static (c, arguments) => Draw(c, arguments, Choice), CallsBack | Restartable);
        rows.Row("shuffle(xs)")?.Register(Shuffle);

    }

    /// <summary>The next 64 random bits.</summary>
    public static ulong Next(ScriptContext context)
    {
        ulong z = context.RandomState += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>An unbiased number from 0 to <paramref name="bound"/> - 1. The bound must be above 0.</summary>
    public static ulong Below(ScriptContext context, ulong bound)
    {
        ulong high = Math.BigMul(Next(context), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = (0 - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(Next(context), bound, out low);
            }
        }

        return high;
    }

    /// <summary>Calls a proc that draws. If it fails afterwards, nothing was drawn: compiled code lets the interpreter repeat it.</summary>
    private static Value Draw(ScriptContext context, ReadOnlySpan<Value> arguments, NativeFunction proc)
    {
        ulong state = context.RandomState;
        try
        {
            return proc(context, arguments);
        }
        catch
        {
            context.RandomState = state;
            throw;
        }
    }

    private static Value Seed(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value n = arguments[0];
        if (!n.IsAnyInt)
        {
            throw Argument.Wrong(n, "random.seed", "n", "an int");
        }

        context.RandomState = n.IsInt ? (ulong)n.AsInt : Mixed(context, BigInteger.Abs(n.AsBig));
        return Value.Nil;
    }

    /// <summary>Combines the 64-bit words of a big int into one, lowest first.</summary>
    private static ulong Mixed(ScriptContext context, in BigInteger big)
    {
        long words = (big.GetBitLength() + 63) / 64;
        context.ChargeMemory(words * 8);
        context.Charge(1 + (words >> 3));
        byte[] bytes = new byte[words * 8];
        big.TryWriteBytes(bytes, out _, isUnsigned: true);
        ulong state = 0;
        for (int i = 0; i < bytes.Length; i += 8)
        {
            state = (state * 31) ^ BitConverter.ToUInt64(bytes, i);
        }

        return state;
    }

    private static Value Integer(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        BigInteger low = arguments[0].IsAnyInt ? arguments[0].AsBig : throw Argument.Wrong(arguments[0], "random.int", "a", "an int");
        BigInteger high = arguments[1].IsAnyInt ? arguments[1].AsBig : throw Argument.Wrong(arguments[1], "random.int", "b", "an int");
        BigInteger count = BigMath.Subtract(context, high, low) + 1;
        if (count.Sign <= 0)
        {
            throw Throw.ValueError("random.int: 'a' must not be above 'b'");
        }

        return Value.FromBig(BigMath.Add(context, low, BelowAny(context, count)));
    }

    private static BigInteger BelowAny(ScriptContext context, BigInteger bound) =>
        bound <= ulong.MaxValue ? Below(context, (ulong)bound) : BelowBig(context, bound);

    /// <summary>Draws as many bits as the bound has until the number is below the bound: at most two draws on average.</summary>
    private static BigInteger BelowBig(ScriptContext context, BigInteger bound)
    {
        byte[] bytes = new byte[(bound.GetBitLength() + 63) / 64 * 8];
        int spare = (int)((bytes.Length * 8) - bound.GetBitLength());
        context.ChargeMemory(bytes.Length * 2L);
        while (true)
        {
            context.Charge(1 + (bytes.Length >> 3));
            for (int i = 0; i < bytes.Length; i += 8)
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(i), Next(context));
            }

            BigInteger drawn = new BigInteger(bytes, isUnsigned: true) >> spare;
            if (drawn < bound)
            {
                return drawn;
            }
        }
    }

    private static Value Choice(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value values = arguments[0];
        if (values.Ref is SetObject or MapObject)
        {
            throw Argument.Wrong(values, "random.choice", "xs", "a sequence with indices");
        }

        Value length = Indexing.Length(context, values);
        if (length is { IsInt: true, AsInt: 0 })
        {
            throw Throw.IndexError("random.choice: the sequence is empty");
        }

        return values.Ref is RangeObject range
            ? Value.FromBig(range.ExactItemAt(context, BelowAny(context, length.AsBig)))
            : Indexing.Get(context, values, Value.FromInt((long)Below(context, (ulong)length.AsInt)));
    }

    /// <summary>Fisher and Yates's shuffle, in place.</summary>
    private static Value Shuffle(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ListObject list = Argument.ListToChange(context, arguments[0], "random.shuffle", "xs", out HostList? host);
        for (int i = list.Count - 1; i > 0; i--)
        {
            context.Charge(1);
            int other = (int)Below(context, (ulong)i + 1);
            Value moved = list.Get(i);
            list.Set(context, i, list.Get(other));
            list.Set(context, other, moved);
            Pieces.Look(context, i);
        }

        host?.Replace(context, list);
        return Value.Nil;
    }
}
