using System.Linq;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>
/// The memory limit stops a program at the same allocation in both tiers. An unused object is charged although compiled code does not
/// allocate it, and an instruction that is re-executed after an exit is not charged twice.
/// </summary>
public sealed class MemoryLimitTests
{
    private const int Least = 3_000;
    private const int Most = 13_000;
    private const int Step = 47;

    public static TheoryData<string> Programs() =>
    [
        "for i in 0..60 { var x = [1, \"\"] }",
        "for i in 0..60 { var x = [[], [i]] }\nvar kept = []\nfor i in 0..60 { kept.push([i]) }",
        "for e in { 1: 1 } {\n for i in 0..57 { var [a, b] = [1, \"\"] }\n print([]) }",
        "for i in 0..60 { var [a, b] = [1, [1].join] }",
        "var v\nfor i in 0..60 { v = [v, 1, 1, 1, []] }",
        "struct P { x\n y }\nvar last\nfor i in 0..80 { var p = P(i, i)\n if i % 9 == 0 { last = [last, p] } }",
        "var f\nfor i in 0..60 { var g = x => x + i\n if i > 40 { f = g } }",
        "proc g(n) { for i in 0..n { yield i } }\nvar s = 0\nfor i in 0..40 { for x in g(2) { s += x }\n var t = (i, s) }",
        "proc f(n, ...rest) { return n + length(rest) }\nvar s = 0\nfor i in 0..60 { s += f(i, s, i) }",
        "var s = \"\"\nfor i in 0..60 { s = \"${i}:${i % 7}\"\n var t = \"${s}${i}\" }",
        "proc f(i) { var s = \"\"\n for j in 0..7 { s += tostring(i)\n s += \",\" }\n return s }\nvar v\nfor i in 0..12 { v = [v, f(i)] }",
        "proc f(n) { var s = \"\"\n for i in 0..n { s += \"abc\"\n s += tostring(i) }\n print(length(s)) }\nf(99)",
        "proc f(n) { var s = \"\"\n for i in 0..n { s = \"ab\" + s + \"cd\"\n s = tostring(i) + s }\n print(length(s)) }\nf(99)",
        "proc f(n) { var s = \"\"\n for i in 0..n { s = \"<${i}${s}>\" }\n print(length(s)) }\nf(99)",
        "var text = \"b\"\nvar kept = []\nfor i in 0..3 { for k in 0..7 { text += text.reverse()\n kept.insert(text) } }",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public void It_trips_at_the_same_allocation(string source)
    {
        int stopped = 0;
        long compiled = 0;
        foreach (int limit in Sweep.Range(Least, Most, Step))
        {
            ScriptSetup setup = new() { MaxMemory = limit, MaxSteps = 1_000_000 };
            ScriptRun interpreted = new(source, setup);
            ScriptRun run = new(source, setup with { Tiers = new TierOptions { HotLoop = 2, HotProc = 3, HotExit = 2 } });

            run.Behaviour.ShouldBe(interpreted.Behaviour, $"under {limit} bytes");
            stopped += interpreted.Error is null ? 0 : 1;
            compiled += run.Counters.CompiledSteps;
        }

        compiled.ShouldBeGreaterThan(0);
        stopped.ShouldBeGreaterThan(Sweep.Count(10, least: 0));
    }

    /// <summary>
    /// Callbacks are charged for their native stack, in segments. Compiled code inlines a hook without charging it, so no region may run
    /// where the interpreter charges a segment for the hook.
    /// </summary>
    [Theory]
    [InlineData("if a < b { n += 1 }")]
    [InlineData("n += length(a)")]
    [InlineData("n += [a, b].map(x => x.n)[0]")]
    [InlineData("n += call([a, b], x => x.n)[0]")]
    [InlineData("n += call([a, b], x => length(x))[0]")]
    [InlineData("if Q(a) < Q(b) { n += 1 }")]
    [InlineData("n += length(Q(a))")]
    public void The_native_stack_of_callbacks_trips_it_at_the_same_call(string body)
    {
        string source = $$"""
            struct P { n = 0
                proc __lt(self, o) { return self.n < o.n }
                proc __len(self) { return self.n } }
            struct Q { p
                proc __lt(self, o) { return self.p < o.p }
                proc __len(self) { return length(self.p) } }
            let a = P(1)
            let b = P(2)
            let call = map
            var n = 0
            var depth = 0
            proc go() {
                depth += 1
                for i in 0..6 { {{body}} }
                return call([1], x => go())
            }
            try { go() } finally { print(depth, n) }
            """;
        int stopped = 0;
        long compiled = 0;
        foreach (int limit in Sweep.Range(150_000, 2_500_000, 61_000, least: 6))
        {
            ScriptSetup setup = new() { MaxMemory = limit, MaxFrames = 1_500 };
            ScriptRun interpreted = new(source, setup);
            ScriptRun run = new(source, setup with { Tiers = new TierOptions { HotLoop = 2, HotProc = 3, HotExit = 2 } });

            run.Behaviour.ShouldBe(interpreted.Behaviour, $"under {limit} bytes");
            stopped += interpreted.Error?.Limit == LimitKind.Memory ? 1 : 0;
            compiled += run.Counters.CompiledSteps;
        }

        compiled.ShouldBeGreaterThan(0);
        stopped.ShouldBeGreaterThan(Sweep.Count(20));
    }

    /// <summary>
    /// The stacks count at heap walks alone, by what is in use, and have a bound of their own between two walks. Compiled calls take no
    /// space in them, so each must end where the interpreter would reach that bound.
    /// </summary>
    [Theory]
    [InlineData("proc go(n) { depth = n\n let a = [n]\n if n < top { return go(n + 1) + length(a) }\n return 0 }")]
    [InlineData("proc go(n) { depth = n\n if n < top { return 1 + go(n + 1) }\n return 0 }")]
    [InlineData("proc go(n) { depth = n\n return n < top and even(n + 1) }\nproc even(n) { return n < top and go(n + 1) }")]
    [InlineData("struct P { n = 0\n proc go(self, k) { depth = k\n if k < top { self.go(k + 1) } } }\nlet go = P().go")]
    [InlineData("let go = n => choose(n)(n + 1)\nlet steps = [n => go(n), n => n]\nproc choose(n) { depth = n\n return steps[n / top] }")]
    [InlineData("proc go(n) { depth = n\n if n < top { for x in each(n) { go(x) } } }\nproc each(n) { yield n + 1 }")]
    [InlineData("proc go(n) { depth = n\n if n < top { again(n) } }\nasync proc again(n) { go(n + 1)\n await none() }\n" +
        "async proc none() { }")]
    [InlineData("proc go(n) { depth = n\n if n < top { try { go(n + 1) } finally { n += sum([n, 1]) } } }")]
    [InlineData("proc go(n) { depth = n\n if n < top { wide(n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n) } }\n" +
        "proc wide(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t) { go(a + 1)\n depth += b + t - 2 * a }")]
    public void The_stack_trips_it_at_the_same_call(string proc)
    {
        string source = $$"""
            var depth = 0
            var top = 3
            {{proc}}
            try {
                for i in 0..40 { go(0)
                    top = 3 + 3 * i * i }
            } finally { print(top, depth) }
            """;
        int stopped = 0;
        long compiled = 0;
        foreach (int limit in Sweep.Range(12_000, 600_000, 7_000, least: 8))
        {
            ScriptSetup setup = new() { MaxMemory = limit, MaxFrames = 20_000 };
            ScriptRun interpreted = new(source, setup);
            ScriptRun run = new(source, setup with { Tiers = new TierOptions { HotLoop = 2, HotProc = 3, HotExit = 2 } });

            run.Behaviour.ShouldBe(interpreted.Behaviour, $"under {limit} bytes");
            stopped += interpreted.Error?.Limit == LimitKind.Memory ? 1 : 0;
            compiled += run.Counters.CompiledSteps;
        }

        compiled.ShouldBeGreaterThan(0);
        stopped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_allocation_that_can_fail_fails_even_if_its_object_is_unused()
    {
        const string source = """
            var k = 0
            for i in 0..100 { try { var r = range(0, 5, i % 50 - 40) } catch e { k += 1 } }
            print(k)
            """;
        ScriptRun run = new(source, new ScriptSetup { Tiers = new TierOptions { HotLoop = 2, HotExit = 2 } });

        run.Output.ShouldBe("2\n");
        run.Behaviour.ShouldBe(new ScriptRun(source, new ScriptSetup()).Behaviour);
        run.Counters.CompiledSteps.ShouldBeGreaterThan(0);
        run.Counters.Exits().Values.Sum().ShouldBeGreaterThan(0);
    }
}
