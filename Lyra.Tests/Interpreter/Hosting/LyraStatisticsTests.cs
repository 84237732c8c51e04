using System;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraStatisticsTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Calls_and_back_edges_are_counted_over_runs()
    {
        _engine.Statistics.Interpreter.ShouldBe(new InterpreterStatistics(BackEdges: 0, Calls: 0));
        _engine.Run("proc f() { }\nvar i = 0\nwhile i < 100 { f(); i += 1 }");
        InterpreterStatistics first = _engine.Statistics.Interpreter;
        first.Calls.ShouldBe(101);
        first.BackEdges.ShouldBeInRange(99, 100);
        _engine.Call("f");
        _engine.Run("f()");
        _engine.Statistics.Interpreter.Calls.ShouldBe(first.Calls + 3);
    }

    [Fact]
    public void Many_short_runs_are_counted_and_not_kept()
    {
        LyraScript script = LyraScript.Compile("proc f() { }\nf()");
        WeakReference first = Run(script);
        for (int i = 1; i < 500; i++)
        {
            _engine.Run(script);
        }

        GC.Collect();
        _engine.Statistics.Interpreter.Calls.ShouldBe(1_000);
        first.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void Arguments_of_hooks_are_rented_from_the_slabs()
    {
        _engine.Run("1 + 2");
        _engine.Statistics.Slabs.ShouldBeEmpty();
        _engine.Run("""
            struct Key { n: int
                proc __hash(self) { return self.n % 3 }
                proc __eq(self, other) { return self.n == other.n } }
            var map = {}
            for i in 0..50 { map[Key(i)] = i }
            print(map[Key(7)], length(map))
            """);
        _engine.Statistics.Slabs.Count.ShouldBe(8);
        _engine.Statistics.Slabs.ShouldContain(slab => slab.Peak > 0 && slab.Slots == 256);
        _engine.Statistics.Slabs.ShouldAllBe(slab => slab.Used == 0);
        _engine.Statistics.ToString().ShouldContain("slabs of 32 bytes");
    }

    [Fact]
    public void Rented_arguments_are_returned_when_a_hook_throws()
    {
        _engine.Run("""
            struct Key { n: int
                proc __hash(self) { throw error("Odd", "no") }
                proc __eq(self, other) { return true } }
            for i in 0..300 { try { var m = {Key(i): 1} } catch e { } }
            """);
        _engine.Statistics.Slabs.ShouldContain(slab => slab.Peak == 1);
        _engine.Statistics.Slabs.ShouldAllBe(slab => slab.Used == 0);
    }

    [Fact]
    public void The_table_is_readable_and_the_rest_is_json()
    {
        _engine.Run("struct P { x: int; proc m(self) { return self.x } }\nfor i in 0..10 { P(i).m() }");
        LyraStatistics statistics = _engine.Statistics;
        string table = statistics.ToString();
        table.ShouldContain("interpreter: calls  ");
        table.ShouldContain("jit: available  ");
        foreach (string line in table.TrimEnd().Split('\n'))
        {
            line.ShouldMatch("^[a-z].*  [^ ]");
        }

        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(statistics));
        json.RootElement.GetProperty("Interpreter").GetProperty("Calls").GetInt64().ShouldBe(statistics.Interpreter.Calls);
        json.RootElement.GetProperty("Jit").GetProperty("Available").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("InlineCache").GetProperty("HitRate").GetDouble().ShouldBe(statistics.InlineCache.HitRate);
        json.RootElement.GetProperty("Integrity").GetProperty("Violations").GetInt64().ShouldBe(0);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference Run(LyraScript script)
    {
        _engine.Run(script);
        return new WeakReference(_engine.Globals["f"].Raw.Ref);
    }
}
