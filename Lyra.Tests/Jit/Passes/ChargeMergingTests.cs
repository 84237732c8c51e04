using Lyra.Tests.Jit.Objects;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class ChargeMergingTests
{
    /// <summary>
    /// Limits trip at the same step although steps are charged in advance: the test tries every limit near the end of a run.
    /// </summary>
    [Theory]
    [InlineData("var s = 0\nfor i in 0..400 { s += half(i) + half(s % 7) }\nprint(s)")]
    [InlineData("var s = 0\nvar i = 0\nwhile i < 300 { if half(i) > 40 { s += half(i + 1) } else { s -= half(s) }\ni += 1 }\nprint(s)")]
    [InlineData("let out = []\nfor x in [1, 5, 9, 2] * 60 { out.push(half(x)) }\nprint(length(out))")]
    public void Limits_trip_at_the_same_step(string main)
    {
        string source = "proc half(n) { return (n - n % 2) / 2 }\n" + main;
        for (long limit = 800; limit < 3200; limit += 37)
        {
            BothTiers.ShouldAgreeWithin(limit, source, 3);
        }
    }
}
