using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>Divisors of -1, which the CLR's division refuses for the least int, and which gcd of negative ints meets at its end.</summary>
public sealed class DivisionTests
{
    [Theory]
    [InlineData("n % d")]
    [InlineData("n / d")]
    [InlineData("(n + 3) / -1 % (d + 8)")]
    [InlineData("n % -1")]
    public void A_divisor_of_minus_one_costs_no_exit(string quotient)
    {
        BothTiers run = BothTiers.ShouldAgree(
            $$"""
            proc run(count) {
                var sum = 0
                for i in 0..count {
                    let n = i - 700
                    let d = if i % 3 == 0 { -1 } else { i % 5 - 7 }
                    sum += {{quotient}}
                }
                return sum
            }
            print(run(2000))
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(10);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("%")]
    public void The_least_int_divided_by_minus_one_is_left_to_the_interpreter(string op) => BothTiers.ShouldAgree(
        $$"""
        let least = -9223372036854775807 - 1
        proc run(count) {
            var found = []
            for i in 0..count {
                let n = if i % 100 == 99 { least } else { i }
                let d = if i % 2 == 0 { 3 } else { -1 }
                let q = n {{op}} d
                if i % 100 == 99 { found.push(q) }
            }
            return found
        }
        print(run(1000))
        """,
        5);

    [Fact]
    public void Greatest_common_divisors_of_negative_ints_stay_compiled()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc gcd(a, b) {
                while b != 0 { let t = a % b; a = b; b = t }
                return if a < 0 { -a } else { a }
            }
            var sum = 0
            for i in 0..3000 { sum += gcd(i * 7919 % 1009 - 500, i * 104729 % 997 - 500) }
            print(sum)
            """,
            5);

        run.Counters.Deoptimizations.ShouldBeLessThan(200);
    }
}
