using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>The properties of built-in types in compiled loops.</summary>
public sealed class PropertyTests
{
    [Fact]
    public void Whether_a_task_has_ended_is_read_without_the_interpreter()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            async proc one(x) { return x }
            async proc later(x) { await sleep(0); return x }
            async proc f(n) {
                var s = 0
                for i in 0..n {
                    let t = if i % 3 == 0 { later(i) } else { one(i) }
                    s += if t.done { i } else { -1 }
                }
                print(s)
                let t = later(5)
                for i in 0..n { if i == n - 2 { await t }; s += if t.done { 1_000 } else { 1 } }
                print(s)
            }
            await f(100)
            """);

        run.Interpreted.ShouldNotContain(Opcode.GetField);
    }

    [Fact]
    public void The_result_of_a_task_is_read_without_the_interpreter()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            async proc one(x) { return x * 2 }
            async proc f(n) {
                var s = 0
                for i in 0..n { let t = one(i); s += t.result }
                print(s)
            }
            await f(100)
            """);

        run.Interpreted.ShouldNotContain(Opcode.GetField);
    }

    [Fact]
    public void The_result_of_a_failed_task_is_its_error()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            async proc one(x) { if x % 10 == 7 { throw "seven" }; return x * 2 }
            async proc f(n) {
                var s = 0
                for i in 0..n {
                    let t = one(i)
                    try { s += t.result } catch e { print(i, e.kind, e.message) }
                }
                print(s)
            }
            await f(100)
            """);

        run.Output.ShouldContain("7 Error seven");
    }

    [Fact]
    public void Ints_are_made_durations_without_the_interpreter()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc f(n) {
                var d = 0.seconds
                for i in 0..n { d += if i % 3 == 0 { i.seconds } else { 2.minutes } }
                print(d)
            }
            f(100)
            """);

        run.Interpreted.ShouldNotContain(Opcode.GetField);
    }

    [Fact]
    public void A_duration_that_is_too_long_is_an_error()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc f(n) {
                var d = 0.seconds
                for i in 0..n { try { d += (400_000 * i).days } catch e { print(i, e) } }
                print(d)
            }
            f(100)
            """);

        run.Output.ShouldContain("ValueError");
    }
}
