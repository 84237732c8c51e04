using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>A hot proc is compiled, and its code entered, however it is called.</summary>
public sealed class CallPathTests
{
    private const string Body =
        """

        proc mix(a, b) {
            var x = a * 31 + b
            x = (x ^ x >> 7) & 65535
            if x % 3 == 0 { x += a } else { x -= b }
            if x % 5 == 0 { x += b } else { x -= a }
            return (x & 4095) + twice(x & 15)
        }
        proc twice(x) { return x * 2 }

        """;

    [Theory]
    [InlineData("an operator", "struct V { x\n proc __add(self, o) { return V(mix(self.x, o.x)) } }", "(V(i) + V(s)).x", "__add")]
    [InlineData("a sign", "struct V { x\n proc __neg(self) { return mix(self.x, 3) } }", "-V(i)", "__neg")]
    [InlineData("an index", "struct V { x\n proc __index(self, k) { return mix(self.x, k) } }", "V(s)[i]", "__index")]
    [InlineData("a call", "struct V { x\n proc __call(self, k) { return mix(self.x, k) } }", "V(s)(i)", "__call")]
    [InlineData("a comparison", "struct V { x\n proc __lt(self, o) { return mix(self.x, o.x) % 2 == 0 } }",
        "if V(i) < V(s) { s + 1 } else { s ^ 5 }", "__lt")]
    [InlineData("an equality", "struct V { x\n proc __eq(self, o) { return mix(self.x, o.x) % 2 == 0 } }",
        "if V(i) == V(s) { s + 1 } else { s ^ 5 }", "__eq")]
    [InlineData("a conversion", "struct V { x\n proc __str(self) { return \"${mix(self.x, 3)}\" } }", "length(\"${V(i)}\") + s", "__str")]
    [InlineData("a length", "struct V { x\n proc __len(self) { return mix(self.x, 3) } }", "length(V(i))", "__len")]
    [InlineData("named arguments", "proc named(a, b) { return mix(a, b) }", "named(b: s, a: i)", "named")]
    [InlineData("spread arguments", "proc spread(a, b) { return mix(a, b) }", "spread(...[i, s])", "spread")]
    [InlineData("a default", "proc short(a, b = 7) { return mix(a, b) }", "short(i)", "short")]
    [InlineData("a bound method", "struct V { x\n proc get(self, k) { return mix(self.x, k) } }\nlet bound = V(5).get", "bound(i)", "get")]
    [InlineData("a builtin", "proc key(x) { return mix(x, 5) }", "[i, 3, 7].map(key)[0]", "key")]
    public void A_proc_that_is_called_by(string how, string declarations, string call, string proc)
    {
        EntryRun run = EntryRun.Agree(
            $$"""
            {{Body}}
            {{declarations}}
            var s = 1
            for i in 0..1500 { s = {{call}} }
            print(s)
            """,
            [proc],
            share: 0.4);

        run.Counters.Entries.ShouldBeGreaterThan(500, how + run.Log);
    }

    [Fact]
    public void An_error_leaves_a_compiled_hook_as_it_leaves_an_interpreted_one()
    {
        EntryRun.Agree(
            $$"""
            {{Body}}
            struct V { x
                proc __add(self, o) {
                    if self.x % 97 == 96 { throw error("Odd", "x is ${self.x}") }
                    return mix(self.x, o)
                }
            }
            var s = 1
            var errors = 0
            for i in 0..1500 {
                try { s = V(i) + s } catch e { errors += 1; s += length(e.message) }
            }
            print(s, errors)
            V(96) + 1
            """,
            ["__add"],
            share: 0.3);
    }
}
