using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>Compiled accesses to dictionaries and sets of the host, and both tiers agree.</summary>
public sealed class HostTableCodeTests
{
    private const string Program = """
        proc price(rates, key) {
            if key in rates { return rates[key] }
            rates[key] = 1
            return 0
        }
        let own = {"a": 5}
        var seen = []
        for round in 0..60 {
            var s = 0
            for key in ["a", "b", "c${round % 7}", "d"] { s += price(rates, key) }
            for n in 0..5 { s += if n in counts { counts[n] } else { 100 } }
            for n in 0..5 { s += if n in allowed { 1 } else { 0 } }
            if counts[77] == nil { s += 3 }
            counts[round % 5] = round
            try { counts[1] = "x" } catch e { s += length(e.message) }
            try { counts["k"] = 2 } catch e { s += length(e.message) }
            try { s += fixed["a"]; fixed["a"] = 2 } catch e { s += length(e.message) }
            try { s += odd[round % 3] } catch e { s += length(e.message) }
            s += parts["p"].level + length(names[round % 2])
            parts["p"].level = round % 5
            if round % 20 == 19 {
                swap()
                s += price(own, "a") + price(own, "z${round}")
            }
            seen.push(s)
        }
        print(seen, length(counts), counts)
        """;

    [Fact]
    public void Both_tiers_agree_whichever_guard_fails() => HostCode.ShouldAgree(Program, Define, leastShare: 0.05);

    /// <summary>Keys of all forms and types, in dictionaries of plain values, which are read without the converters.</summary>
    [Fact]
    public void Keys_of_plain_values_agree()
    {
        string program = """
            let end = "a long text, longer than a short one"
            let keys = [
                "a", "b", "longer than eight", "a" + "b", end + "!", end + end, "", "é", 1, 5_000_000_000, 1 << 70, 1.0, 2.5, nil, true]
            var seen = []
            for i in 0..300 {
                let k = if i < 100 { "a" } else if i < 200 { i % 7 } else { keys[i % length(keys)] }
                let n = if i < 150 { i % 3 } else { keys[(i + 3) % length(keys)] }
                try { seen.push((texts[k], k in texts, texts[k] ?? 5)) } catch e { seen.push(e.message) }
                try { seen.push((longs[n], n in longs)) } catch e { seen.push(e.message) }
                try { seen.push((grades[n], n in grades)) } catch e { seen.push(e.message) }
                try { seen.push((ranks["k${i % 4}"], "k${i % 4}" in ranks, ranks[end[0..i % 12]])) } catch e { seen.push(e.message) }
                if i % 50 == 49 { texts["a"] = i; texts["k${i}"] = i; longs[2] = i; longs.remove(1) }
            }
            print(seen, texts)
            """;
        HostCode.ShouldAgree(program, DefinePlain, leastShare: 0.1);
        HostCode.ShouldBeVerifiable(program, DefinePlain);
    }

    [Fact]
    public void Lookups_of_texts_make_no_garbage()
    {
        using LyraEngine engine = DefinePlain(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        engine.Run("""
            let key = "a" + "b"
            proc run(n) {
                var s = 0.0
                for i in 0..n { s += texts[key] + texts["a"]; if "none" in texts { s += 1 } }
                return s
            }
            for k in 0..20 { run(2000) }
            """);
        Func<int, double> run = engine.GetProc<Func<int, double>>("run");
        run(2000);
        Allocation.LeastOf(() => run(2000).ShouldBe(2000 * 4.5)).ShouldBeLessThan(1000);
    }

    [Fact]
    public void Compiled_accesses_are_verifiable() => HostCode.ShouldBeVerifiable(Program, Define);

    [Theory]
    [InlineData("s += rates[\"a\"]")]
    [InlineData("s += counts[i % 2 * 3]")]
    [InlineData("counts[i % 3] = i")]
    [InlineData("if i % 7 in counts { s += 1 }")]
    [InlineData("if i % 7 in allowed { s += 1 }")]
    [InlineData("s += parts[\"p\"].level")]
    [InlineData("s += length(names[i & 1])")]
    public void Accesses_in_hot_loops_run_in_compiled_code_without_call_outs(string statement)
    {
        using LyraEngine engine = Define(new LyraEngine(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false }));
        HostCode.ShouldRunWithoutCallOuts(engine, statement);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Code_of_the_host_runs_once_for_each_access(bool isOfPlatform)
    {
        int compared = 0;
        Counting counting = new(() => compared++);
        IEqualityComparer<int> comparer = isOfPlatform
            ? EqualityComparer<int>.Create(static (x, y) => x == y, counting.GetHashCode)
            : counting;
        Dictionary<int, int> table = new(comparer) { [1] = 10, [2] = 20 };
        new HostDictionary<int, int>(table).IsPlainTable.ShouldBeFalse();
        using LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = false });
        engine.Define("table", table);
        compared = 0;
        engine.Run("var s = 0; for i in 0..1000 { s += table[i & 3] ?? 1 }; s").As<long>().ShouldBe(500 + (250 * 30));
        compared.ShouldBe(1000);
    }

    private static LyraEngine DefinePlain(LyraEngine engine)
    {
        engine.Define("texts", new Dictionary<string, double> { ["a"] = 1.5, ["ab"] = 3, ["longer than eight"] = 4, [""] = 5, ["é"] = 6 });
        engine.Define("longs", new Dictionary<long, int?> { [0] = 7, [1] = null, [5_000_000_000] = 8 });
        engine.Define("grades", new Dictionary<int, Grade> { [1] = Grade.High, [2] = Grade.Debt });
        engine.Define("ranks", new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["K1"] = 1, ["k2"] = 2, ["A LO"] = 3 });
        return engine;
    }

    private static LyraEngine Define(LyraEngine engine)
    {
        Part part = new() { Level = 2 };
        Dictionary<string, Part> parts = new() { ["p"] = part };
        engine.DefineType<Part>(t => t.Property("level", p => p.Level, (p, v) => p.Level = v));
        engine.Define("rates", new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1.5, ["b"] = 2 });
        engine.Define("counts", new Dictionary<int, int> { [0] = 7, [3] = 8 });
        engine.Define("allowed", new HashSet<long> { 1, 3 });
        engine.Define("fixed", new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1 }));
        engine.Define("odd", new Dictionary<int, int>(new Counting(static () => { })) { [0] = 1 });
        engine.Define("parts", parts);
        engine.Define("names", new Dictionary<int, string> { [0] = "zero", [1] = "one" });
        engine.Define("swap", () => parts["p"] = new Part { Level = 9 });
        return engine;
    }

    /// <summary>A comparer of the host.</summary>
    private sealed class Counting(Action count) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj)
        {
            count();
            return obj;
        }
    }
}
