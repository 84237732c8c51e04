using Xunit;

namespace Lyra.Tests.Jit.Collections;

/// <summary>Compiled loops over numbers, lists and strs allocate nothing in an iteration.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("var s = 0; for i in 0..n { s += xs[i % 100]; xs[i % 100] = i }; return s")]
    [InlineData("var s = 0.0; for i in 0..n { s += fs[i % 100] * 0.5; fs[i % 100] = s }; return s")]
    [InlineData("var s = 0; for i in 0..n { if bs[i % 100] { s += 1 }; bs[i % 100] = i % 3 == 0 }; return s")]
    [InlineData("var s = 0; for k in 0..n / 100 { for x in xs { s += x }; for i, x in fs { s += i } }; return s")]
    [InlineData("var s = 0; for i in 0..n { var c = t[i % 26]; if c == \"k\" { s += 1 } else if c < \"c\" { s += ord(c) } }; return s")]
    [InlineData("var s = 0; for i in 0..n { m[i % 50] = i; s += m.get(i % 60, 1); if i in m { s += 1 } }; return s")]
    [InlineData("var s = 0; for i in 0..n { w[\"a\"] += 1; s += w[\"a\"]; if \"b\" in w { s += 1 } }; return s")]
    [InlineData("var s = 0; for k in 0..n / 100 { for k, v in m { s += v } }; return s")]
    [InlineData("var s = 0; for i in 0..n { vs[i % 10] = i; s += length(vs); xs.push(i); s += xs.pop() }; return s")]
    [InlineData("var s = 0; for i in 0..n { s += min(i, 50) + max(i % 7, 3) + abs(-i) + math.floor(i * 0.5) + bits.mul32(i, 31); s = s % "
        + "1000003 }; return s")]
    [InlineData("var s = 0; for i in 0..n { match i % 5 { 0 => s += 1; 1 => s += 2; _ => s += 3 } }; return s")]
    public void An_iteration_allocates_nothing(string body)
    {
        SteadyAllocation.ShouldBeLessThan(2_000, $$"""
            import math
            import bits
            var xs = list(0..100)
            var fs = [0.5] * 100
            var bs = [true] * 100
            var vs = [nil] * 10
            var t = "abcdefghijklmnopqrstuvwxyz"
            var m = {}
            var w = {"a": 1, "b": 2}
            for i in 0..50 { m[i] = i }
            proc f(n) { {{body.Replace("; _ =>", "\n _ =>").Replace("; 1 =>", "\n 1 =>")}} }
            """);
    }
}
