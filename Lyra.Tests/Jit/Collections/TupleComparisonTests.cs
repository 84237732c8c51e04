using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>The order of tuples: those that differ in numbers are compared without a walk.</summary>
public sealed class TupleComparisonTests
{
    [Fact]
    public void Tuples_are_ordered_by_their_first_difference()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            let nan = 0.0 / 0.0
            let keys = [
                (), (1,), (1, 2), (1, 3), (1, 2, 0), (2, 0), (1.5, 2), (1, 2.5), (1.5, 2.5), (-0.0, 1), (0.0, 1), (nan, 1), (1, nan),
                ((1, 2), 3), ((1, 2), 4), (1, "a"), (1, "b"), (1 << 70, 1), (1 << 70, 2), ([1], 2), ([1], 3),
            ]
            proc run(n) {
                var found = ""
                for i in 0..n {
                    let a = keys[i % length(keys)]
                    let b = keys[i / length(keys) % length(keys)]
                    try {
                        found = found + "${a < b}${a <= b}${a > b}${a >= b}${a == b} "
                    } catch e { found = found + e.message }
                }
                return found
            }
            print(run(length(keys) * length(keys) * 3))
            """,
            5,
            200);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_heap_of_tuples_compares_without_exits()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc run(n) {
                var best = (1000000, 0)
                var count = 0
                for i in 0..n {
                    let item = (i * 7919 % 1000, i)
                    if item < best { best = item }
                    if best <= item { count += 1 }
                }
                return (best, count)
            }
            print(run(3000))
            """,
            5);
        run.Counters.Deoptimizations.ShouldBeLessThan(20);
        run.Nodes.Select(node => node.Payload).ShouldContain(RegionHelpers.IsLessOrEqualTuple);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(901)]
    [InlineData(902)]
    [InlineData(903)]
    [InlineData(904)]
    public void A_step_limit_ends_a_run_at_the_same_comparison(int steps) => BothTiers.ShouldAgreeWithin(
        steps,
        """
        let a = (1, 2, 3, 4, 5, 6)
        let b = (1, 2, 3, 4, 5, 7)
        var i = 0
        while true { if a < b { i += 1 } }
        """,
        5);
}
