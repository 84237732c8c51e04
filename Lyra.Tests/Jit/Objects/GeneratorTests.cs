using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Objects;

/// <summary>Loops over generators.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public void Generators_drive_loops()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc upto(n) { for i in 0..n { yield i } }
            proc evens(xs) { for x in xs { if x % 2 == 0 { yield x } } }
            proc fib() { var a = 0; var b = 1; while true { yield a; let t = a + b; a = b; b = t % 1000003 } }
            proc a(n) {
                var s = 0
                for x in upto(n) { s += x }
                for x in evens(upto(n)) { s += x }
                var k = 0
                for x in fib() { s += x; k += 1; if k == n { break } }
                for i, x in upto(n) { s += i * x }
                print(s)
            }
            a(300)
            """);

        run.Interpreted.ShouldNotContain(Opcode.ForEach);
    }

    [Fact]
    public void A_loop_closes_its_generator()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc closing(n) {
                var s = 0
                proc g(m) { try { for i in 0..m { yield i } } finally { s += 1000 } }
                for i in 0..n { for x in g(5) { s += x; if x == 3 { break } } }
                for i in 0..n { for x in g(2) { s += x } }
                print(s)
            }
            closing(60)
            """);

        run.Interpreted.ShouldNotContain(Opcode.ForEach);
    }

    [Fact]
    public void An_error_in_a_generator_exits_its_loop()
    {
        BothTiers.ShouldAgree("""
            proc failing(n) {
                var c = 0
                proc g(i) { yield 1; if i % 3 == 0 { throw "g" + tostring(i) }; yield 2 }
                for i in 0..n { try { for x in g(i) { c += x } } catch e { c += 100; if i < 8 { print(e, e.trace) } } }
                print(c)
            }
            failing(50)
            """);
    }

    [Fact]
    public void Generators_of_generators()
    {
        BothTiers.ShouldAgree("""
            proc nested(n) { if n > 0 { yield n; for x in nested(n - 1) { yield x } } }
            proc b(n) { var s = 0; for i in 0..n { for x in nested(6) { s += x } }; print(s) }
            b(50)
            """);
    }

    [Fact]
    public void A_struct_that_iterates()
    {
        BothTiers.ShouldAgree("""
            struct R { n; proc __iter(self) { for i in 0..self.n { yield i * 2 } } }
            proc c(n) { var s = 0; for i in 0..n { for x in R(5) { s += x } }; print(s) }
            c(60)
            """);
    }

    [Fact]
    public void A_site_may_iterate_lists_and_generators()
    {
        BothTiers.ShouldAgree("""
            proc upto(n) { for i in 0..n { yield i } }
            proc evens(xs) { for x in xs { if x % 2 == 0 { yield x } } }
            proc fib() { var a = 0; var b = 1; while true { yield a; let t = a + b; a = b; b = t % 1000003 } }
            proc mixed(n) { var s = 0; for i in 0..n { for x in (if i % 2 == 0 { [1, 2, 3] } else { upto(4) }) { s += x } }; print(s) }
            mixed(100)
            """);
    }

    [Fact]
    public void A_generator_in_a_loop_over_a_generator()
    {
        BothTiers.ShouldAgree("""
            proc upto(n) { for i in 0..n { yield i } }
            proc evens(xs) { for x in xs { if x % 2 == 0 { yield x } } }
            proc fib() { var a = 0; var b = 1; while true { yield a; let t = a + b; a = b; b = t % 1000003 } }
            proc big(n) { var s = 0; for x in upto(n) { for y in upto(3) { s += x * y } }; print(s) }
            big(200)
            """);
    }
}
