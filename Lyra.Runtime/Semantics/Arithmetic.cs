using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The operators <c>+ - * / % **</c>, <c>&amp; | ^ &lt;&lt; &gt;&gt;</c> and unary <c>- ~</c>. Ints are exact at any size. If one operand
/// is an int and the other a float, the int is converted to a float. Only the hook of the left operand is tried.
/// </summary>
/// <remarks>
/// Every method throws TypeError for operands that the operator does not accept; the message names the operator and the types.
/// </remarks>
internal static class Arithmetic
{
    /// <summary><c>a + b</c>: adds numbers, or concatenates two strs, lists or tuples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Add(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            long sum = unchecked(a.AsInt + b.AsInt);
            if (((a.AsInt ^ sum) & (b.AsInt ^ sum)) >= 0)
            {
                return Value.FromInt(sum);
            }
        }

        return a.IsFloat && b.IsFloat ? Value.FromFloat(a.AsFloat + b.AsFloat) : AddSlow(context, a, b);
    }

    /// <summary><c>a - b</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Sub(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            long difference = unchecked(a.AsInt - b.AsInt);
            if (((a.AsInt ^ b.AsInt) & (a.AsInt ^ difference)) >= 0)
            {
                return Value.FromInt(difference);
            }
        }

        return a.IsFloat && b.IsFloat ? Value.FromFloat(a.AsFloat - b.AsFloat) : SubSlow(context, a, b);
    }

    /// <summary><c>a * b</c>: multiplies numbers, or repeats a str or list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Mul(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt && ExactInt.TryMultiply(a.AsInt, b.AsInt, out long product))
        {
            return Value.FromInt(product);
        }

        return a.IsFloat && b.IsFloat ? Value.FromFloat(a.AsFloat * b.AsFloat) : MulSlow(context, a, b);
    }

    /// <summary><c>a / b</c>: truncated toward zero for two ints.</summary>
    /// <exception cref="ScriptErrorException">DivisionByZero when both are ints and b is 0.</exception>
    public static Value Div(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt && ExactInt.TryDivide(a.AsInt, b.AsInt, out long quotient))
        {
            return Value.FromInt(quotient);
        }

        if (TryFloats(a, b, out double x, out double y))
        {
            return Value.FromFloat(x / y);
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.Div, BinaryOperator.Divide);
        }

        CheckDivisor(b);
        return Value.FromBig(BigMath.Quotient(context, a.AsBig, b.AsBig));
    }

    /// <summary><c>a % b</c>, with the sign of the dividend.</summary>
    /// <exception cref="ScriptErrorException">DivisionByZero when both are ints and b is 0.</exception>
    public static Value Mod(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt && b.AsInt != 0)
        {
            // The CLR's own operator raises an error for the smallest int and -1.
            return Value.FromInt(b.AsInt == -1 ? 0 : a.AsInt % b.AsInt);
        }

        if (TryFloats(a, b, out double x, out double y))
        {
            return Value.FromFloat(x % y);
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.Mod, BinaryOperator.Modulo);
        }

        CheckDivisor(b);
        BigMath.Divide(context, a.AsBig, b.AsBig, out BigInteger remainder);
        return Value.FromBig(remainder);
    }

    /// <summary><c>a ** b</c>: an int if both are ints and b is at least 0, otherwise a float.</summary>
    /// <exception cref="ScriptErrorException">ValueError for an int that is too large to exist.</exception>
    public static Value Pow(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsAnyInt && b.IsAnyInt && (b.IsInt ? b.AsInt : b.AsBig.Sign) >= 0)
        {
            return TryPower(a, b, out long power)
                ? Value.FromInt(power)
                : Value.FromBig(BigMath.Power(context, a.AsBig, b.AsBig));
        }

        return a.IsNumber && b.IsNumber
            ? Value.FromFloat(Math.Pow(ToFloat(a), ToFloat(b)))
            : ApplyHost(context, BinaryOperator.Power, a, b);
    }

    /// <summary><c>a &amp; b</c> on two's complement of unbounded width.</summary>
    public static Value BitAnd(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            return Value.FromInt(a.AsInt & b.AsInt);
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.BitAnd, BinaryOperator.BitAnd);
        }

        ReserveBits(context, a, b);
        return Value.FromBig(a.AsBig & b.AsBig);
    }

    /// <summary><c>a | b</c> on two's complement of unbounded width.</summary>
    public static Value BitOr(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            return Value.FromInt(a.AsInt | b.AsInt);
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.BitOr, BinaryOperator.BitOr);
        }

        ReserveBits(context, a, b);
        return Value.FromBig(a.AsBig | b.AsBig);
    }

    /// <summary><c>a ^ b</c> on two's complement of unbounded width.</summary>
    public static Value BitXor(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt)
        {
            return Value.FromInt(a.AsInt ^ b.AsInt);
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.BitXor, BinaryOperator.BitXor);
        }

        ReserveBits(context, a, b);
        return Value.FromBig(a.AsBig ^ b.AsBig);
    }

    /// <summary><c>a &lt;&lt; b</c>, exact.</summary>
    /// <exception cref="ScriptErrorException">ValueError for a negative count, and for an int that is too large to exist.</exception>
    public static Value Shl(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt && (ulong)b.AsInt < 64)
        {
            long shifted = a.AsInt << (int)b.AsInt;
            if (shifted >> (int)b.AsInt == a.AsInt)
            {
                return Value.FromInt(shifted);
            }
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return ApplyHost(context, BinaryOperator.ShiftLeft, a, b);
        }

        CheckCount(BinaryOperator.ShiftLeft, b);
        return Value.FromBig(BigMath.ShiftLeft(context, a.AsBig, b.AsBig));
    }

    /// <summary><c>a &gt;&gt; b</c>: the floor of a divided by 2 ** b.</summary>
    /// <exception cref="ScriptErrorException">ValueError for a negative count.</exception>
    public static Value Shr(ScriptContext context, in Value a, in Value b)
    {
        if (a.IsInt && b.IsInt && b.AsInt >= 0)
        {
            return Value.FromInt(a.AsInt >> (int)Math.Min(b.AsInt, 63));
        }

        if (!a.IsAnyInt || !b.IsAnyInt)
        {
            return ApplyHost(context, BinaryOperator.ShiftRight, a, b);
        }

        CheckCount(BinaryOperator.ShiftRight, b);
        return Value.FromBig(BigMath.ShiftRight(context, a.AsBig, b.AsBig));
    }

    /// <summary><c>-a</c>.</summary>
    public static Value Neg(ScriptContext context, in Value a)
    {
        if (a.IsInt && a.AsInt != long.MinValue)
        {
            return Value.FromInt(-a.AsInt);
        }

        if (a.IsFloat)
        {
            return Value.FromFloat(-a.AsFloat);
        }

        if (a.IsAnyInt)
        {
            BigMath.Reserve(context, a.AsBig.GetBitLength());
            return Value.FromBig(-a.AsBig);
        }

        return (a.Ref as StructObject)?.Shape.Hooks.Neg is { } hook
            ? context.InvokeMethod(hook, a, [])
            : HostOperators.TryNegate(context, a, out Value negated) ? negated
            : throw Refused(UnaryOperator.Negate, a);
    }

    /// <summary><c>~a</c> on two's complement of unbounded width.</summary>
    public static Value BitNot(ScriptContext context, in Value a)
    {
        if (a.IsInt)
        {
            return Value.FromInt(~a.AsInt);
        }

        if (!a.IsAnyInt)
        {
            throw Refused(UnaryOperator.Complement, a);
        }

        BigMath.Reserve(context, a.AsBig.GetBitLength());
        return Value.FromBig(-a.AsBig - 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value AddSlow(ScriptContext context, in Value a, in Value b)
    {
        if (TryFloats(a, b, out double x, out double y))
        {
            return Value.FromFloat(x + y);
        }

        return a.Ref switch
        {
            _ when a.IsAnyInt && b.IsAnyInt => Value.FromBig(BigMath.Add(context, a.AsBig, b.AsBig)),
            ScriptString left when b.Ref is ScriptString right => Value.FromObject(ScriptString.Concat(context, left, right)),
            ListObject left when b.Ref is ListObject right => Value.FromObject(Sequences.Join(context, left, right)),
            TupleObject left when TupleObject.From(b.Ref) is { } right => Value.FromObject(Sequences.Join(context, left, right)),
            object left => InvokeHook(context, a, b, (left as StructObject)?.Shape.Hooks.Add, BinaryOperator.Add),
            null => ApplyHost(context, BinaryOperator.Add, a, b),
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value SubSlow(ScriptContext context, in Value a, in Value b)
    {
        if (TryFloats(a, b, out double x, out double y))
        {
            return Value.FromFloat(x - y);
        }

        return a.IsAnyInt && b.IsAnyInt
            ? Value.FromBig(BigMath.Subtract(context, a.AsBig, b.AsBig))
            : InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.Sub, BinaryOperator.Subtract);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Value MulSlow(ScriptContext context, in Value a, in Value b)
    {
        if (TryFloats(a, b, out double x, out double y))
        {
            return Value.FromFloat(x * y);
        }

        if (a.IsAnyInt && b.IsAnyInt)
        {
            return Value.FromBig(BigMath.Multiply(context, a.AsBig, b.AsBig));
        }

        if (a.Ref is ScriptString or ListObject && b.IsAnyInt)
        {
            return Sequences.Repeat(context, a, b);
        }

        return b.Ref is ScriptString or ListObject && a.IsAnyInt
            ? Sequences.Repeat(context, b, a)
            : InvokeHook(context, a, b, (a.Ref as StructObject)?.Shape.Hooks.Mul, BinaryOperator.Multiply);
    }

    /// <summary>A power of 64-bit ints, by repeated squaring; false when it does not fit 64 bits.</summary>
    private static bool TryPower(in Value a, in Value b, out long power)
    {
        power = 1;
        if (!a.IsInt || !b.IsInt || (b.AsInt > 63 && a.AsInt is not (0 or 1 or -1)))
        {
            return false;
        }

        long square = a.AsInt;
        for (long left = b.AsInt; left > 0; left >>= 1)
        {
            if ((left & 1) != 0 && !ExactInt.TryMultiply(power, square, out power))
            {
                return false;
            }

            if (left > 1 && !ExactInt.TryMultiply(square, square, out square))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Both operands as floats, when both are numbers and one is a float.</summary>
    private static bool TryFloats(in Value a, in Value b, out double x, out double y)
    {
        if ((a.IsFloat && b.IsNumber) || (b.IsFloat && a.IsNumber))
        {
            x = ToFloat(a);
            y = ToFloat(b);
            return true;
        }

        x = 0;
        y = 0;
        return false;
    }

    private static double ToFloat(in Value number) => number.IsFloat ? number.AsFloat : Conversion.IntToFloat(number);

    private static void ReserveBits(ScriptContext context, in Value a, in Value b) =>
        BigMath.Reserve(context, Math.Max(a.AsBig.GetBitLength(), b.AsBig.GetBitLength()) + 1);

    private static ScriptErrorException Refused(UnaryOperator @operator, in Value operand) => Throw.TypeError(
        $"operator {OperatorInfo.Of(@operator).Text} can't take {Throw.TypeName(operand)}{UncalledMethod.HintFor(operand, operand)}");

    private static void CheckDivisor(in Value divisor)
    {
        if (divisor.IsInt && divisor.AsInt == 0)
        {
            throw Throw.DivisionByZero();
        }
    }

    private static void CheckCount(BinaryOperator @operator, in Value count)
    {
        if (count.AsBig.Sign < 0)
        {
            throw Throw.ValueError($"the count of {OperatorInfo.Of(@operator).Text} can't be negative");
        }
    }

    private static Value InvokeHook(ScriptContext context, in Value a, in Value b, Closure? hook, BinaryOperator @operator)
    {
        if (hook is null)
        {
            return ApplyHost(context, @operator, a, b);
        }

        Value argument = b;
        return context.InvokeMethod(hook, a, new ReadOnlySpan<Value>(in argument));
    }

    private static Value OnCopies(ScriptContext context, BinaryOperator @operator, in Value a, in Value b) =>
        @operator == BinaryOperator.Add ? Add(context, a, b) : Mul(context, a, b);

    /// <summary>
    /// The operator of a host type, the last that is tried. A list of the host is added and repeated as a list of the language.
    /// </summary>
    private static Value ApplyHost(ScriptContext context, BinaryOperator @operator, in Value a, in Value b) =>
        @operator is BinaryOperator.Add or BinaryOperator.Multiply && (a.Ref is HostList || b.Ref is HostList)
            ? OnCopies(context, @operator, HostCollection.CopyOf(context, a), HostCollection.CopyOf(context, b))
            : HostOperators.TryApply(context, @operator, a, b, out Value result)
            ? result
            : throw Throw.TypeError(
                $"operator {OperatorInfo.Of(@operator).Text} can't take {Throw.TypeName(a)} and {Throw.TypeName(b)}"
                    + UncalledMethod.HintFor(a, b) + TextHint(@operator, a, b));

    /// <summary>The end of the message about a str and another value that <c>+</c> does not join.</summary>
    private static string TextHint(BinaryOperator @operator, in Value a, in Value b)
    {
        bool isText = a.Ref is ScriptString;
        if (@operator != BinaryOperator.Add || isText == b.Ref is ScriptString || (a.Ref as BoundProc ?? b.Ref as BoundProc) is not null)
        {
            return string.Empty;
        }

        return $"; write tostring(x) or \"${{x}}\" for the {Throw.TypeName(isText ? b : a)}";
    }
}
