using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>The procs of module math on ints, most of which have a short way for 64 bits, against <see cref="BigInteger"/>.</summary>
public sealed class WholeNumberTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Divisions_are_floored() => ForAllPairs((a, b) =>
    {
        if (b.IsZero)
        {
            return true;
        }

        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger rest);
        bool isBelow = rest.Sign * b.Sign < 0;
        return Of("math.idiv", a, b) == (isBelow ? quotient - 1 : quotient) && Of("math.mod", a, b) == (isBelow ? rest + b : rest);
    });

    [Fact]
    public void Divisors_and_multiples_are_common() => ForAllPairs((a, b) =>
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(a, b);
        BigInteger multiple = divisor.IsZero ? 0 : BigInteger.Abs(a / divisor * b);
        return Of("math.gcd", a, b) == divisor && Of("math.lcm", a, b) == multiple;
    });

    [Fact]
    public void A_root_is_the_largest_int_whose_square_fits() => ForAllPairs((a, _) =>
    {
        BigInteger n = BigInteger.Abs(a);
        BigInteger root = Of("math.isqrt", n);
        BigInteger ofSquare = Of("math.isqrt", n * n);
        return root * root <= n && (root + 1) * (root + 1) > n && ofSquare == n && (n.IsZero || Of("math.isqrt", (n * n) - 1) == n - 1);
    });

    private static void ForAllPairs(System.Func<BigInteger, BigInteger, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Numbers.Ints, Numbers.Ints, holds));

    private BigInteger Of(string name, params BigInteger[] arguments)
    {
        Value result = LibraryCalls.Call(_context, name, System.Array.ConvertAll(arguments, argument => (object?)argument));
        return result.AsBig;
    }
}
