using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Loops of which several iterations are computed at once agree with the interpreter, for all elements.</summary>
public sealed class VectorProgramTests
{
    /// <summary>Procs of a loop over two lists each, which gives a result or changes the second list.</summary>
    private const string Loops =
        """
        let procs = [
            proc(a, b) { for i in 0..a.length() { b[i] = a[i] * 2 + b[i] } },
            proc(a, b) { for i in 0..a.length() { b[i] = a[i] - i } },
            proc(a, b) { for i in 1..a.length() - 1 { b[i] = a[i - 1] + a[i + 1] } },
            proc(a, b) { for i in 1..a.length() { a[i] = a[i - 1] + b[i] } },
            proc(a, b) { for i in 0..a.length() - 1 { a[i] = a[i + 1] } },
            proc(a, b) { for i, x in a { a[i] = x + b[i] } },
            proc(a, b) { var before = a[0]; for i in 1..a.length() { let x = a[i]; a[i] = before; before = x } },
            proc(a, b) { var before = a[0]; for i in 1..a.length() { b[i] = a[i] - before; before = a[i] } },
            proc(a, b) { for i, x in a { if x > 3 { b[i] = 0 } } },
            proc(a, b) { for i in 0..a.length() { b[i] = if a[i] > b[i] { a[i] } else { b[i] } } },
            proc(a, b) { for i in 0..a.length() { b[i] = abs(a[i]) } },
            proc(a, b) { for i in 0..a.length() { b[i] = min(a[i], b[i]); a[i] = max(a[i], b[i]) } },
            proc(a, b) { var s = 0; for x in a { s += x }; return s },
            proc(a, b) { var s = 0; for i in 0..a.length() { s += a[i] * b[i] }; return s },
            proc(a, b) { var s = 0; for x in a { if x > 2 { s += x } }; return s },
            proc(a, b) { var s = 0; for x in a { if x > 2 { s += x } else { s += 1 } }; return s },
            proc(a, b) { var n = 0; for i in 0..a.length() { if a[i] == b[i] { n += 1 } }; return n },
            proc(a, b) { var n = 0; for x in a { if x != 3 { n += 1 } if x < 2 { n += 10 } }; return n },
            proc(a, b) { var n = 0; for x in a { if x < 2 || x >= 7 { n += 1 } }; return n },
            proc(a, b) { var m = a[0]; for x in a { if x > m { m = x } }; return m },
            proc(a, b) { var m = a[0]; for x in a { if x < m { m = x } }; return m },
            proc(a, b) { var m = b[0]; for x in a { m = max(m, x) }; return m },
            proc(a, b) { var m = b[0]; for x in a { m = min(m, x) }; return m },
            proc(a, b) {
                var s = 0
                var low = a[0]
                var high = a[0]
                for x in a { s += x; if x < low { low = x }; if x > high { high = x } }
                return (s, low, high)
            },
            proc(a, b) {
                var i = 0
                var s = 0
                while i < a.length() { s += a[i]; b[i] = a[i] + 1; i += 1 }
                return s
            },
            proc(a, b) {
                var i = 0
                var n = 0
                while true {
                    if i >= a.length() { break }
                    if a[i] <= 7 { n += 1 }
                    i += 1
                }
                return n
            },
            proc(a, b) { for i in 0..a.length() { b[i] = i * 0.5 } },
            proc(a, b) {
                var s = 0
                for i in 0..1000 { if i >= a.length() { break }; s += a[i]; if i >= b.length() { break }; b[i] = a[i] }
                return s
            },
            proc(a, b) { var x = 1; for i in 0..a.length() { if a[i] != 3 { x = a[i] } }; return x },
            proc(a, b) { var f = false; for x in a { if x == 9 { f = true } }; return f },
            proc(a, b) { for i in 0..a.length() { b[i] = (a[i] & 255) ^ (b[i] | 3) } },
            proc(a, b) { var s = 0.0; for x in a { s += x }; return s },
        ]
        """;

