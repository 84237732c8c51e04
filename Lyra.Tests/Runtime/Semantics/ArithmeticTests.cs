using System;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class ArithmeticTests
{
    private delegate Value Operation(Lyra.Runtime.Execution.ScriptContext context, in Value a, in Value b);

    private readonly BareContext _context = new();

    [Fact]
    public void Ints_add_subtract_and_multiply_as_big_integers_do()
    {
        CheckInts((a, b) => a + b, Arithmetic.Add);
        CheckInts((a, b) => a - b, Arithmetic.Sub);
        CheckInts((a, b) => a * b, Arithmetic.Mul);
    }

    [Fact]
    public void Ints_divide_toward_zero_with_the_remainders_sign_that_of_the_dividend()
    {
        CheckInts((a, b) => b.IsZero ? 0 : BigInteger.Divide(a, b), (c, in a, in b) => IsZero(b) ? Value.FromInt(0)
            : Arithmetic.Div(c, a, b));
        CheckInts((a, b) => b.IsZero ? 0 : BigInteger.Remainder(a, b), (c, in a, in b) => IsZero(b) ? Value.FromInt(0)
            : Arithmetic.Mod(c, a, b));
    }

    [Fact]
    public void Bit_operations_act_on_unbounded_twos_complement()
    {
        CheckInts((a, b) => a & b, Arithmetic.BitAnd);
        CheckInts((a, b) => a | b, Arithmetic.BitOr);
        CheckInts((a, b) => a ^ b, Arithmetic.BitXor);
        CheckInts((a, _) => -a - 1, (c, in a, in _) => Arithmetic.BitNot(c, a));
        CheckInts((a, _) => -a, (c, in a, in _) => Arithmetic.Neg(c, a));
    }

    [Fact]
    public void Shifts_are_exact_multiplication_and_floor_division()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Numbers.Ints, Arb.From(Gen.Choose(0, 200)), (a, count) =>
        {
            BigInteger power = BigInteger.Pow(2, count);
            BigInteger floor = a.Sign < 0 ? -((-a + power - 1) / power) : a / power;
            Value left = Arithmetic.Shl(_context, Value.FromBig(a), Value.FromInt(count));
            Value right = Arithmetic.Shr(_context, Value.FromBig(a), Value.FromInt(count));
            return IsCanonical(left, a * power) && IsCanonical(right, floor);
        }));
    }

    [Fact]
    public void Int_powers_are_exact()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Numbers.Ints, Arb.From(Gen.Choose(0, 70)), (a, exponent) =>
            IsCanonical(Arithmetic.Pow(_context, Value.FromBig(a), Value.FromInt(exponent)), BigInteger.Pow(a, exponent))));
    }

    [Fact]
    public void Mixed_operands_become_floats()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Numbers.Ints, Numbers.Floats, (a, b) =>
        {
            double x = Conversion.BigToFloat(a);
            Value left = Value.FromBig(a);
            Value right = Value.FromFloat(b);
            return Same(Arithmetic.Add(_context, left, right), x + b) && Same(Arithmetic.Sub(_context, right, left), b - x)
                && Same(Arithmetic.Mul(_context, left, right), x * b) && Same(Arithmetic.Div(_context, left, right), x / b)
                && Same(Arithmetic.Mod(_context, right, left), b % x) && Same(Arithmetic.Pow(_context, right, left), Math.Pow(b, x));
        }));
    }

    [Theory]
    [InlineData(2, -1, 0.5)]
    [InlineData(-2, -1, -0.5)]
    [InlineData(10, -2, 0.01)]
    [InlineData(0, -1, double.PositiveInfinity)]
    public void A_negative_exponent_returns_a_float(long a, long b, double expected) =>
        Arithmetic.Pow(_context, Value.FromInt(a), Value.FromInt(b)).AsFloat.ShouldBe(expected);

    [Fact]
    public void Division_of_ints_by_zero_throws()
    {
        foreach (Value a in new[] { Value.FromInt(1), Value.FromInt(0), Value.FromBig(BigInteger.Pow(2, 100)) })
        {
            ScriptErrors.KindOf(() => Arithmetic.Div(_context, a, Value.FromInt(0))).ShouldBe(ErrorKinds.DivisionByZero);
            ScriptErrors.KindOf(() => Arithmetic.Mod(_context, a, Value.FromInt(0))).ShouldBe(ErrorKinds.DivisionByZero);
        }

        Arithmetic.Div(_context, Value.FromInt(1), Value.FromFloat(0)).AsFloat.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void An_impossible_size_is_a_value_error_unless_a_limit_trips_first()
    {
        Value huge = Value.FromBig(BigInteger.Pow(10, 12));
        Value vast = Value.FromBig(BigInteger.Pow(2, 100));
        Value one = Value.FromInt(1);
        Value x = Value.FromText("x");
        Value list = Value.FromObject(ListObject.OfInts([1], 1));
        BareContext limited = new(maxMemory: 1_000_000);
        foreach (Value count in new[] { huge, vast })
        {
            Action<BareContext>[] actions =
            [
                c => Arithmetic.Shl(c, one, count),
                c => Arithmetic.Pow(c, Value.FromInt(3), count),
                c => Arithmetic.Mul(c, x, count),
                c => Arithmetic.Mul(c, list, count),
            ];
            foreach (Action<BareContext> action in actions)
            {
                ScriptErrors.KindOf(() => action(_context)).ShouldBe(ErrorKinds.ValueError);
                ScriptErrors.KindOf(() => action(new BareContext(maxMemory: 1_000_000))).ShouldBe(ErrorKinds.LimitExceeded);
            }
        }

        Arithmetic.Shl(limited, Value.FromInt(0), vast).AsInt.ShouldBe(0);
        Arithmetic.Shr(limited, Value.FromInt(-5), vast).AsInt.ShouldBe(-1);
        Arithmetic.Pow(limited, Value.FromInt(-1), vast).AsInt.ShouldBe(1);
        Arithmetic.Pow(limited, Value.FromInt(0), vast).AsInt.ShouldBe(0);
    }

    [Fact]
    public void A_negative_shift_count_is_a_value_error()
    {
        ScriptErrors.KindOf(() => Arithmetic.Shl(_context, Value.FromInt(1), Value.FromInt(-1))).ShouldBe(ErrorKinds.ValueError);
        ScriptErrors.KindOf(() => Arithmetic.Shr(_context, Value.FromInt(1), Value.FromInt(-1))).ShouldBe(ErrorKinds.ValueError);
    }

    [Fact]
    public void A_wrong_operand_is_a_type_error_that_names_the_operator_and_both_types()
    {
        ErrorObject error = ScriptErrors.Of(() => Arithmetic.Add(_context, Value.FromText("a"), Value.FromInt(1)));
        error.ErrorKind.ShouldBe(ErrorKinds.TypeError);
        error.Message.ShouldBe("operator + can't take str and int; write tostring(x) or \"${x}\" for the int");
        ScriptErrors.Of(() => Arithmetic.Shl(_context, Value.Nil, Value.True)).Message.ShouldBe("operator << can't take nil and bool");
    }

    [Fact]
    public void Strs_lists_and_tuples_join_and_repeat()
    {
        Value list = Value.FromObject(ListObject.Of(_context, [Value.FromInt(1), Value.FromText("a")]));
        Value tuple = Value.FromObject(TupleObject.Of([Value.True]));
        Text(Arithmetic.Add(_context, list, list)).ShouldBe("[1, \"a\", 1, \"a\"]");
        Text(Arithmetic.Add(_context, tuple, tuple)).ShouldBe("(true, true)");
        Text(Arithmetic.Mul(_context, list, Value.FromInt(2))).ShouldBe("[1, \"a\", 1, \"a\"]");
        Text(Arithmetic.Mul(_context, Value.FromInt(3), Value.FromText("ab"))).ShouldBe("\"ababab\"");
        Text(Arithmetic.Mul(_context, list, Value.FromInt(-3))).ShouldBe("[]");
        Text(Arithmetic.Mul(_context, Value.FromText("x"), Value.FromInt(-1))).ShouldBe("\"\"");
        ((ListObject)Arithmetic.Mul(_context, Value.FromObject(ListObject.OfFloats([0.5], 1)), Value.FromInt(5)).Ref!)
            .Strategy.ShouldBe(ListStrategy.Floats);
    }

    [Fact]
    public void Only_the_left_operands_hook_is_tried()
    {
        Shape shape = TestShapes.Create("S", [], "__add", "__neg");
        Value s = TestShapes.Instance(shape);
        _context.OnInvokeMethod = (name, _, arguments) => Value.FromText(name + arguments.Length);
        Text(Arithmetic.Add(_context, s, Value.FromInt(1))).ShouldBe("\"__add1\"");
        Text(Arithmetic.Neg(_context, s)).ShouldBe("\"__neg0\"");
        ScriptErrors.KindOf(() => Arithmetic.Add(_context, Value.FromInt(1), s)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Arithmetic.Sub(_context, s, s)).ShouldBe(ErrorKinds.TypeError);
    }

    private static bool IsZero(in Value value) => value.IsInt && value.AsInt == 0;

    /// <summary>Whether an int has the expected value, in canonical form.</summary>
    private static bool IsCanonical(in Value actual, BigInteger expected) => actual.IsAnyInt && actual.AsBig == expected
        && actual.IsInt == (expected >= long.MinValue && expected <= long.MaxValue);

    private static bool Same(in Value actual, double expected) => actual.IsFloat && actual.AsFloat.Equals(expected);

    private string Text(in Value value) => Formatting.ToLiteral(_context, value);

    /// <summary>
    /// Compares an operation with one of unbounded ints. If operands and result fit 64 bits, it charges no memory, because compiled code
    /// charges none.
    /// </summary>
    private void CheckInts(Func<BigInteger, BigInteger, BigInteger> model, Operation operation) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Numbers.Ints, Numbers.Ints, (a, b) =>
        {
            (Value x, Value y) = (Value.FromBig(a), Value.FromBig(b));
            long before = _context.MemoryUsed;
            Value result = operation(_context, x, y);
            bool isSmall = x.IsInt && y.IsInt && result.IsInt;
            return IsCanonical(result, model(a, b)) && (!isSmall || _context.MemoryUsed == before);
        }));
}
