using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Entries;

/// <summary>
/// Calls of one of more procs than have arms: compiled code calls the compiled code of the proc through the closure, and the interpreter
/// only makes the calls of procs without compiled code.
/// </summary>
public sealed class IndirectCallTests
{
    /// <summary>Twelve procs, of which some are tiny, some loop, and some have captures.</summary>
    private const string Procs =
        """
        proc adder(n) { return (x, y) => x + y + n }
        let fs = [
            (x, y) => x + y, (x, y) => x - y, (x, y) => x * y, (x, y) => if x > y { x } else { y }, (x, y) => x, (x, y) => y % 7,
            adder(1), adder(2), (x, y) => -x, (x, y) => x & y,
            (x, y) => { var s = 0
              for i in 0..y % 5 { s += x }
              return s },
            (x, y) => (x * 31 + y) % 1000,
        ]
        proc apply(f, x, y) { return f(x, y) }
        proc walk(n, depth) {
            if depth == 0 { return fs[n % length(fs)](n, depth) }
            return (apply(fs[(n + depth) % length(fs)], walk(n + 1, depth - 1), depth) + walk(n + 5, depth - 1)) % 100003
        }
        """;

    [Fact]
    public void Compiled_code_calls_many_procs_without_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(Procs + "\nfor k in 0..4000 { print(walk(k, 3)) }", ["walk"], share: 0.8);

