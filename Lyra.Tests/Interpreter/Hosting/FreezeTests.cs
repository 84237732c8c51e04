using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lyra.Interpreter.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Frozen values: nothing changes them, in either tier, and every engine and thread may use them.</summary>
public sealed class FreezeTests
{
    private const string Content = """
        ({"rates": [0.1, 0.2], "codes": [1, 2, 3], "flags": [true, false], "names": ["a", "b"], "tags": set(["x", "y"]),
          "pair": (1, ["z"]), "raw": bytes([1, 2]), "empty": [], "range": 1..5})
        """;

    private static readonly LyraValue Frozen = Make();

    [Fact]
    public void The_content_is_equal_and_the_original_can_still_change()
    {
        using LyraEngine engine = new();
        LyraValue original = engine.Run(Content);
        LyraValue frozen = original.Freeze();
        frozen.ShouldBe(original);
        LyraValue codes = original["codes"];
        codes[0] = 5;
        frozen["codes"][0].ShouldBe(1);
        frozen.Freeze()["codes"].ShouldBe(frozen["codes"]);
    }

    [Theory]
    [InlineData("codes[0] = 1", "list")]
    [InlineData("rates[0] += 1", "list")]
    [InlineData("flags[0] = false", "list")]
    [InlineData("names[1] = \"c\"", "list")]
    [InlineData("codes.push(4)", "list")]
    [InlineData("rates.push(0.4)", "list")]
    [InlineData("flags.push(true)", "list")]
    [InlineData("names.push(nil)", "list")]
    [InlineData("empty.push(1)", "list")]
    [InlineData("codes.pop()", "list")]
    [InlineData("rates.pop()", "list")]
    [InlineData("names.pop()", "list")]
    [InlineData("insert(codes, 0, 1)", "list")]
    [InlineData("codes.removeAt(0)", "list")]
    [InlineData("remove(codes, 1)", "list")]
    [InlineData("codes.clear()", "list")]
    [InlineData("codes.sort()", "list")]
    [InlineData("names.sort(x => x)", "list")]
    [InlineData("codes.reverse()", "list")]
    [InlineData("codes.fill(1)", "list")]
    [InlineData("codes.extend([1])", "list")]
    [InlineData("pair[1].push(1)", "list")]
    [InlineData("random.shuffle(codes)", "list")]
    [InlineData("simd.addTo(codes, codes, codes)", "list")]
    [InlineData("v[\"other\"] = 1", "map")]
    [InlineData("v[\"codes\"] = 1", "map")]
    [InlineData("remove(v, \"codes\")", "map")]
    [InlineData("v.clear()", "map")]
    [InlineData("v.update({\"a\": 1})", "map")]
    [InlineData("tags.add(\"x\")", "set")]
    [InlineData("tags.add(\"z\")", "set")]
    [InlineData("remove(tags, \"x\")", "set")]
    [InlineData("tags.clear()", "set")]
    [InlineData("raw[0] = 1", "bytes")]
    public void Every_change_is_an_error_in_both_tiers(string change, string container)
    {
        string program = $$"""
            import random
            import simd
            var refused = 0
            for i in 0..120 {
                try { {{change}} } catch e { refused += if e.kind == "TypeError" and "the {{container}} is frozen" in e.message { 1 } else { 0 } }
            }
            print(refused, v)
            """;
        TierCheckResult result = TierCheck.Run(program, options: new TierCheckOptions { CreateEngine = Define, MaxGuards = 50 });
        result.ToString().ShouldStartWith("The tiers agree");
        result.CompiledShare.ShouldBeGreaterThan(0);
        using LyraEngine engine = Define(new LyraOptions());
        engine.Run(program.Replace("print(refused, v)", "refused", StringComparison.Ordinal)).ShouldBe(120);
        Frozen.ToString().ShouldBe(Make().ToString());
    }

    /// <summary>Code that was compiled for lists which can change must refuse a frozen one that comes later.</summary>
    [Theory]
    [InlineData("[1, 2, 3]", "codes", "x[0] = i")]
    [InlineData("[1, 2, 3]", "codes", "x.push(i)")]
    [InlineData("[1, 2, 3]", "codes", "x.push(x.pop())")]
    [InlineData("[1.5]", "rates", "x.push(x.pop())")]
    [InlineData("[1.5]", "rates", "x[0] = 0.5")]
    [InlineData("[true]", "flags", "x[0] = false")]
    [InlineData("[\"q\"]", "names", "x[0] = \"r\"")]
    [InlineData("[\"q\"]", "names", "x.push(x.pop())")]
    [InlineData("({\"codes\": 1})", "v", "x[\"codes\"] = i")]
    [InlineData("({\"codes\": 1})", "v", "x[\"k${i % 3}\"] = i")]
    [InlineData("set([1])", "tags", "x.add(i % 3)")]
    [InlineData("bytes([1])", "raw", "x[0] = i % 9")]
    public void Compiled_stores_check_whether_a_container_is_frozen(string mutable, string frozen, string change)
    {
        string program = $$"""
            proc change(x, n) {
                for i in 0..n { {{change}} }
            }
            change({{mutable}}, 200)
            try { change({{frozen}}, 1) } catch e { print(e.kind, e.message) }
            try { change({{frozen}}, 1) } catch e { print(e.kind, e.message) }
            print(v)
            """;
        TierCheckResult result = TierCheck.Run(program, options: new TierCheckOptions { CreateEngine = Define, MaxGuards = 50 });
        result.ToString().ShouldStartWith("The tiers agree");
        result.CompiledShare.ShouldBeGreaterThan(0.3);
        using LyraEngine engine = Define(new LyraOptions { HotLoopThreshold = 20 });
        engine.Run(program);
        Frozen.ToString().ShouldBe(Make().ToString());
    }

