using Lyra.Tests.Jit.Objects;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class JumpThreadingTests
{
    [Theory]
    [InlineData("a > 3 and b > 3")]
    [InlineData("a > 3 or b > 3")]
    [InlineData("not (a > 3 and b > 3) or a == b")]
    [InlineData("(a > 3 or b > 5) and (a < 7 or not (b < 2))")]
    public void Joined_conditions_evaluate_the_same(string condition) => BothTiers.ShouldAgree(
        $$"""
        proc holds(a, b) { return {{condition}} }
        var yes = 0
        for i in 0..40 {
            for k in 0..10 {
                let h = holds(k, i % 9)
                if h { yes += k } else { yes -= 1 }
                if not holds(i % 9, k) { yes += 100 }
            }
        }
        print(yes)
        """);

    /// <summary>Loops with two exits count steps correctly: the budget is stored on both.</summary>
    [Fact]
    public void Loops_with_two_ends_charge_their_steps() => BothTiers.ShouldAgree(
        """
        var found = 0
        let items = [5, 8, 2, 9, 4]
        for round in 0..60 {
            var i = 0
            while i < 5 and items[i] != round % 11 { i += 1 }
            found += i
        }
        print(found)
        """);
}
