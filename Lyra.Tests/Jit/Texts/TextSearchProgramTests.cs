using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Texts;

/// <summary>Methods that look for a part of a str are called without their handler, and agree with the interpreter.</summary>
public sealed class TextSearchProgramTests
{
    [Fact]
    public void Parts_are_found_at_the_same_places()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc look(text, part) {
                let found = []
                for start in 0..40 {
                    found.push(text.find(part, start))
                    found.push(text.index(part, start * start * start))
                    found.push(text.find(part))
                    found.push(text.contains(part))
                    found.push(text.startsWith(part))
                    found.push(text.endsWith(part))
                }
                return found
            }
            let texts = ["", "a", "abcab", "the quick brown fox", "x" * 1024 + "ab", "ab" * 900, "é\u{1F600}ab"]
            for text in texts {
                for part in ["", "a", "ab", "b", "fox", "\u{1F600}", "x" * 300, text] { print(look(text, part)) }
            }
            """);
        foreach (RegionHelper helper in new[] { RegionHelpers.IndexOfText, RegionHelpers.StartsWithText, RegionHelpers.EndsWithText })
        {
            run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, helper));
        }
    }

    [Fact]
    public void A_negative_start_is_the_same_error() => BothTiers.ShouldAgree(
        """
        proc look(text, from) {
            var sum = 0
            for start in from..40 { sum += text.find("b", 40 - start) }
            for start in from..60 { sum += text.find("b", 50 - start) }
            return sum
        }
        for i in 0..3 { try { print(look("abcabc", i)) } catch e { print(e.kind, e.message, e.trace) } }
        """);

    /// <summary>Long searches cost steps, so every limit stops at the same place.</summary>
    [Fact]
    public void Every_step_limit_stops_at_the_same_place()
    {
        for (long limit = 5_000; limit < 30_000; limit += 1_777)
        {
            BothTiers.ShouldAgreeWithin(
                limit,
                """
                let text = "x" * 900
                proc look() {
                    var sum = 0
                    for i in 0..300 { sum += text.find("y", i) + text.find("xy", i)
                        if text.startsWith(text) { sum += 1 } }
                    return sum
                }
                print(look())
                """,
                7);
        }
    }
}
