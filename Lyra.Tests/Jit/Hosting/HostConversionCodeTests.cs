using System;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Members of the host whose types the language has no type for, in compiled code.</summary>
public sealed class HostConversionCodeTests
{
    [Theory]
    [InlineData("if invoice.grade == \"High\" { s += 1 }")]
    [InlineData("if invoice.letter == \"x\" { s += 1 }")]
    [InlineData("s += invoice.serial")]
    [InlineData("s += invoice.discount")]
    [InlineData("if invoice.weight == nil { s += 1 }")]
    [InlineData("s += invoice.level")]
    [InlineData("if invoice.isPaid == nil { s += 1 }")]
    [InlineData("if invoice.total > 10 { s += 1 }")]
    [InlineData("if invoice.total == 12.5 { s += 1 }")]
    [InlineData("if invoice.self == invoice { s += 1 }")]
    [InlineData("if invoice.mark(i) == \"High\" { s += invoice.serial }")]
    [InlineData("s += invoice.sum(i)")]
    [InlineData("s += invoice.sum(i, 3, nil)")]
    [InlineData("s += invoice.half(i)")]
    [InlineData("if invoice.add(3) < invoice.total { s += 1 }")]
    public void Loops_with_converted_members_run_compiled(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    [Fact]
    public void Members_of_all_types_agree()
    {
        string program = """
            var seen = []
            for i in 0..400 {
                let v = if i < 200 { invoice } else { [invoice, other][i & 1] }
                v.turn(i)
                seen.push((v.grade, v.letter, v.serial, v.discount, v.weight, v.level, v.isPaid))
                seen.push((tostring(v.total), v.fee == nil, v.age, v.place))
                seen.push((v.grade == "High", v.letter < "m", v.serial > 5, v.self == v, v == other, v.total > i, v.total == 62.5))
                try {
                    seen.push(v.discount + v.level)
                } catch e { seen.push(e.message) }
                try { seen.push(tostring(v.total + (v.fee ?? 0))) } catch e { seen.push(e.message) }
                seen.push((v.mark(i), v.serial))
                try { seen.push(v.next(i)) } catch e { seen.push(e.message) }
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Arguments_that_are_converted_or_left_out_agree()
    {
        string program = """
            var seen = []
            for i in 0..400 {
                let n = if i % 3 == 0 { nil } else { i }
                seen.push((invoice.sum(i), invoice.sum(i, 5), invoice.sum(i, 5, nil), invoice.sum(i, 5, n), invoice.sum(i, 5, 2.5, true)))
                seen.push((invoice.half(i), invoice.half(nil), invoice.half(n), invoice.ofByte(nil)))
                try { seen.push(invoice.ofByte(i)) } catch e { seen.push(e.message) }
                try { seen.push(tostring(invoice.add(i))) } catch e { seen.push(e.message) }
                try { seen.push(tostring(invoice.add(if i < 300 { i / 2.0 } else { 1e60 }))) } catch e { seen.push(e.message) }
                try { seen.push(invoice.half(if i < 350 { i } else { "x" })) } catch e { seen.push(e.message) }
                try { seen.push(invoice.sum(i, if i < 350 { i } else { 5_000_000_000 })) } catch e { seen.push(e.message) }
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.2);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Comparisons_of_decimals_and_objects_agree()
    {
        string program = """
            struct Box {
                v
                proc __lt(self, other) { return true }
                proc __le(self, other) { return false }
                proc __eq(self, other) { return true }
                proc __add(self, other) { return "sum" }
            }
            let box = Box(1)
            var seen = []
            for i in 0..400 {
                invoice.turn(i)
                let limit = if i < 300 { i / 8.0 } else { [i, 2.5, 0.0 / 0.0, "text", nil, other.total, box][i % 7] }
                try {
                    seen.push((invoice.total < limit, invoice.total <= limit, limit < invoice.total, invoice.total >= limit))
                } catch e { seen.push(e.message) }
                try {
                    seen.push((invoice.total == limit, limit != invoice.total, invoice == limit, limit == invoice))
                } catch e { seen.push(e.message) }
                try { seen.push(invoice < other) } catch e { seen.push(e.message) }
                seen.push((box < invoice.total, box + invoice.total, box == invoice.total))
            }
            print(seen)
            """;
        HostCode.ShouldAgree(program, Define, leastShare: 0.1);
        HostCode.ShouldBeVerifiable(program, Define);
    }

    [Fact]
    public void Converted_results_agree_at_a_memory_limit()
    {
        string source = """
            var kept = []
            for i in 0..100_000 { kept.push((invoice.total, invoice.grade, invoice.discount, invoice.place)) }
            """;
        string end = HostedRun.ShouldAgree(source, run => Define(run.Engine), new LyraLimits { MaxMemoryBytes = 400_000 });
        end.ShouldContain("memory limit");
    }

    [Fact]
    public void Plain_results_make_no_garbage()
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        engine.Run("""
            proc run(v) {
                var s = 0
                for i in 0..2000 {
                    if v.grade == "High" and v.letter == "x" and v.weight == nil { s += v.discount + v.serial + v.level }
                }
                return s
            }
            for k in 0..20 { run(invoice) }
            """);
        Func<long> run = engine.GetProc<Func<LyraValue, long>>("run") is { } proc
            ? () => proc(engine.Globals["invoice"])
            : throw new InvalidOperationException();
        run();
        Allocation.LeastOf(() => run().ShouldBe(2000 * (5 + 7 + 200))).ShouldBeLessThan(1000);
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.DefineType<Invoice>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("invoice", new Invoice());
        engine.Define("other", new Invoice());
        return engine;
    }
}
