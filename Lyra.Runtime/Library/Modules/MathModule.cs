using System;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>math</c>. Functions of real numbers also accept ints and return floats; <c>floor ceil round trunc sign</c> and the functions
/// of whole numbers return ints.
/// </summary>
internal static class MathModule
{
    public static void Rows(RowReader rows)
    {
        rows.Constant("pi")?.Register(Value.FromFloat(Math.PI));
        rows.Constant("e")?.Register(Value.FromFloat(Math.E));
        rows.Constant("inf")?.Register(Value.FromFloat(double.PositiveInfinity));
        rows.Constant("nan")?.Register(Value.FromFloat(double.NaN));
        rows.Row("sqrt(x)")?.Register(static (_, a) => Float(Math.Sqrt(X(a, "math.sqrt"))), Pure, IntrinsicId.MathSqrt);
        rows.Row("cbrt(x)")?.Register(static (_, a) => Float(CubeRoot(X(a, "math.cbrt"))), Pure, IntrinsicId.MathCbrt);
        rows.Row("sin(x)")?.Register(static (_, a) => Float(Math.Sin(X(a, "math.sin"))), Pure, IntrinsicId.MathSin);
        rows.Row("cos(x)")?.Register(static (_, a) => Float(Math.Cos(X(a, "math.cos"))), Pure, IntrinsicId.MathCos);
        rows.Row("tan(x)")?.Register(static (_, a) => Float(Math.Tan(X(a, "math.tan"))), Pure, IntrinsicId.MathTan);
        rows.Row("asin(x)")?.Register(static (_, a) => Float(Math.Asin(X(a, "math.asin"))), Pure, IntrinsicId.MathAsin);
        rows.Row("acos(x)")?.Register(static (_, a) => Float(Math.Acos(X(a, "math.acos"))), Pure, IntrinsicId.MathAcos);
        rows.Row("atan(x)")?.Register(static (_, a) => Float(Math.Atan(X(a, "math.atan"))), Pure, IntrinsicId.MathAtan);
        rows.Row("atan2(y, x)")?.Register(
            static (_, a) => Float(Math.Atan2(First(a, "math.atan2", "y"), Second(a, "math.atan2", "x"))),
            Pure,
            IntrinsicId.MathAtan2);
        rows.Row("exp(x)")?.Register(static (_, a) => Float(Math.Exp(X(a, "math.exp"))), Pure, IntrinsicId.MathExp);
        rows.Row("log(x, base?)")?.Register(Log, Pure, IntrinsicId.MathLog);
        rows.Row("log2(x)")?.Register(static (c, a) => LogOf(c, a[0], "math.log2", Math.Log2), Pure, IntrinsicId.MathLog2);
        rows.Row("log10(x)")?.Register(static (c, a) => LogOf(c, a[0], "math.log10", Math.Log10), Pure, IntrinsicId.MathLog10);
        rows.Row("floor(x)")?.Register(
            static (_, a) => Rounding.ToWhole(a[0], "math.floor", Math.Floor, decimal.Floor), Pure, IntrinsicId.MathFloor);
        rows.Row("ceil(x)")?.Register(
            static (_, a) => Rounding.ToWhole(a[0], "math.ceil", Math.Ceiling, decimal.Ceiling), Pure, IntrinsicId.MathCeil);
        rows.Row("round(x)")?.Register(
            static (_, a) => Rounding.ToWhole(a[0], "math.round", Math.Round, decimal.Round), Pure, IntrinsicId.MathRound);
        rows.Row("trunc(x)")?.Register(
            static (_, a) => Rounding.ToWhole(a[0], "math.trunc", Math.Truncate, decimal.Truncate), Pure, IntrinsicId.MathTrunc);
        rows.Row("pow(x, y)")?.Register(
            static (_, a) => Float(Math.Pow(X(a, "math.pow"), Second(a, "math.pow", "y"))), Pure, IntrinsicId.MathPow);
        rows.Row("hypot(x, y)")?.Register(
            static (_, a) => Float(double.Hypot(X(a, "math.hypot"), Second(a, "math.hypot", "y"))),
            Pure,
            IntrinsicId.MathHypot);
        rows.Row("sign(x)")?.Register(Sign, Pure);
        rows.Row("gcd(a, b)")?.Register(Gcd, Pure);
        rows.Row("lcm(a, b)")?.Register(Lcm, Pure);
        rows.Row("idiv(a, b)")?.Register(FloorDiv, Pure, IntrinsicId.MathIdiv);
        rows.Row("mod(a, b)")?.Register(FloorMod, Pure, IntrinsicId.MathMod);
        rows.Row("isqrt(n)")?.Register(IntegerRoot, Pure);
        rows.Row("clamp(x, low, high)")?.Register(Clamp, CallsBack | Restartable);
        rows.Row("degrees(x)")?.Register(static (_, a) => Float(X(a, "math.degrees") * (180 / Math.PI)), Pure, IntrinsicId.MathDegrees);
        rows.Row("radians(x)")?.Register(static (_, a) => Float(X(a, "math.radians") * (Math.PI / 180)), Pure, IntrinsicId.MathRadians);
        rows.Row("isNan(x)")?.Register(static (_, a) => Value.FromBool(double.IsNaN(X(a, "math.isNan"))), Pure, IntrinsicId.MathIsNan);
        rows.Row("isInf(x)")?.Register(IsInfinite, Pure);

    }

