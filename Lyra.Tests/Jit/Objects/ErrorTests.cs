using Lyra.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Errors in compiled loops, with their handlers inside and outside.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Errors_of_inlined_procs_are_caught_with_their_traces()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc risky(i) { if i % 7 == 3 { throw "seven" }; if i % 11 == 5 { throw error("Custom", "eleven " + tostring(i)) }; return i }
            proc deep(i) { return risky(i) + 1 }
            proc a(n) {
                var s = 0
                var c = 0
                for i in 0..n {
                    try { s += deep(i) } catch e { c += 1; if i < 40 { print(i, e.kind, e.message, e.trace) } }
                }
                print(s, c)
            }
            a(200)
            """);

        run.Nodes.ShouldContain(node => node.Op == IrOp.CallInterpreter && node.Payload is HandlerTarget);
    }

    [Fact]
    public void A_finally_block_runs_on_every_path()
    {
        BothTiers.ShouldAgree("""
            proc b(n) {
                var s = 0
                for i in 0..n {
                    try { if i % 3 == 0 { throw "x" }; s += 1 } catch e: "Error" { s += 10 } finally { s += 100 }
                    try { s += i } finally { s += 1 }
                }
                print(s)
            }
            b(200)
            """);
    }

    [Fact]
    public void A_handler_sees_the_current_values_of_variables()
    {
        BothTiers.ShouldAgree("""
            proc c(n) {
                var s = 0
                for i in 0..n {
                    var y = i
                    try {
                        y = i * 2
                        if i % 5 == 0 { s += [1, 2][i % 4] }
                        y = i * 3
                        s += 10 / (i % 9)
                        y = i * 4
                    } catch e { s += y; if i < 20 { print(e, y) } }
                }
                print(s)
            }
            c(100)
            """);
    }

    [Fact]
    public void Errors_in_catch_blocks_have_a_cause()
    {
        BothTiers.ShouldAgree("""
            proc d(n) {
                for i in 0..n {
                    try {
                        try { if i == 60 { throw "inner" } } catch e { throw "outer" }
                    } catch e { print(e, e.cause) }
                }
                var k = 0
                for i in 0..n {
                    for j in 0..5 {
                        try { if j == 3 { break }; if j == 1 { continue }; k += 1 } finally { k += 100 }
                    }
                }
                print(k)
            }
            d(100)
            """);
    }

    [Fact]
    public void A_match_without_an_arm()
    {
        BothTiers.ShouldAgree("""
            proc m(x) { return match x { 1 => "one", 2 => "two" } }
            proc e(n) {
                var l = 0
                for i in 0..n { try { l += length(m(1 + i % 3)) } catch x { l += 100; if i < 5 { print(x, x.trace) } } }
                print(l)
            }
            e(100)
            """);
    }

    [Fact]
    public void An_uncaught_error_unwinds_every_frame()
    {
        BothTiers.ShouldAgree("""
            proc risky(i) { if i % 7 == 3 { throw "seven" }; if i % 11 == 5 { throw error("Custom", "eleven " + tostring(i)) }; return i }
            proc deep(i) { return risky(i) + 1 }
            proc f(n) {
                var s = 0
                for i in 0..n { s += risky(if i == 90 { 3 } else { i * 77 }) }
                s += risky(3)
                print(s)
            }
            try { f(100) } catch e { print(e, e.trace) }
            """);
    }

    [Fact]
    public void An_error_that_no_clause_catches_propagates()
    {
        BothTiers.ShouldAgree("""
            proc risky(i) { if i % 7 == 3 { throw "seven" }; if i % 11 == 5 { throw error("Custom", "eleven " + tostring(i)) }; return i }
            proc deep(i) { return risky(i) + 1 }
            proc rethrow(n) {
                var s = 0
                for i in 0..n {
                    try {
                        try { risky(i) } catch e: "Custom" { s += 1 }
                    } catch e { s += 10 }
                }
                print(s)
            }
            rethrow(200)
            """);
    }
}
