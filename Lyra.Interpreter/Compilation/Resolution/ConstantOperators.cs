using System;
using System.Numerics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// The operators on constants: numbers, strs, bools and nil. Exact where the language is exact; refuses what raises an error and
/// results beyond <see cref="MaxBits"/> bits or <see cref="MaxText"/> characters.
/// </summary>
internal static class ConstantOperators
{
    private const int MaxBits = 1 << 16;
    private const int MaxText = 1 << 12;
    private const string WrongOperands = "the operator does not take these operands";
    private const string TooLarge = "the result is too large";

    public static bool TryCompute(BinaryOperator @operator, Value left, Value right, out Value value, out string? failure)
    {
        failure = null;
        Value? result = @operator switch
        {
            BinaryOperator.Equal => Value.FromBool(AreEqual(left, right)),
            BinaryOperator.NotEqual => Value.FromBool(!AreEqual(left, right)),
            BinaryOperator.Is => Value.FromBool(AreIdentical(left, right)),
            BinaryOperator.IsNot => Value.FromBool(!AreIdentical(left, right)),
            _ when left.IsAnyInt && right.IsAnyInt => Ints(@operator, left.AsBig, right.AsBig, ref failure),
            _ when left.IsNumber && right.IsNumber => Floats(@operator, ToFloat(left), ToFloat(right), left, right),
            _ when left.Ref is ScriptString a && right.Ref is ScriptString b => Texts(@operator, a.Text, b.Text, ref failure),
            _ => null,
        };
        value = result.GetValueOrDefault();
        if (result is null) failure ??= WrongOperands;
        return result is not null;
    }

    private static double ToFloat(Value value) => value.IsFloat ? value.AsFloat : Conversion.IntToFloat(value);

    private static bool AreEqual(Value left, Value right)
    {
        if (left.IsAnyInt && right.IsAnyInt) return left.AsBig == right.AsBig;
        if (left.IsNumber && right.IsNumber) return CompareNumbers(left, right) == 0;
        return left.Ref is ScriptString a && right.Ref is ScriptString b
            ? string.Equals(a.Text, b.Text, StringComparison.Ordinal)
            : ReferenceEquals(left.Ref, right.Ref) && left.Bits == right.Bits;
    }

    private static bool AreIdentical(Value left, Value right) => left.IsFloat == right.IsFloat && AreEqual(left, right);

    /// <summary>By mathematical value, an int being exact; null when one is NaN.</summary>
    private static int? CompareNumbers(Value left, Value right)
    {
        if (left.IsFloat && right.IsAnyInt) return -CompareNumbers(right, left);
        if (left.IsAnyInt && right.IsAnyInt) return left.AsBig.CompareTo(right.AsBig);

        double b = right.AsFloat;
        if (double.IsNaN(b) || (left.IsFloat && double.IsNaN(left.AsFloat))) return null;
        if (left.IsFloat) return left.AsFloat.CompareTo(b) is var order && left.AsFloat == b ? 0 : order;
        if (double.IsInfinity(b)) return b > 0 ? -1 : 1;

        int whole = left.AsBig.CompareTo(new BigInteger(Math.Floor(b)));
        return whole == 0 && Math.Floor(b) != b ? -1 : whole;
    }

    private static Value? Ints(BinaryOperator @operator, BigInteger left, BigInteger right, ref string? failure)
    {
        switch (@operator)
        {
            case BinaryOperator.Add: return Value.FromBig(left + right);
            case BinaryOperator.Subtract: return Value.FromBig(left - right);
            case BinaryOperator.Multiply when left.GetBitLength() + right.GetBitLength() <= MaxBits: return Value.FromBig(left * right);
            case BinaryOperator.Divide when !right.IsZero: return Value.FromBig(BigInteger.Divide(left, right));
            case BinaryOperator.Modulo when !right.IsZero: return Value.FromBig(BigInteger.Remainder(left, right));
            case BinaryOperator.Divide or BinaryOperator.Modulo: failure = "division by zero"; return null;
            case BinaryOperator.BitAnd: return Value.FromBig(left & right);
            case BinaryOperator.BitOr: return Value.FromBig(left | right);
            case BinaryOperator.BitXor: return Value.FromBig(left ^ right);
            case BinaryOperator.Less: return Value.FromBool(left < right);
            case BinaryOperator.LessEqual: return Value.FromBool(left <= right);
            case BinaryOperator.Greater: return Value.FromBool(left > right);
            case BinaryOperator.GreaterEqual: return Value.FromBool(left >= right);
            default: return PowersAndShifts(@operator, left, right, ref failure);
        }
    }

    private static Value? PowersAndShifts(BinaryOperator @operator, BigInteger left, BigInteger right, ref string? failure)
    {
        failure = TooLarge;
        if (right > MaxBits || right < -MaxBits) return null;

        int count = (int)right;
        bool isTooLarge = @operator == BinaryOperator.Power && left.GetBitLength() * Math.Max(count, 0) > MaxBits;
        if (isTooLarge || left.GetBitLength() > MaxBits) return null;

        failure = count < 0 && @operator != BinaryOperator.Power ? "the shift count is negative" : null;
        return @operator switch
        {
            BinaryOperator.Power when count >= 0 => Value.FromBig(BigInteger.Pow(left, count)),
            BinaryOperator.Power => Value.FromFloat(Math.Pow(Conversion.IntToFloat(Value.FromBig(left)), count)),
            BinaryOperator.ShiftLeft when count >= 0 => Value.FromBig(left << count),
            BinaryOperator.ShiftRight when count >= 0 => Value.FromBig(left >> count),
            _ => null,
        };
    }

    private static Value? Floats(BinaryOperator @operator, double a, double b, Value left, Value right) => @operator switch
    {
        BinaryOperator.Add => Value.FromFloat(a + b),
        BinaryOperator.Subtract => Value.FromFloat(a - b),
        BinaryOperator.Multiply => Value.FromFloat(a * b),
        BinaryOperator.Divide => Value.FromFloat(a / b),
        BinaryOperator.Modulo => Value.FromFloat(a % b),
        BinaryOperator.Power => Value.FromFloat(Math.Pow(a, b)),
        BinaryOperator.Less => Value.FromBool(CompareNumbers(left, right) < 0),
        BinaryOperator.LessEqual => Value.FromBool(CompareNumbers(left, right) <= 0),
        BinaryOperator.Greater => Value.FromBool(CompareNumbers(left, right) > 0),
        BinaryOperator.GreaterEqual => Value.FromBool(CompareNumbers(left, right) >= 0),
        _ => null,
    };

    private static Value? Texts(BinaryOperator @operator, string left, string right, ref string? failure)
    {
        if (@operator == BinaryOperator.Add && left.Length + right.Length > MaxText) failure = TooLarge;
        return @operator switch
        {
            BinaryOperator.Add when failure is null => Value.FromText(left + right),
            BinaryOperator.Less => Value.FromBool(string.CompareOrdinal(left, right) < 0),
            BinaryOperator.LessEqual => Value.FromBool(string.CompareOrdinal(left, right) <= 0),
            BinaryOperator.Greater => Value.FromBool(string.CompareOrdinal(left, right) > 0),
            BinaryOperator.GreaterEqual => Value.FromBool(string.CompareOrdinal(left, right) >= 0),
            BinaryOperator.In => Value.FromBool(right.Contains(left, StringComparison.Ordinal)),
            BinaryOperator.NotIn => Value.FromBool(!right.Contains(left, StringComparison.Ordinal)),
            _ => null,
        };
    }
}
