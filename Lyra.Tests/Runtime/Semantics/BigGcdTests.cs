using System;
using System.Numerics;
using Lyra.Runtime.Semantics;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class BigGcdTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 20_000)]
    [InlineData(8, 20_000)]
    [InlineData(20_000, 20_000)]
    [InlineData(20_000, 30_000)]
    [InlineData(17_000, 60_000)]
    public void It_is_the_divisor_that_the_BCL_finds(int bytes, int otherBytes)
    {
        Random random = new(bytes + otherBytes);
        BigInteger common = Number(random, 3_000);
        BigInteger a = Number(random, bytes) * common;
        BigInteger b = -Number(random, otherBytes) * common;

        BigGcd.Of(new BareContext(), a, b).ShouldBe(BigInteger.GreatestCommonDivisor(a, b));
        BigGcd.Of(new BareContext(), b, a).ShouldBe(BigInteger.GreatestCommonDivisor(a, b));
    }

    [Fact]
    public void Neighbours_in_the_sequence_of_Fibonacci_are_coprime()
    {
        (BigInteger a, BigInteger b) = (BigInteger.One, BigInteger.One);
        for (int i = 0; i < 200_000; i++)
        {
            (a, b) = (b, a + b);
        }

        BigGcd.Of(new BareContext(), a, b).ShouldBe(BigInteger.One);
        BigGcd.Of(new BareContext(), a * 6, a * 4).ShouldBe(a * 2);
    }

    private static BigInteger Number(Random random, int bytes)
    {
        byte[] content = new byte[bytes];
        random.NextBytes(content);
        return new BigInteger(content, isUnsigned: true);
    }
}
