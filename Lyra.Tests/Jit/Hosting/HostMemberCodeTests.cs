using System;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness.HostTypes;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Compiled loops over objects of the host: their accessors are called directly, and both tiers agree.</summary>
public sealed class HostMemberCodeTests
{
    private const string Program = """
        var seen = 0
        proc note(o) { seen += 1 }
        proc half(c: Customer) { return c.discount * 0.5 }
        order.changed.add(note)
        order.add("first")
        var sum = 0.0
        var texts = 0
        let people = [ann, bob, ann]
        for i in 0..150 {
            order.total = order.total + i
            order.total -= 0.5
            sum += order.total * 0.25
            order.note = if i % 2 == 0 { "even" } else { nil }
            texts += length(order.note ?? "")
            if i % 10 == 0 { order.add("sku", 2) }
            order.add("one")
            texts += length(order[0]) + order.lineCount
            order[0] = "line ${i}"
            let p = people[i % 3]
            sum += p.discount + half(p)
            let other = Order("x") + order * 0.5
            sum += (-other).total
            if other < order and other != order { texts += 1 }
            order.customer = p
            if order.customer is p { texts += 1 }
            texts += length(order.describe(i)) + length(order.describe("s")) + order.sum(1, i, 3)
            texts += length(Order.parse("abc").id)
            match p { Vip{level} => { texts += level }, Customer{name} => { texts += length(name) } }
            try { order.fail() } catch e { texts += length(e.message) }
        }
        print(sum, texts, seen, order.total, type(order.customer))
        """;

    [Fact]
    public void Both_tiers_agree_whichever_guard_fails() => HostCode.ShouldAgree(Program, Define, leastShare: 0.3);

    [Fact]
    public void Compiled_accesses_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Theory]
    [InlineData("order.total = order.total + 1")]
    [InlineData("s += order.total")]
    [InlineData("s += order.lineCount")]
    [InlineData("order.touch()")]
    [InlineData("s += order.twice(i)")]
    [InlineData("s += order[i % 3]")]
    [InlineData("order[i % 3] = i")]
    [InlineData("s += (order + order).total")]
    [InlineData("s += order.next.total")]
    [InlineData("s += [order, order.next][i % 2].total")]
    public void Accesses_in_hot_loops_run_in_compiled_code_without_call_outs(string statement)
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.DefineType<Cell>(t => t
            .Property("total", c => c.Total, (c, v) => c.Total = v)
            .Property("lineCount", c => c.Items.Length)
            .Property("next", c => c.Next)
            .Method("touch", (Cell c) => { c.Total++; })
            .Method("twice", (Cell c, int x) => 2 * x)
            .Indexer<int, double>((c, n) => c.Items[n], (c, n, v) => c.Items[n] = v)
            .Operator("+", (Cell a, Cell b) => new Cell { Total = a.Total + b.Total }));
        engine.Define("order", new Cell());
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        engine.DefineType<Order>();
        engine.DefineType<Customer>();
        engine.DefineType<ImportantCustomer>();
        engine.Define("order", new Order("A-1"));
        engine.Define("ann", new Customer { Name = "Ann" });
        engine.Define("bob", new ImportantCustomer { Name = "Bob" });
        return engine;
    }

    private sealed class Cell
    {
        public double[] Items { get; } = [1, 2, 3];

        public double Total { get; set; }

        public Cell Next => this;
    }
}
