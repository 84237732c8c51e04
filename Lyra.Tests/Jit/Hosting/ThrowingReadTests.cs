using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>
/// Members that only read, may throw, and return what a value has to be made for: their state has what an error needs, and nothing else.
/// </summary>
public sealed class ThrowingReadTests
{
    [Theory]
    [InlineData("s += shelf.first.size")]
    [InlineData("s += length(shelf.label)")]
    [InlineData("if shelf.price * 2 > 30 { s += 1 }")]
    [InlineData("if shelf.price + shelf.price * 0.5 == 18.75 { s += 1 }")]
    [InlineData("if -shelf.price < 0 and shelf.price.round(1) > 3 { s += 1 }")]
    [InlineData("if tofloat(i) + 0.5 == i + 0.5 and half(shelf.price) < shelf.price { s += 1 }")]
    [InlineData("s += tripled(i)")]
    public void Reads_that_may_throw_run_compiled(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement, "CallHost");
    }

    [Fact]
    public void What_handlers_closures_and_iterators_use_after_an_error_agrees()
    {
        string program = """
            var seen = []
            var kept = nil
            var top = 0
            proc items(n) {
                try { for i in 0..n { yield i } } finally { seen.push("closed ${n}") }
            }
            proc inner(n, limit) {
                var s = 0
                var text = "t"
                kept = () => [s, text]
                for i in items(n) {
                    for key in texts {
                        s += shelf.at(if i < limit { i % 3 } else { i + 9 }).size
                        text = "${text.length() % 7}${key}"
                        top += 1
                    }
                }
                return s
            }
            proc outer(n, limit) {
                let before = [n]
                var count = 0
                for i in 0..n {
                    count += 1
                    before.push(i)
                    try {
                        let list = [i, n]
                        count += inner(n, limit) + length(list)
                    } catch e {
                        seen.push((e.message, i, count, length(before), before[-1], kept()))
                        if i > 3 { throw e }
                    } finally {
                        count += 100
                    }
                }
                return count
            }
            for round in 0..12 {
                try { seen.push(outer(round, if round < 9 { 100 } else { 5 })) } catch e { seen.push((round, e.message, kept(), top)) }
            }
            print(seen, top)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.1);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Variables_of_a_program_have_their_values_after_an_error()
    {
        foreach (JitMode mode in new[] { JitMode.On, JitMode.Off })
        {
            using LyraEngine engine = Define(new LyraEngine(
                new LyraOptions { Jit = mode, HotLoopThreshold = 20, CompilesInBackground = false }));
            Should.Throw<LyraException>(() => engine.Run("""
                var s = 0
                var text = ""
                var list = []
                for i in 0..1000 {
                    s += i
                    text = "n${i}"
                    list = [i]
                    s += shelf.at(if i < 900 { 1 } else { i }).size
                }
                """));
            engine.Run("[s, text, list]").ToString().ShouldBe("[423450, \"n900\", [900]]");
        }
    }

    [Fact]
    public void Decimals_agree_in_all_operations()
    {
        string program = """
            var seen = []
            var total = shelf.price * 0
            for i in 0..400 {
                let p = shelf.price
                var q = p * i + 0.25
                if i % 3 == 0 { q = q * 1.5 }
                total += q
                try { seen.push((tostring(q), tostring(p - q), tostring(q / (i % 5)), tostring(q % 7), tostring(-q))) }
                catch e { seen.push(e.message) }
                try { seen.push(tostring(huge * (i + 1) + p)) } catch e { seen.push(e.message) }
                try { seen.push((q < p, p <= 12.5, p == 12.5, 12.5 == p, 3 < q, q > 1e40, q == "x")) } catch e { seen.push(e.message) }
                let factor = if i < 300 { 0.5 } else { [1e60, 0.0 / 0.0, "x", nil][i & 3] }
                try { seen.push(tostring(p * factor)) } catch e { seen.push(e.message) }
                try { seen.push(tostring(p.round(i % 40))) } catch e { seen.push(e.message) }
                seen.push((tostring(half(q)), q.floor() == half(q), type(q), {q: i}[q], p in [q, p]))
            }
            print(seen, total)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.05);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    /// <summary>Decimals that only calls of the host use have no object; an exit, a handler or a call-out makes it.</summary>
    [Fact]
    public void Decimals_without_an_object_agree_where_they_are_seen()
    {
        string program = """
            var seen = []
            proc check(i, limit) {
                let p = shelf.price
                let q = p * i
                let big = q + 0.25 > limit
                try {
                    if huge * (i / 8) > q and p < q { seen.push(i) }
                    if i % 40 == 39 { throw "seen" }
                } catch e {
                    seen.push((e.kind, tostring(p), tostring(q)))
                }
                if i > 350 { seen.push([p, q]) }
                return if big { q.floor() > p } else { p <= q }
            }
            var count = 0
            for i in 0..400 { if check(i, if i < 300 { 1000 } else { i * 12.5 }) { count += 1 } }
            print(count, seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Theory]
    [InlineData("if shelf.price * 2 + 0.5 > 25 { s += 1 }", 3)]
    [InlineData("let p = shelf.price; if p < half(p) * 4 { s += 1 }; if i > 4990 { print(p) }", 3)]
    [InlineData("let p = (shelf.price, i); if i > 3990 { print(p) }", 1)]
    [InlineData("let p = shelf.price; s += [p].length()", 0)]
    [InlineData("var p = shelf.price; if i % 2 == 0 { p = half(p) }; if p < 3 { s += 1 }", 0)]
    public void Decimals_that_only_the_host_and_exits_use_have_no_object(string statement, int count)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        RegionInspector inspector = new();
        engine.Compiler.Inspect(inspector);
        engine.Run($"var s = 0\nproc run() {{\n for i in 0..4000 {{ {statement} }}\n}}\nrun()");
        inspector.Places.SelectMany(place => place.Versions)
            .Max(version => HostedRun.TextOf(version).Split(": Decimal = ").Length - 1)
            .ShouldBe(count);
    }

    [Fact]
    public void Comparisons_of_decimals_make_no_garbage()
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        engine.Run("""
            proc run(n) {
                var s = 0
                for i in 0..n { if shelf.price * 2 + 0.5 > 25 and shelf.price < half(shelf.price) * 4 { s += 1 } }
                return s
            }
            for k in 0..20 { run(2000) }
            """);
        Func<int, long> run = engine.GetProc<Func<int, long>>("run");
        run(2000);
        Allocation.LeastOf(() => run(2000).ShouldBe(2000)).ShouldBeLessThan(2000 * sizeof(decimal));
    }

    [Fact]
    public void Made_values_agree_at_a_memory_limit()
    {
        string source = """
            var kept = []
            for i in 0..100_000 { kept.push((shelf.price * 2 + i, shelf.label, shelf.first)) }
            """;
        string end = HostedRun.ShouldAgree(source, run => Define(run.Engine), new LyraLimits { MaxMemoryBytes = 400_000 });
        end.ShouldContain("memory limit");
        string loop = "var s = 0; for i in 0..20_000 { if shelf.price * i + 0.5 > 99 { s += 1 } }";
        HostedRun.ShouldAgree(loop, run => Define(run.Engine), new LyraLimits { MaxMemoryBytes = 400_000 })
            .ShouldNotContain("memory limit");
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.DefineType<Shelf>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.DefineType<Thing>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("shelf", new Shelf());
        engine.Define("texts", new List<string> { "a", "b" });
        engine.Define("huge", decimal.MaxValue / 100);
        engine.Define("half", (decimal x) => decimal.Round(x / 2));
        engine.Define("tripled", (int n) => Numbers.Tripled(n));
        return engine;
    }

    private static class Numbers
    {
        internal static int Tripled(int n) => checked(3 * n);
    }

    public sealed class Shelf
    {
        private readonly Thing[] _things = [new Thing { Size = 1 }, new Thing { Size = 20 }, new Thing { Size = 300 }];
        private readonly string[] _labels = ["label"];
        private readonly decimal[] _prices = [12.5m];

        public Thing First => _things[0];

        public string Label => _labels[0];

        public decimal Price => _prices[0];

        public Thing At(int index) => _things[index];
    }

    public sealed class Thing
    {
        public int Size { get; set; }
    }
}
