using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>Errors as values in compiled code: making them and reading their properties needs no executor.</summary>
public sealed class ErrorValueTests
{
    [Fact]
    public void Making_errors_and_reading_their_properties_are_no_call_outs()
    {
        EntryRun run = EntryRun.Agree(
            """
            proc check(i) {
                let n = (((i * 7 + 3) % 1009 * 5 + 1) % 2003 * 3 + 2) % 4001
                if n % 7 == 3 { return error("Odd", "bad ${i}") }
                return error("plain")
            }
            proc describe(i) {
                let e = check(i)
                return length(e.message) * 10 + length(e.kind) + if e.cause == nil { 1 } else { 2 }
            }
            var sum = 0
            for i in 0..3000 { sum += describe(i) }
            print(sum)
            """,
            ["describe"],
            share: 0.3);

        run.Counters.CallOuts.ShouldBeLessThan(20, run.Log);
        run.Counters.Deoptimizations.ShouldBeLessThan(20, run.Log);
    }

    [Theory]
    [InlineData("if i == 2500 { (1, 2) } else { error(\"a\") }")]
    [InlineData("if i == 2500 { nil } else { error(\"a\") }")]
    [InlineData("if i == 2500 { M(\"m\") } else { error(\"a\") }")]
    public void A_value_that_is_no_error_is_left_to_the_interpreter(string value)
    {
        EntryRun.Agree(
            $$"""
            struct M { message }
            proc text(e) { return e.message }
            proc make(i) { return {{value}} }
            var sum = 0
            for i in 0..3000 {
                try { sum += length(text(make(i))) } catch e { print(e.kind, e.message) }
            }
            print(sum)
            """,
            [],
            share: 0.2,
            new EntryLimits { HotLoop = 50 });
    }

    [Fact]
    public void Errors_that_cannot_be_made_raise_in_compiled_code()
    {
        EntryRun.Agree(
            """
            proc make(i) { return error("Kind", if i % 500 == 499 { i } else { "text" }) }
            var sum = 0
            for i in 0..3000 {
                try { sum += length(make(i).message) } catch e { sum += 1000; print(e.message) }
            }
            print(sum)
            """,
            [],
            share: 0.2,
            new EntryLimits { HotLoop = 50 });
    }
}
