using Xunit;

namespace Lyra.Tests.Jit.Sinking;

/// <summary>Compiled loops whose objects do not escape allocate nothing in an iteration.</summary>
public sealed class SinkingAllocationTests
{
    private const string Declarations = """
        struct Vec {
            x; y
            proc __add(self, o) { return Vec(self.x + o.x, self.y + o.y) }
            proc __mul(self, k) { return Vec(self.x * k, self.y * k) }
        }
        struct C { re: float; im: float
            proc __mul(self, o) { return C(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re) }
            proc __add(self, o) { return C(self.re + o.re, self.im + o.im) }
        }
        proc divmod(a, b) { return (a / b, a % b) }
        proc each(n, f) { var i = 0; while i < n { f(i); i += 1 } }
        proc fold(n, a, f) { var i = 0; while i < n { a = f(a, i); i += 1 }; return a }

        """;

    [Theory]
    [InlineData("var s = 0.0; for i in 0..n { s += ((Vec(i, 1) + Vec(0.5, 2)) * 0.5).x }; return s")]
    [InlineData("var p = Vec(0.0, 0.0); var v = Vec(0.5, 0.25); for i in 0..n { p = p + v * 0.5 }; return p.x")]
    [InlineData("var z = C(0.0, 0.0); var c = C(0.1, 0.1); for i in 0..n { z = z * z + c }; return z.re")]
    [InlineData("var s = 0; for i in 0..n { var (q, r) = divmod(i, 7); s += q - r }; return s")]
    [InlineData("var t = (0, 1); for i in 0..n { t = (t[1], (t[0] + t[1]) % 1009) }; return t[0]")]
    [InlineData("var s = 0; for i in 0..n / 4 { var c = 0; each(4, x => { c += x * i }); s += c % 7; s += fold(3, 0, (a, x) => a + x * i) "
        + "% 5 }; return s")]
    [InlineData("var p = Vec(0.0, 0.0); var v = Vec(0.5, 0.25); for i in 0..n { p = p + v; if i == 100 { kept = p } }; return p.x")]
    [InlineData("var s = 0; for i in 0..n { var acc = Vec(0, 0); for k in 0..4 { acc.x = acc.x + k; if k % 2 == 0 { acc.y = acc.x } }; s "
        + "+= acc.x - acc.y }; return s")]
    public void An_iteration_allocates_nothing(string body)
    {
        // Each time that the interpreter refills the budget, every few thousand iterations, the objects are materialized.
        SteadyAllocation.ShouldBeLessThan(18_000, $$"""
            {{Declarations}}
            var kept = nil
            proc f(n) { {{body}} }
            """);
    }
}