    private static Value Float(double value) => Value.FromFloat(value);

    private static double X(ReadOnlySpan<Value> arguments, string proc) => First(arguments, proc, "x");

    private static double First(ReadOnlySpan<Value> arguments, string proc, string parameter) =>
        Argument.Number(arguments[0], proc, parameter);

    private static double Second(ReadOnlySpan<Value> arguments, string proc, string parameter) =>
        Argument.Number(arguments[1], proc, parameter);

    private static Value Log(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value natural = LogOf(context, arguments[0], "math.log", Math.Log);
        if (!Argument.TryGetNonNil(arguments, 1, out Value numberBase))
        {
            return natural;
        }

        return arguments[0].Ref is BigInt || numberBase.Ref is BigInt
            ? Float(natural.AsFloat / LogOf(context, numberBase, "math.log", Math.Log).AsFloat)
            : Float(Math.Log(X(arguments, "math.log"), Argument.Number(numberBase, "math.log", "base")));
    }

    /// <summary>
    /// A logarithm that stays finite for ints larger than every float: that of the top 53 bits plus that of the power of two that scales
    /// them.
    /// </summary>
    private static Value LogOf(ScriptContext context, in Value x, string proc, Func<double, double> log)
    {
        if (x.Ref is not BigInt { Value.Sign: > 0 } big)
        {
            return Float(log(Argument.Number(x, proc, "x")));
        }

        context.Charge(big.Value.GetBitLength() >> 12);
        int shift = (int)(big.Value.GetBitLength() - 53);
        return Float(log((double)(big.Value >> shift)) + (shift * log(2)));
    }

    /// <summary>The platform's cube root may be wrong in the last place; the root of a cube is corrected to be exact.</summary>
    private static double CubeRoot(double x)
    {
        double root = Math.Cbrt(x);
        double whole = Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    private static Value Sign(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsAnyInt)
        {
            return Value.FromInt(arguments[0].IsInt ? Math.Sign(arguments[0].AsInt) : arguments[0].AsBig.Sign);
        }

        double x = X(arguments, "math.sign");
        return double.IsNaN(x) ? throw Throw.ValueError("math.sign: nan has no sign") : Value.FromInt(Math.Sign(x));
    }

    private static Value Gcd(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsInt && arguments[1].IsInt)
        {
            context.Charge(1);
            return Unsigned(GcdOf(Magnitude(arguments[0].AsInt), Magnitude(arguments[1].AsInt)));
        }

