using System;
using System.Globalization;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Semantics;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

/// <summary>Operations that work in pieces agree with the BCL's operations, for sizes near every threshold.</summary>
public sealed class BigMathTests
{
    private readonly BareContext _context = new();

    [Theory]
    [InlineData(1 << 17, 1 << 17)]
    [InlineData((1 << 17) + 1, (1 << 16) + 3)]
    [InlineData(600_000, 500_000)]
    [InlineData(700_001, 1_000)]
    [InlineData(1_000_000, 140_000)]
    [InlineData(1_000_000, 499_999)]
    [InlineData(1_000_003, 2)]
    [InlineData(1 << 20, 65)]
    [InlineData((1 << 18) + 65_536, 65_536)]
    public void Long_products_are_exact(int bits, int otherBits)
    {
        BigInteger a = RandomInt(bits, 1);
        BigInteger b = -RandomInt(otherBits, 2);
        BigMath.Multiply(_context, a, b).ShouldBe(a * b);
        BigMath.Multiply(_context, b, a).ShouldBe(a * b);
        BigMath.Multiply(_context, a, a).ShouldBe(a * a);
    }

    [Theory]
    [InlineData(400_000, 200_000)]
    [InlineData(400_000, 65)]
    [InlineData(400_000, 64)]
    [InlineData(1_000_001, 2)]
    [InlineData(300_001, 16_384)]
    [InlineData(300_000, 16_385)]
    [InlineData(300_000, 290_000)]
    [InlineData(140_000, 139_999)]
    [InlineData(1_000_000, 33_333)]
    public void Long_quotients_and_remainders_are_exact(int bits, int divisorBits)
    {
        BigInteger divisor = RandomInt(divisorBits, 4);
        foreach (BigInteger dividend in new[] { RandomInt(bits, 3), -RandomInt(bits, 5), (divisor << (bits - divisorBits)) - 1,
            divisor << (bits - divisorBits) })
        {
            foreach (BigInteger b in new[] { divisor, -divisor, BigInteger.One << (divisorBits - 1), (BigInteger.One << divisorBits) - 1 })
            {
                BigInteger expected = BigInteger.DivRem(dividend, b, out BigInteger expectedRest);
                BigMath.Divide(_context, dividend, b, out BigInteger rest).ShouldBe(expected);
                rest.ShouldBe(expectedRest);
            }
        }
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public void Short_quotients_of_long_ints_are_exact(int divisorBits)
    {
        BigInteger divisor = RandomInt(divisorBits, 11);
        foreach (BigInteger b in new[] { divisor, -divisor, BigInteger.One << (divisorBits - 1), -(BigInteger.One << (divisorBits - 1)) })
        {
            foreach (long quotient in new[] { 0, 1, 2, 9, -9, 12_345, int.MaxValue, uint.MaxValue, 1L << 32, long.MinValue })
            {
                foreach (BigInteger rest in new[] { 0, 1, divisor / 3, divisor / 2, BigInteger.Abs(b) - 1 })
                {
                    BigInteger dividend = (b * quotient) + (rest * b.Sign * (quotient < 0 ? -1 : 1));
                    BigMath.Quotient(_context, dividend, b).ShouldBe(quotient);
                    BigMath.Quotient(_context, -dividend, b).ShouldBe(-(BigInteger)quotient);
                }
            }
        }
    }

    /// <summary>It takes time in proportion to the operands, which is charged, and allocates nothing of their size.</summary>
    [Fact]
    public void A_short_quotient_of_long_ints_is_charged()
    {
        BigInteger divisor = RandomInt(20_000_000, 12);
        BigInteger dividend = (divisor * 7) + (divisor / 2);
        BareContext context = new();
        BigMath.Quotient(context, dividend, divisor).ShouldBe(7);
        long before = GC.GetAllocatedBytesForCurrentThread();
        BigMath.Quotient(context, dividend, divisor).ShouldBe(7);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000);
        context.StepsUsed.ShouldBeGreaterThan(60_000);
        context.MemoryUsed.ShouldBe(0);
        ScriptErrors.KindOf(() => BigMath.Quotient(new BareContext(maxSteps: 20_000), dividend, divisor))
            .ShouldBe(ErrorKinds.LimitExceeded);
    }

    [Theory]
    [InlineData(3_399)]
    [InlineData(3_402)]
    [InlineData(6_804)]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void Decimal_texts_of_long_ints_are_exact_and_read_back(int bits)
    {
        foreach (BigInteger value in new[] { RandomInt(bits, 7), -RandomInt(bits, 8), BigInteger.Pow(10, bits * 3 / 10),
            BigInteger.Pow(10, bits * 3 / 10) - 1 })
        {
            string text = BigText.ToDecimal(_context, value);
            text.ShouldBe(value.ToString(CultureInfo.InvariantCulture));
            BigText.FromDecimal(_context, text.TrimStart('-')).ShouldBe(BigInteger.Abs(value));
        }
    }

    [Fact]
    public void Powers_are_exact()
    {
        foreach ((int b, int exponent) in new[] { (3, 100_000), (-7, 30_001), (-2, 12_345), (1024, 5_000), (10, 0) })
        {
            BigMath.Power(_context, b, exponent).ShouldBe(BigInteger.Pow(b, exponent));
        }
    }

    [Fact]
    public void Long_operations_stop_at_a_limit_of_steps()
    {
        BigInteger a = RandomInt(3_000_000, 9);
        BigInteger b = RandomInt(1_500_000, 10);
        Action<BareContext>[] actions =
        [
            c => BigMath.Multiply(c, a, a),
            c => BigMath.Divide(c, a, b, out _),
            c => BigText.ToDecimal(c, a),
            c => BigMath.Power(c, 7, 100_000_000),
            c => BigText.FromDecimal(c, new string('7', 1_000_000)),
        ];
        foreach (Action<BareContext> action in actions)
        {
            ScriptErrors.KindOf(() => action(new BareContext(maxSteps: 20_000))).ShouldBe(ErrorKinds.LimitExceeded);
        }
    }

    [Fact]
    public void Every_operator_refuses_an_impossible_size_alike()
    {
        BigInteger power = BigInteger.Pow(2, 40);
        Action<BareContext>[] actions =
        [
            c => BigMath.Power(c, 2, power),
            c => BigMath.Power(c, -3, power),
            c => BigMath.Power(c, BigInteger.Pow(10, 400), power),
            c => BigMath.Power(c, 2, BigInteger.Pow(power, 9)),
            c => BigMath.ShiftLeft(c, 1, power),
            c => BigMath.ShiftLeft(c, 1, BigInteger.Pow(power, 9)),
        ];
        foreach (Action<BareContext> action in actions)
        {
            ScriptErrors.KindOf(() => action(new BareContext(maxMemory: 1L << 30))).ShouldBe(ErrorKinds.LimitExceeded);
            ScriptErrors.KindOf(() => action(new BareContext())).ShouldBe(ErrorKinds.ValueError);
        }
    }

    [Fact]
    public void Short_operations_cost_few_steps()
    {
        BigInteger a = RandomInt(200, 11);
        BareContext context = new();
        BigMath.Multiply(context, a, a);
        BigMath.Add(context, a, a);
        BigMath.Divide(context, a * a, a, out _);
        context.StepsUsed.ShouldBeLessThan(8);
    }

    private static BigInteger RandomInt(int bits, int seed)
    {
        byte[] bytes = new byte[(bits + 7) / 8];
        new Random(seed).NextBytes(bytes);
        BigInteger value = new(bytes, isUnsigned: true);
        return (value & ((BigInteger.One << bits) - 1)) | BigInteger.One << (bits - 1);
    }
}