    [Fact]
    public void A_compiled_loop_reads_frozen_lists_unboxed()
    {
        using LyraEngine engine = Define(new LyraOptions { HotLoopThreshold = 20 });
        const string Sum = "var s = 0.0\nfor i in 0..5000 { s += rates[i % 2] + codes[i % 3] }\ns";
        engine.Run(Sum).As<double>().ShouldBe(10749, 1);
        JitStatistics jit = engine.Statistics.Jit;
        (jit.CompiledSteps / (double)jit.Steps).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Copies_in_scripts_can_change()
    {
        using LyraEngine engine = Define(new LyraOptions());
        engine.Run("""
            let mine = codes.copy()
            mine.push(4)
            let all = v.copy()
            all["codes"] = mine
            (mine, all["codes"][3], names + ["c"], codes[0..2], set(tags).add("z"))
            """).ToString().ShouldBe("([1, 2, 3, 4], 4, [\"a\", \"b\", \"c\"], [1, 2], true)");
    }

    [Fact]
    public void Engines_on_several_threads_share_one_graph()
    {
        Parallel.For(0, 4, _ =>
        {
            using LyraEngine engine = Define(new LyraOptions());
            engine.Run("""
                var n = 0
                for i in 0..2000 { n += codes[i % 3] + length(names[i % 2]) + (if "x" in tags { 1 } else { 0 }) }
                n
                """).ShouldBe(7999);
        });
    }

    [Fact]
    public void What_the_host_writes_to_it_is_refused()
    {
        LyraValue map = Frozen;
        LyraValue list = map["codes"];
        Should.Throw<LyraException>(() => list[0] = 7).Message.ShouldContain("the list is frozen");
        Should.Throw<LyraException>(() => map["other"] = 7).Message.ShouldContain("the map is frozen");
    }

    [Fact]
    public void Shared_objects_and_cycles_keep_their_structure()
    {
        using LyraEngine engine = new();
        LyraValue frozen = engine.Run("let a = [1]\nlet all = [a, a]\nall.push(all)\nall").Freeze();
        using LyraEngine other = new();
        other.Globals["all"] = frozen;
        other.Run("all[0] is all[1] and all[2] is all").ShouldBe(true);
    }

    [Fact]
    public void A_part_that_is_frozen_already_is_not_copied()
    {
        using LyraEngine engine = Define(new LyraOptions());
        engine.Globals["w"] = engine.Run("[v, codes]").Freeze();
        engine.Run("w[0] is v and w[1] is codes").ShouldBe(true);
    }

    [Fact]
    public void Collections_of_the_host_become_frozen_copies()
    {
        List<int> numbers = [1, 2];
        LyraValue frozen = LyraValue.FromObject(new Dictionary<string, List<int>> { ["n"] = numbers }).Freeze();
        numbers.Add(3);
        frozen.ToString().ShouldBe("{\"n\": [1, 2]}");
        LyraValue.From((decimal[])[1.5m]).Freeze().ToString().ShouldBe("[1.5]");
    }

    [Fact]
    public void Long_chains_do_not_need_a_deep_stack()
    {
        using LyraEngine engine = new();
        LyraValue frozen = engine.Run("var chain = []\nfor i in 0..100_000 { chain = [chain] }\nchain").Freeze();
        frozen.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("struct P { x }\n[P(1)]", "An instance of P can't be frozen, because its methods run in its engine.")]
    [InlineData("[x => x]", "A value of type proc can't be frozen")]
    [InlineData("proc g() { yield 1 }\n[g()]", "A value of type iterator can't be frozen")]
    [InlineData("chan(1)", "A value of type channel can't be frozen")]
    [InlineData("o", "An object of the host can't be frozen")]
    public void What_belongs_to_an_engine_is_refused(string program, string message)
    {
        using LyraEngine engine = new();
        engine.DefineType<Version>(t => t.Property("major", v => v.Major));
        engine.Define("o", LyraValue.FromObject(new Version(1, 2)));
        Should.Throw<ArgumentException>(() => engine.Run(program).Freeze()).Message.ShouldStartWith(message);
    }

    private static LyraValue Make()
    {
        using LyraEngine engine = new();
        return engine.Run(Content).Freeze();
    }

    private static LyraEngine Define(LyraOptions options)
    {
        LyraEngine engine = new(options);
        engine.Globals["v"] = Frozen;
        foreach (string name in (string[])["rates", "codes", "flags", "names", "tags", "pair", "raw", "empty"])
        {
            engine.Globals[name] = Frozen[name];
        }

        return engine;
    }
}