        Whole(arguments, "math.gcd", out BigInteger a, out BigInteger b);
        return Value.FromBig(BigGcd.Of(context, a, b));
    }

    private static Value Lcm(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsInt && arguments[1].IsInt && LcmOf(Magnitude(arguments[0].AsInt), Magnitude(arguments[1].AsInt)) is { } multiple)
        {
            context.Charge(1);
            return Unsigned(multiple);
        }

        Whole(arguments, "math.lcm", out BigInteger a, out BigInteger b);
        if (a.IsZero || b.IsZero)
        {
            return Value.FromInt(0);
        }

        BigInteger quotient = BigMath.Quotient(context, a, BigGcd.Of(context, a, b));
        return Value.FromBig(BigInteger.Abs(BigMath.Multiply(context, quotient, b)));
    }

    private static ulong Magnitude(long x) => x < 0 ? 0 - (ulong)x : (ulong)x;

    private static Value Unsigned(ulong value) => value <= long.MaxValue ? Value.FromInt((long)value) : Value.FromBig(value);

    /// <summary>The greatest common divisor, by Euclid's algorithm.</summary>
    private static ulong GcdOf(ulong a, ulong b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    /// <summary>The least common multiple; null when it takes more than 64 bits.</summary>
    private static ulong? LcmOf(ulong a, ulong b)
    {
        if (a == 0 || b == 0)
        {
            return 0;
        }

        ulong high = Math.BigMul(a / GcdOf(a, b), b, out ulong low);
        return high == 0 ? low : null;
    }

    private static Value FloorDiv(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].IsInt && arguments[1].IsInt && arguments[1].AsInt > 0)
        {
            return Value.FromInt(FloorDivision.Quotient(arguments[0].AsInt, arguments[1].AsInt));
        }

        if (arguments[0].Ref is HostObject<decimal> || arguments[1].Ref is HostObject<decimal>)
        {
            return FloorOfExact(context, arguments);
        }

        if (!arguments[0].IsAnyInt || !arguments[1].IsAnyInt)
        {
            return Float(Math.Floor(First(arguments, "math.idiv", "a") / Second(arguments, "math.idiv", "b")));
        }

        Whole(arguments, "math.idiv", out BigInteger a, out BigInteger b);
        if (b.IsZero)
        {
            throw Throw.DivisionByZero();
        }

        BigInteger quotient = BigMath.Divide(context, a, b, out BigInteger rest);
        return Value.FromBig(rest.Sign * b.Sign < 0 ? quotient - 1 : quotient);
    }

    /// <summary>The floor of a quotient of which one operand is a decimal, as a decimal.</summary>
    private static Value FloorOfExact(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Value quotient = Arithmetic.Div(context, arguments[0], arguments[1]);

        // A type of the host may define what a decimal divided by it is.
        return quotient.Ref is HostObject<decimal> exact
            ? HostDecimal.Of(context, decimal.Floor(exact.Value))
            : throw Throw.TypeError($"the quotient must be a decimal, not a value of type {Throw.TypeName(quotient)}");
    }

    private static Value FloorMod(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostObject<decimal> || arguments[1].Ref is HostObject<decimal>)
        {
            Value whole = Arithmetic.Mul(context, FloorOfExact(context, arguments), arguments[1]);
            return Arithmetic.Sub(context, arguments[0], whole);
        }

        if (!arguments[0].IsAnyInt || !arguments[1].IsAnyInt)
        {
            double divisor = Second(arguments, "math.mod", "b");
            double remainder = First(arguments, "math.mod", "a") % divisor;
            return Float(remainder * divisor < 0 ? remainder + divisor : remainder);
        }

        if (arguments[0].IsInt && arguments[1].IsInt && arguments[1].AsInt > 0)
        {
            return Value.FromInt(FloorDivision.Remainder(arguments[0].AsInt, arguments[1].AsInt));
        }

        Whole(arguments, "math.mod", out BigInteger a, out BigInteger b);
        if (b.IsZero)
        {
            throw Throw.DivisionByZero();
        }

        _ = BigMath.Divide(context, a, b, out BigInteger rest);
        return Value.FromBig(rest.Sign * b.Sign < 0 ? BigMath.Add(context, rest, b) : rest);
    }

    private static Value IntegerRoot(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (!arguments[0].IsAnyInt)
        {
            throw Argument.Wrong(arguments[0], "math.isqrt", "n", "an int");
        }

        if (arguments[0].IsInt && arguments[0].AsInt >= 0)
        {
            return Value.FromInt(IntegerRoot(arguments[0].AsInt));
        }

        BigInteger n = arguments[0].AsBig;
        if (n.Sign < 0)
        {
            throw Throw.ValueError("math.isqrt: 'n' must not be negative");
        }

        return Value.FromBig(NewtonRoot(context, n));
    }

    /// <summary>The largest r with r * r ≤ n. The root of a float is wrong by one at most.</summary>
    private static long IntegerRoot(long n)
    {
        ulong root = (ulong)Math.Sqrt((double)n);
        if (root * root > (ulong)n)
        {
            return (long)root - 1;
        }

        return (root + 1) * (root + 1) <= (ulong)n ? (long)root + 1 : (long)root;
    }

    /// <summary>The largest r with r * r ≤ n, by Newton's iteration from above: the iterates decrease until they reach it.</summary>
    private static BigInteger NewtonRoot(ScriptContext context, BigInteger n)
    {
        using HeldMemory temporaries = new(context, n.GetBitLength() >> 2);
        BigInteger root = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + BigMath.Divide(context, n, root, out _)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private static Value Clamp(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (Comparison.Less(context, arguments[2], arguments[1]))
        {
            throw Throw.ValueError("math.clamp: 'low' must not be above 'high'");
        }

        if (Comparison.Less(context, arguments[0], arguments[1]))
        {
            return arguments[1];
        }

        return Comparison.Less(context, arguments[2], arguments[0]) ? arguments[2] : arguments[0];
    }

    /// <summary>An int is never infinite, however large.</summary>
    private static Value IsInfinite(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(!arguments[0].IsAnyInt && double.IsInfinity(X(arguments, "math.isInf")));

    private static void Whole(ReadOnlySpan<Value> arguments, string proc, out BigInteger a, out BigInteger b)
    {
        a = arguments[0].IsAnyInt ? arguments[0].AsBig : throw Argument.Wrong(arguments[0], proc, "a", "an int");
        b = arguments[1].IsAnyInt ? arguments[1].AsBig : throw Argument.Wrong(arguments[1], proc, "b", "an int");
    }
}
