using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>bits</c>: fixed-width arithmetic that wraps around. Operands of any size are taken modulo the width. A shift by the width or
/// more leaves only the sign. A rotation count is taken modulo the width and may be negative. A negative shift count is a ValueError.
/// </summary>
internal static class BitsModule
{
    public static void Rows(RowReader rows)
    {
        SignedRows(rows);
        UnsignedRows(rows);
        WideRows(rows);
        rows.Row("popcount(n)")?.Register(
            static (_, a) => Value.FromInt(BitOperations.PopCount(Low(a[0], "bits.popcount", "n"))),
            Pure,
            IntrinsicId.BitsPopCount);
        rows.Row("clz(n)")?.Register(
            static (_, a) => Value.FromInt(BitOperations.LeadingZeroCount(Low(a[0], "bits.clz", "n"))),
            Pure,
            IntrinsicId.BitsClz);
        rows.Row("ctz(n)")?.Register(
            static (_, a) => Value.FromInt(BitOperations.TrailingZeroCount(Low(a[0], "bits.ctz", "n"))),
            Pure,
            IntrinsicId.BitsCtz);

    }

    private static void SignedRows(RowReader rows)
    {
        rows.Row("add32(a, b)")?.Register(static (_, a) => I32(A(a, "bits.add32") + B(a, "bits.add32")), Pure, IntrinsicId.BitsAdd32);
        rows.Row("sub32(a, b)")?.Register(static (_, a) => I32(A(a, "bits.sub32") - B(a, "bits.sub32")), Pure, IntrinsicId.BitsSub32);
        rows.Row("mul32(a, b)")?.Register(static (_, a) => I32(A(a, "bits.mul32") * B(a, "bits.mul32")), Pure, IntrinsicId.BitsMul32);
        rows.Row("shl32(a, count)")?.Register(
            static (_, a) => I32(Left(A(a, "bits.shl32"), Count(a, "bits.shl32"))), Pure, IntrinsicId.BitsShl32);
        rows.Row("shr32(a, count)")?.Register(
            static (_, a) => I32(SignedRight((int)A(a, "bits.shr32"), Count(a, "bits.shr32"))), Pure, IntrinsicId.BitsShr32);
        rows.Row("rotl32(a, count)")?.Register(static (_, a) => I32(Rotate32(a, "bits.rotl32", 1)), Pure, IntrinsicId.BitsRotl32);
        rows.Row("rotr32(a, count)")?.Register(static (_, a) => I32(Rotate32(a, "bits.rotr32", -1)), Pure, IntrinsicId.BitsRotr32);

    }

    private static void UnsignedRows(RowReader rows)
    {
        rows.Row("addu32(a, b)")?.Register(static (_, a) => U32(A(a, "bits.addu32") + B(a, "bits.addu32")), Pure, IntrinsicId.BitsAddu32);
        rows.Row("subu32(a, b)")?.Register(static (_, a) => U32(A(a, "bits.subu32") - B(a, "bits.subu32")), Pure, IntrinsicId.BitsSubu32);
        rows.Row("mulu32(a, b)")?.Register(static (_, a) => U32(A(a, "bits.mulu32") * B(a, "bits.mulu32")), Pure, IntrinsicId.BitsMulu32);
        rows.Row("shlu32(a, count)")?.Register(
            static (_, a) => U32(Left(A(a, "bits.shlu32"), Count(a, "bits.shlu32"))), Pure, IntrinsicId.BitsShlu32);
        rows.Row("shru32(a, count)")?.Register(
            static (_, a) => U32(Right((uint)A(a, "bits.shru32"), Count(a, "bits.shru32"))), Pure, IntrinsicId.BitsShru32);
        rows.Row("rotlu32(a, count)")?.Register(static (_, a) => U32(Rotate32(a, "bits.rotlu32", 1)), Pure, IntrinsicId.BitsRotlu32);
        rows.Row("rotru32(a, count)")?.Register(static (_, a) => U32(Rotate32(a, "bits.rotru32", -1)), Pure, IntrinsicId.BitsRotru32);

    }

    private static void WideRows(RowReader rows)
    {
        rows.Row("addu64(a, b)")?.Register(static (_, a) => U64(A(a, "bits.addu64") + B(a, "bits.addu64")), Pure, IntrinsicId.BitsAddu64);
        rows.Row("subu64(a, b)")?.Register(static (_, a) => U64(A(a, "bits.subu64") - B(a, "bits.subu64")), Pure, IntrinsicId.BitsSubu64);
        rows.Row("mulu64(a, b)")?.Register(static (_, a) => U64(A(a, "bits.mulu64") * B(a, "bits.mulu64")), Pure, IntrinsicId.BitsMulu64);
        rows.Row("shlu64(a, count)")?.Register(static (_, a) => U64(Left(A(a, "bits.shlu64"), Count(a, "bits.shlu64"))), Pure);
        rows.Row("shru64(a, count)")?.Register(static (_, a) => U64(Right(A(a, "bits.shru64"), Count(a, "bits.shru64"))), Pure);
        rows.Row("rotlu64(a, count)")?.Register(static (_, a) => U64(Rotate64(a, "bits.rotlu64", 1)), Pure);
        rows.Row("rotru64(a, count)")?.Register(static (_, a) => U64(Rotate64(a, "bits.rotru64", -1)), Pure);

    }

    private static Value I32(ulong bits) => Value.FromInt((int)bits);

    private static Value U32(ulong bits) => Value.FromInt((uint)bits);

    private static Value U64(ulong bits) => bits <= long.MaxValue ? Value.FromInt((long)bits) : Value.FromBig(bits);

    private static ulong A(ReadOnlySpan<Value> arguments, string proc) => Low(arguments[0], proc, "a");

    private static ulong B(ReadOnlySpan<Value> arguments, string proc) => Low(arguments[1], proc, "b");

    private static ulong Left(ulong value, int count) => count >= 64 ? 0 : value << count;

    private static ulong Right(ulong value, int count) => count >= 64 ? 0 : value >> count;

    private static ulong SignedRight(int value, int count) => (ulong)(value >> Math.Min(count, 31));

    private static uint Rotate32(ReadOnlySpan<Value> arguments, string proc, int direction) =>
        BitOperations.RotateLeft((uint)A(arguments, proc), direction * (int)(Low(arguments[1], proc, "count") & 31));

    private static ulong Rotate64(ReadOnlySpan<Value> arguments, string proc, int direction) =>
        BitOperations.RotateLeft(A(arguments, proc), direction * (int)(Low(arguments[1], proc, "count") & 63));

    /// <summary>The low 64 bits of an int of any size, in two's complement.</summary>
    private static ulong Low(in Value value, string proc, string parameter)
    {
        if (value.IsInt)
        {
            return (ulong)value.AsInt;
        }

        return value.Ref is BigInt big ? ulong.CreateTruncating(big.Value) : throw Argument.Wrong(value, proc, parameter, "an int");
    }

    /// <summary>A shift count, at most 64: larger counts have the same effect.</summary>
    private static int Count(ReadOnlySpan<Value> arguments, string proc)
    {
        Value count = arguments[1];
        if (!count.IsAnyInt)
        {
            throw Argument.Wrong(count, proc, "count", "an int");
        }

        if (count.IsInt ? count.AsInt < 0 : count.AsBig.Sign < 0)
        {
            throw Throw.ValueError($"{proc}: 'count' must not be negative");
        }

        return count.IsInt ? (int)Math.Min(count.AsInt, 64) : 64;
    }
}