    private const string Ints =
        """

        let large = 9223372036854775807
        let lists = [
            [3, 1, 9, -4], [5] * 30 + [7, 8, 9], [large, 2, 3, 7], [-large - 1, -1, 3, 2],
            [2147483647, -2147483648, 3, 4294967296], [0, -1, 5, 3],
        ]
        for f in procs {
            for list in lists {
                for n in [1, 3, 4, 5, 9, 16, 33] {
                    for rest in [[], [7], [1, 2, 3], [large], [-large - 1, 4]] {
                        let a = list[..] * n + rest
                        let b = [x for x in a]
                        try { print(f(a, b)) } catch e { print(e.kind, e.message) }
                        print(tostring(a), tostring(b))
                        try { print(f(a, a)) } catch e { print(e.kind, e.message) }
                        print(tostring(a))
                    }
                }
            }
        }
        """;

    private const string Floats =
        """

        let inf = 1e308 * 10
        let lists = [
            [3.5, 1.0, 9.0, -4.25], [0.0, -0.0, 3.0, 2.0], [-0.0, -1.0, -2.0, -0.0], [inf - inf, 2.0, 3.0, 1.0], [inf, -inf, 0.5, 1e300],
        ]
        for f in procs {
            for list in lists {
                for n in [1, 3, 4, 5, 9, 16, 33] {
                    for rest in [[], [7.0], [-0.0, 2.0, 3.0], [inf - inf], [-0.0]] {
                        let a = list[..] * n + rest
                        let b = [x * 1.5 for x in a]
                        try { print(f(a, b)) } catch e { print(e.kind, e.message) }
                        print(tostring(a), tostring(b))
                        try { print(f(a, a)) } catch e { print(e.kind, e.message) }
                        print(tostring(a))
                    }
                }
            }
        }
        """;

    [Fact]
    public void Every_form_of_loop_over_ints() => ShouldUseVectors(BothTiers.ShouldAgree(Loops + Ints, 2, 20), 20);

    [Fact]
    public void Every_form_of_loop_over_floats() => ShouldUseVectors(BothTiers.ShouldAgree(Loops + Floats, 2, 20), 15);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_form_of_loop_under_stress(int seed)
    {
        BothTiers.ShouldAgree(Loops + Ints, TierOptions.Stressed(seed));
        BothTiers.ShouldAgree(Loops + Floats, TierOptions.Stressed(seed));
    }

    /// <summary>The limit is reached where it is without vectors, and what the loop has stored until then is the same.</summary>
    [Fact]
    public void Limits_of_steps_hold_in_a_pass()
    {
        const string Program =
            """
            let a = [1, 2, 3, 4] * 50
            let b = [0] * 200
            proc work(a, b) {
                var s = 0
                for i in 0..200 { b[i] = a[i] + b[i]; s += a[i] }
                return s
            }
            for k in 0..1000 { print(work(a, b), b[3], b[199]) }
            """;
        for (int steps = 20_000; steps < 20_040; steps++)
        {
            ShouldUseVectors(BothTiers.ShouldAgreeWithin(steps, Program, 3), 1);
        }
    }

    /// <summary>Reduced from a program of the fuzzer: a variable to which only a call of one argument is applied is no extreme.</summary>
    [Fact]
    public void A_variable_that_only_a_call_of_one_argument_changes()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc work(n, list) {
                var v = -1.5
                for i in 0..n { for e in list { v = abs(v); if e < 9 { } } }
                return v
            }
            print(work(200, [1]), work(200, [1, 2, 3]))
            """);
        run.Nodes.ShouldContain(node => ReferenceEquals(node.Payload, RegionHelpers.AbsoluteOfFloat));
    }

    /// <summary>Lists that share no elements in one call, and all in the next.</summary>
    [Fact]
    public void Lists_that_are_the_same_later()
    {
        BothTiers run = BothTiers.ShouldAgree(
            """
            proc shift(to, from, n) { for i in 0..n { to[i + 1] = from[i] * 2 } }
            let xs = [1, 2, 3] * 20
            let ys = [0] * 70
            for k in 0..40 { shift(ys, xs, 60); print(ys) }
            for k in 0..3 { shift(xs, xs, 50); print(xs) }
            let fs = [0.5, 1.5] * 20
            for k in 0..40 { shift([0.0] * 50, fs, 40) }
            shift(fs, fs, 30)
            print(fs)
            """,
            5);
        ShouldUseVectors(run, 1);
    }

    private static void ShouldUseVectors(BothTiers run, int regions) =>
        run.VectorLoops.ShouldBeGreaterThanOrEqualTo(regions, "regions with vectors");
}