        run.Counters.CallOuts.ShouldBeLessThan(4_000, run.Log);
    }

    /// <summary>
    /// The first recordings of the proc fail, so no loop waits for it. The loop's code calls it through its entry once it is compiled.
    /// </summary>
    [Fact]
    public void A_proc_that_is_compiled_after_its_caller_is_called()
    {
        string lines = string.Concat(Enumerable.Range(2, 60).Select(k => $"    s = (s * 31 + n % {k}) % 10007\n"));
        EntryRun run = EntryRun.Agree(
            $$"""
            proc long(n, bad) {
                var s = n
            {{lines}}    for i in 0..2 { s += i }
                if bad throw "no"
                return s
            }
            proc total(n) {
                var s = 0
                for k in 0..n {
                    try { s += long(k, k < 1500) } catch e { s += 1 }
                }
                return s
            }
            print(total(20000))
            """,
            [],
            share: 0.6,
            new EntryLimits { HotLoop = 1_000 });

        run.Counters.CallOuts.ShouldBeLessThan(8_000, run.Log);
    }

    /// <summary>
    /// As the last case, for values that stand for a proc and its receiver. Compiled code has the receiver, so the call needs no bound
    /// method.
    /// </summary>
    [Theory]
    [InlineData("let run = tool.run", "run(k, k < 1500)")]
    [InlineData("let run = 0", "tool(k, k < 1500)")]
    [InlineData("let run = 0", "call(tool.run, k)")]
    [InlineData("let run = 0", "tool.more(k, k < 1500)")]
    [InlineData("let run = 0", "tool.more(k, k < 1500, 1, 2)")]
    [InlineData("let run = 0", "tool.less(k)")]
    public void A_callable_whose_proc_is_compiled_after_its_caller_is_called(string declaration, string call)
    {
        string lines = string.Concat(Enumerable.Range(2, 60).Select(k => $"        s = (s * 31 + n % {k}) % 10007\n"));
        EntryRun run = EntryRun.Agree(
            $$"""
            struct Tool {
                by
                proc run(self, n, bad) {
                    var s = n * self.by
            {{lines}}        for i in 0..2 { s += i }
                    if bad throw "no"
                    return s
                }
                proc __call(self, n, bad) { return self.run(n, bad) }
                proc more(self, n, bad, ...rest) {
                    var s = n * self.by + length(rest)
            {{lines}}        for i in 0..2 { s += i }
                    if bad throw "no"
                    return s
                }
                proc less(self, n, bad = n < 1500) {
                    var s = n * self.by
            {{lines}}        for i in 0..2 { s += i }
                    if bad throw "no"
                    return s
                }
            }
            let tool = Tool(3)
            {{declaration}}
            proc call(f, k) { return f(k, k < 1500) }
            proc total(n) {
                var s = 0
                for k in 0..n {
                    try { s += {{call}} } catch e { s += 1 }
                }
                return s
            }
            print(total(20000))
            """,
            [],
            share: 0.6,
            new EntryLimits { HotLoop = 1_000 });

        run.Counters.CallOuts.ShouldBeLessThan(8_000, run.Log);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    [InlineData(4_711)]
    public void Guards_that_fail_on_purpose_change_nothing(int seed)
    {
        EntryRun run = EntryRun.Agree(
            Procs + "\nfor k in 0..400 { print(walk(k, 3)) }", [], 0.0, new EntryLimits { StressSeed = seed, HotLoop = 50 });

        run.Counters.Deoptimizations.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Arguments_that_the_code_does_not_expect_are_passed_by_the_interpreter()
    {
        EntryRun run = EntryRun.Agree(
            Procs + "\nfor k in 0..300 { walk(k, 3) }\nfor k in 0..60 { print(walk(if k % 3 == 0 { k } else { k / 2.0 }, 2)) }", ["walk"]);

        run.Counters.CallOuts.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Bound_methods_struct_types_and_call_hooks_are_called()
    {
        EntryRun run = EntryRun.Agree(
            """
            struct Pair { a; b }
            struct Scale { by
              proc __call(self, x, y) { return (x + y) * self.by }
              proc near(self, x, y) { return x * self.by + y }
              proc fail(self, x, y) { return x % (y - 4_000 / self.by) } }
            let one = Scale(3)
            let fs = [(x, y) => x + y, one.near, Scale(2), one, Pair, (x, y) => x - y, Scale(5).near, Scale(20).fail,
                (x, y) => x * y, (x, y) => y, (x, y) => x]
            proc call(f, k) {
                try {
                    let r = f(k, k % 400)
                    return if type(r) == "Pair" { r.a + r.b } else { r }
                } catch e {
                    print(e, e.trace)
                    return 7
                }
            }
            proc total(n) {
                var s = 0
                for k in 0..n { s += call(fs[k % length(fs)], k) }
                return s
            }
            print(total(30_000))
            """,
            [],
            share: 0.6,
            new EntryLimits { HotLoop = 1_000 });

        run.Counters.CallOuts.ShouldBeLessThan(6_000, run.Log);
    }

    [Fact]
    public void Other_callables_and_other_numbers_of_arguments_are_called_by_the_interpreter() => EntryRun.Agree(
        """
        struct Pair { a; b }
        struct Scale { by
          proc __call(self, x, y) { return (x + y) * self.by } }
        proc rest(x, ...more) { return x + length(more) }
        proc optional(x, y, z = 5) { return x + y + z }
        proc two() { yield 1
          yield 2 }
        let fs = [(x, y) => x + y, (x, y) => x - y, rest, optional, min, max, Pair, Scale(3), (x, y) => y, (x, y) => x * y,
            (x, y) => two(), (x, y) => [x, y], (x, y) => "${x}:${y}", x => x, () => 1, (x, y, z) => x]
        proc call(f, k) {
            try { return "${type(f(k, 2))}" } catch e { return "${e}" }
        }
        proc run(n) {
            var s = 0
            for k in 0..n { s += length(call(fs[k % length(fs)], k)) }
            return s
        }
        print(run(4000))
        for f in fs { print(call(f, 7)) }
        """,
        ["call"], share: 0.0);

    /// <summary>Procs with defaults and rests: the buffer for arguments takes unset markers and a list.</summary>
    private const string OpenProcs =
        """
        struct Place { x; y = 4
          proc near(self, a, ...more) { return self.x + a + length(more) } }
        let place = Place(5)
        let fs = [(a, b) => a + b, (...all) => sum(all), (a, ...more) => a + length(more), (a, b = 3) => a * b, (a, b, c = a) => a + b + c,
            (a, b) => a - b, (...all) => { all.push(1); return length(all) }, (a, b = 1, ...more) => a + b + length(more), (a, b) => a,
            place.near, (a, b) => b, (a, b, c = 1, d = 2, ...more) => a + c + d + length(more), (a, b) => a & b]
        proc call(f, k) { return f(k, 2) }
        proc total(n) {
            var s = 0
            for k in 0..n { s = (s * 31 + call(fs[k % length(fs)], k)) % 1000003 }
            return s
        }
        """;

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    [InlineData(77)]
    public void Defaults_and_rests_are_bound_without_the_interpreter(int? seed)
    {
        EntryRun run = EntryRun.Agree(
            OpenProcs + "\nfor k in 0..30 { print(total(1000)) }", [], share: seed is null ? 0.6 : 0.0,
            new EntryLimits { HotLoop = 500, StressSeed = seed });

        run.Counters.CallOuts.ShouldBeLessThan(seed is null ? 8_000 : 30_000, run.Log);
    }

    [Theory]
    [InlineData(150_000, null)]
    [InlineData(150_001, null)]
    [InlineData(150_007, null)]
    [InlineData(150_019, null)]
    [InlineData(null, 1 << 17)]
    public void A_limit_is_reached_at_the_same_call_with_a_rest(int? steps, int? memory)
    {
        EntryRun run = EntryRun.Agree(
            OpenProcs + "\nlet kept = []\nfs.push((...all) => { kept.push(all); return 1 })\nwhile true { print(total(100)) }",
            [], share: 0.2, new EntryLimits { HotLoop = 200, MaxSteps = steps, MaxMemory = memory });

        run.Error.ShouldNotBeNull().ErrorKind.ShouldBe("LimitExceeded");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void An_error_in_the_called_proc_is_caught_in_any_compiled_frame(int depth)
    {
        EntryRun run = EntryRun.Agree(
            Procs + $$"""

            let bad = (x, y) => x % (y - 4)
            proc down(n, at) {
                if n == 0 { return 1 }
                let f = if n == at { bad } else { fs[n % length(fs)] }
                if n == {{depth}} {
                    try { return f(down(n - 1, at), 4) } catch e { print(e, e.line, length(e.trace), e.trace[0]); return 1000 }
                }
                return f(down(n - 1, at), 4)
            }
            for k in 0..400 { down(9, 0) }
            for at in 0..10 { try { print(down(9, at)) } catch e { print("out", e, length(e.trace), e.trace[0]) } }
            """,
            ["down"]);

        run.Error.ShouldBeNull();
    }

    [Fact]
    public void A_recursion_without_end_through_closures_is_an_error()
    {
        EntryRun run = EntryRun.Agree(
            Procs + """

            var more = fs
            proc deep(n) { return 1 + more[n % length(more)](n + 1, n) }
            more = fs + [(x, y) => deep(x)]
            for k in 0..400 { deep(k * 13 + 1) }
            more = [(x, y) => deep(x)]
            try { deep(0) } catch e { print(e.kind, length(e.trace)) }
            """,
            ["deep"]);

        run.Error.ShouldBeNull();
    }
}
