using Lyra.Interpreter.Execution;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Collections;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Identity and names of types of values whose kinds vary: the same in compiled code as in the interpreter.</summary>
public sealed class IdentityTests
{
    private const string Values =
        """
        struct P { x }
        struct Q { x; proc __eq(self, o) { return true } }
        struct R { x; proc type(self) { return "mine" } }
        proc gen() { yield 1 }
        let p = P(1)
        let xs = [1]
        let m = {"a": 1}
        let t = (1, 2)
        let f = x => x
        let g = gen()
        let values = [
            nil, true, false, 1, 1.0, 0.0 / 0.0, 2 ** 70, 2 ** 70, "a", "ab" + "c", "abc", xs, [1], m, {"a": 1}, set([1]), t, (1, 2), p,
            P(1), Q(1), Q(1), f, x => x, g, gen(), 0..3, 0..3, bytes([1]), P, Q, length, xs.push, error("e"), chan(),
        ]

        """;

    [Theory]
    [InlineData("if a is b { n += i * 100 + j }")]
    [InlineData("if a is p { n += i + 1 }; if xs is b { n += j + 7 }; if a is m { n += 3 }; if t is b { n += 5 }")]
    [InlineData("if a is not b { n += 1 }; if f is a { n += 11 }; if g is a { n += 13 }; if \"abc\" is a { n += 17 }")]
    [InlineData("if type(a) == \"P\" { n += 3 } else if type(a) == \"list\" { n += 5 } else if type(b) != \"int\" { n += 7 }")]
    [InlineData("n += length(type(a)) * length(type(b))")]
    [InlineData("n += match type(a) { \"int\" => 1, \"float\" => 2, \"str\" => 3, \"P\" => 4, \"struct\" => 5, \"nil\" => 6, _ => 7 }")]
    public void All_pairs_of_values_agree(string body)
    {
        string source = $"{Values}var n = 0\nfor i, a in values {{\n    for j, b in values {{ {body} }}\n}}\nprint(n)";
        TierCounters counters = TwoTiers.ShouldAgree(source, TwoTiers.After(10));

        counters.Compiled.ShouldBeGreaterThan(0);
        counters.Entries.ShouldBeGreaterThan(0);
        for (int seed = 1; seed <= 3; seed++)
        {
            TwoTiers.ShouldAgree(source, TierOptions.Stressed(seed));
        }

        TwoTiers.ShouldAgree(source, TwoTiers.After(5), new RunLimits(3_331, null, default));
    }

    [Fact]
    public void A_method_replaces_the_name_of_a_type() => TwoTiers.ShouldAgree(
        Values + "var n = 0\nlet rs = [p, R(1), Q(1)]\nfor i in 0..600 { if type(rs[i % 3]) == \"mine\" { n += 1 } }\nprint(n)",
        TwoTiers.After(10)).Compiled.ShouldBeGreaterThan(0);
}
