using System.Collections.Generic;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Harness;

/// <summary>Generators of numbers near the limits of representations: around 0, 2^31, 2^53, 2^63, 2^64 and far beyond.</summary>
internal static class Numbers
{
    private static readonly int[] EdgeBits = [0, 7, 8, 15, 16, 31, 32, 52, 53, 54, 62, 63, 64, 65, 127, 128, 1023, 1024];

    /// <summary>Ints of any size, half of them 64-bit.</summary>
    public static readonly Arbitrary<BigInteger> Ints = Arb.From(IntGenerator());

    /// <summary>Ints and floats for mixed comparisons; the floats are whole, halves, huge, tiny or special.</summary>
    public static readonly Arbitrary<Value> Any = Arb.From(Gen.OneOf(
        IntGenerator().Select(Value.FromBig),
        FloatGenerator().Select(Value.FromFloat)));

    public static readonly Arbitrary<double> Floats = Arb.From(FloatGenerator());

    private static Gen<BigInteger> IntGenerator()
    {
        List<BigInteger> edges = [];
        foreach (int bits in EdgeBits)
        {
            for (int delta = -2; delta <= 2; delta++)
            {
                edges.Add((BigInteger.One << bits) + delta);
                edges.Add(-(BigInteger.One << bits) + delta);
            }
        }

        Gen<BigInteger> large = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => new BigInteger(bytes));
        return Gen.OneOf(Gen.Choose(-20, 20).Select(i => (BigInteger)i), Gen.Elements<BigInteger>(edges),
            ArbMap.Default.GeneratorFor<long>().Select(i => (BigInteger)i), large);
    }

    private static Gen<double> FloatGenerator() => Gen.OneOf(
        Gen.Elements(0.0, -0.0, 1.0, -1.0, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon,
            double.MaxValue,
            9007199254740992.0, 9007199254740994.0, 9223372036854775808.0, -9223372036854775808.0, 9223372036854774784.0, 1e16, 1e-5,
            0.0001),
        Gen.Choose(-100, 100).Select(i => i / 4.0),
        IntGenerator().Select(i => (double)i),
        ArbMap.Default.GeneratorFor<long>().Select(System.BitConverter.Int64BitsToDouble));
}
