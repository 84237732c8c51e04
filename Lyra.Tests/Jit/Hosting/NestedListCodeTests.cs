using System;
using System.Linq;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.HostTypes;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Compiled loops over lists in lists of the host: in place at every depth, and both tiers agree.</summary>
public sealed class NestedListCodeTests
{
    private const string Program = """
        proc total(rows) {
            var s = 0
            for row in rows { for x in row { s += x } }
            return s
        }
        proc scale(rows, f) {
            for i in 0..length(rows) { for j in 0..length(rows[i]) { rows[i][j] = rows[i][j] * f } }
        }
        var seen = []
        for round in 0..40 {
            scale(t.jag, -1)
            scale(t.floats, 1.5)
            scale(t.cube[round % 2], -1)
            seen.extend([total(t.jag), total(t.floats), total(t.lists), total(t.interfaces), total([[1], [2]])])
            t.lists[round % 2].push(round)
            t.map["a"].push(round)
            t.maps["a"]["y"] = round
            for k, xs in t.map { if length(xs) > 3 { xs.clear() } }
            for i, row in t.jag { row[i] = round }
            if round == 5 { t.jag[0] = [1, round] }
            try { t.jag[round % 2].push(1) } catch e { seen.push(e.message) }
            try { t.spots[0].x = round } catch e { seen.push(e.message) }
            for o in t.objects { if type(o) == "list" { o[0] = round } }
            t.pairs[0][1][0] += round
            t[round % 2].push(round)
        }
        print(seen, t.jag, t.floats, t.lists, t.map, t.maps, t.cube, t.objects, t.pairs, t[0], t[1])
        """;

    [Fact]
    public void Both_tiers_agree_whichever_guard_fails() => HostCode.ShouldAgree(Program, Define, leastShare: 0.05);

    [Fact]
    public void Compiled_accesses_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Theory]
    [InlineData("s += t.jag[i % 2][i % 3]")]
    [InlineData("t.jag[i % 2][i % 3] = i")]
    [InlineData("t.jag[i % 2][i % 3] += 1")]
    [InlineData("t.floats[i % 2][1] = i * 0.5")]
    [InlineData("for row in t.jag { row[0] = i }")]
    [InlineData("for row in t.jag { for x in row { s += x } }")]
    [InlineData("for plane in t.cube { for row in plane { for x in row { s += x } } }")]
    [InlineData("t.cube[i % 2][i & 1][0] = i")]
    [InlineData("t.lists[i % 2][0] += 1")]
    public void Accesses_in_hot_loops_run_in_compiled_code_without_call_outs(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    [Fact]
    public void A_compiled_loop_writes_the_host_s_arrays()
    {
        int[][] grid = [.. Enumerable.Range(0, 50).Select(static _ => new int[40])];
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.Define("grid", grid);
        engine.Run("""
            for round in 0..20 {
                for i in 0..length(grid) { for j in 0..length(grid[i]) { grid[i][j] = grid[i][j] + i * j } }
            }
            """);
        grid.Sum(static row => row.Sum()).ShouldBe(20 * (49 * 50 / 2) * (39 * 40 / 2));
        JitStatistics jit = engine.Statistics.Jit;
        jit.CompiledSteps.ShouldBeGreaterThan(20 * 50 * 40);
        jit.CallOuts.ShouldBeLessThan(100);
    }

    [Fact]
    public void Loops_over_lists_make_the_values_of_their_rows_once()
    {
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.Define("grid", Enumerable.Range(0, 1000).Select(static n => new[] { n }).ToArray());
        engine.Run("pub proc run() { var s = 0; for row in grid { s += row[0] }; return s }");
        Func<long> run = engine.GetProc<Func<long>>("run");
        for (int i = 0; i < 30; i++)
        {
            run().ShouldBe(499_500);
        }

        Allocation.LeastOf(() => run()).ShouldBeLessThan(2000, "two bytes per row");
        engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        LyraTypeOptions all = new() { Members = LyraMembers.All };
        engine.DefineType<Nest>(all);
        engine.DefineType<Spot>(all);
        engine.Define("t", new Nest());
        return engine;
    }
}
