using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Sums whose terms are checked together agree with the interpreter, for all terms.</summary>
public sealed class SumProgramTests
{
    private const string Sums =
        """
        proc four(a, i) { return a[i] + a[i + 1] + a[i + 2] + a[i + 3] }
        proc pairs(a, i) { return (a[i] + a[i + 1]) + (a[i + 2] + a[i + 3]) }
        proc twice(a, i) { return a[i] + a[i] + a[i] + a[i + 1] + a[i + 2] }
        proc constants(a, i) { return a[i] + 7 + a[i + 1] + a[i + 2] + i }
        proc negative(a, i) { return a[i] + -7 + a[i + 1] + a[i + 2] + i }
        proc between(a, i) {
            let x = a[i] + a[i + 1]
            a[i] = x & 255
            return x + a[i + 2] + a[i + 3] + a[i]
        }
        proc called(a, i) { return a[i] + four(a, i) + a[i + 1] + a[i + 3] }
        proc many(a, i) {
            return a[i] + a[i + 1] + a[i + 2] + a[i + 3] + a[i] + a[i + 1] + a[i + 2] + a[i + 3] + a[i] +
                a[i + 1] + a[i + 2] + a[i + 3] + a[i] + a[i + 1] + a[i + 2] + a[i + 3] + a[i] + a[i + 1] + a[i + 2]
        }
        proc run(f, a) {
            var s = 0
            for i in 0..length(a) - 3 { s = (s * 3 + f(a, i)) % 1000003 }
            return s
        }
        let limit = 9223372036854775807
        let lists = [[1, 2, 3, 4] * 12, [5, 1 << 58, 3, 9] * 12, [1 << 59, 2, 3, 4] * 12, [-1, 2, -3, 4] * 12,
            [limit, 0, 0, 0] * 12, [limit, 1, -1, 2] * 12, [-limit - 1, -1, 3, 4] * 12, [1 << 62, 1 << 62, 1 << 61, 5] * 12]
        for f in [four, pairs, twice, constants, negative, between, called, many] {
            for k in 0..2 { for a in lists { print(run(f, a[..])) } }
        }
        for a in lists {
            a.push("x")
            try { print(run(four, a[..])) } catch e { print(e.kind, e.message, e.trace) }
        }
        """;

    [Fact]
    public void Every_form_of_sum()
    {
        BothTiers run = BothTiers.ShouldAgree(Sums, 2, 20);
        run.Nodes.ShouldContain(node => IsCheckOfTerms(node));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_form_of_sum_under_stress(int seed) => BothTiers.ShouldAgree(Sums, TierOptions.Stressed(seed));

    /// <summary>A negative term is seen once; then the additions are checked.</summary>
    [Fact]
    public void A_failed_speculation_is_not_repeated()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc sum(a) {
                var s = 0
                for k in 0..60 { for i in 3..length(a) { s += (a[i] + a[i - 1] + a[i - 2] + a[i - 3]) % 100 } }
                return s
            }
            print(sum([1, 2, 3, 4] * 20))
            print(sum([-1, 2, 3, 4] * 20))
            """,
            10);
        run.Nodes.ShouldContain(node => IsCheckOfTerms(node));
        run.Operations.Values.ShouldAllBe(ops => ops.Count(op => op == IrOp.GuardSpeculation) == 0 || !ops.Contains(IrOp.OrInt));
        run.Counters.Compiled.ShouldBeLessThan(12);
    }

    private static bool IsCheckOfTerms(IrNode node) =>
        node.Op == IrOp.GuardSpeculation && node.Inputs[0] is { Op: IrOp.EqInt, Inputs: [{ Op: IrOp.AndInt }, _] };
}
