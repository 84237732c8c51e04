using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>Rounding to ints.</summary>
internal static class Rounding
{
    /// <summary>The int that a number is rounded to.</summary>
    /// <exception cref="ScriptErrorException">TypeError for other values; ValueError for NaN and infinities.</exception>
    public static Value ToWhole(in Value x, string proc, Func<double, double> round, Func<decimal, decimal> roundExact)
    {
        if (x.IsAnyInt)
        {
            return x;
        }

        if (x.Ref is HostObject<decimal> exact)
        {
            return Value.FromBig(new BigInteger(roundExact(exact.Value)));
        }

        double whole = round(Argument.Number(x, proc, "x"));
        if (Math.Abs(whole) < 9.2e18)
        {
            return Value.FromInt((long)whole);
        }

        return double.IsFinite(whole)
            ? Value.FromBig(new BigInteger(whole))
            : throw Throw.ValueError($"{proc}: {(double.IsNaN(whole) ? "nan" : "an infinity")} has no int value");
    }
}
