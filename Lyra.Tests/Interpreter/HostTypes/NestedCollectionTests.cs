using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>
/// Collections in collections of the host are used in place at every depth, however a script reaches them, or a change is an error: a copy
/// is never changed. In both tiers.
/// </summary>
public abstract class NestedCollectionTests : IDisposable
{
    private readonly LyraEngine _engine;
    private readonly Nest _nest = new();

    protected NestedCollectionTests(JitMode mode)
    {
        _engine = new LyraEngine(new LyraOptions { Jit = mode });
        LyraTypeOptions all = new() { Members = LyraMembers.All };
        _engine.DefineType<Nest>(all);
        _engine.DefineType<Spot>(all);
        _engine.Define("t", _nest);
        _engine.Define("give", () => _nest);
    }

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Each statement changes the host's object, so that reading the same place again shows it.</summary>
    [Theory]
    [InlineData("t.jag[0][0] = 9", "t.jag[0]", "[9, 2, 3]")]
    [InlineData("t.jag[1][2] += 1", "t.jag[1]", "[4, 5, 7]")]
    [InlineData("t.jag[0].sort(x => -x)", "t.jag[0]", "[3, 2, 1]")]
    [InlineData("t.jag[0] = [7]", "t.jag", "[[7], [4, 5, 6]]")]
    [InlineData("t.floats[1][0] = 0.5", "t.floats", "[[1.0, 2.0], [0.5, 4.0]]")]
    [InlineData("t.lists[0].push(3)", "t.lists", "[[1, 2, 3], [3]]")]
    [InlineData("t.lists[0][1] += 1", "t.lists", "[[1, 3], [3]]")]
    [InlineData("t.lists.push([8]); t.lists[2].push(9)", "t.lists", "[[1, 2], [3], [8, 9]]")]
    [InlineData("t.lists.reverse(); t.lists[0].push(4)", "t.lists", "[[3, 4], [1, 2]]")]
    [InlineData("t.lists[1].clear()", "t.lists", "[[1, 2], []]")]
    [InlineData("t.map[\"a\"].push(2)", "t.map", "{\"a\": [1, 2], \"b\": []}")]
    [InlineData("t.map.get(\"b\", nil).push(2)", "t.map", "{\"a\": [1], \"b\": [2]}")]
    [InlineData("for xs in t.map.values() { xs.push(0) }", "t.map", "{\"a\": [1, 0], \"b\": [0]}")]
    [InlineData("for k, xs in t.map { xs.push(k == \"a\") }", "1", "TypeError: an element of the host's list must be int, not bool")]
    [InlineData("t.maps[\"a\"][\"y\"] = 2", "t.maps", "{\"a\": {\"x\": 1, \"y\": 2}}")]
    [InlineData("t.dictionaries[0][\"x\"] += 5", "t.dictionaries", "[{\"x\": 6}]")]
    [InlineData("t.dictionaries[0].remove(\"x\")", "t.dictionaries", "[{}]")]
    [InlineData("t.sets[0].add(7)", "t.sets", "[set([1, 2, 7])]")]
    [InlineData("t.interfaces[0].push(2); t.interfaces[1][0] = 9", "t.interfaces", "[[1, 2], [9, 3]]")]
    [InlineData("t.deep[\"a\"][\"x\"][1] = 7", "t.deep", "{\"a\": {\"x\": [1, 7]}}")]
    [InlineData("t.cube[1][0][1] = 0", "t.cube", "[[[1, 2], [3, 4]], [[5, 0], [7, 8]]]")]
    [InlineData("for plane in t.cube { for row in plane { row[0] = 0 } }", "t.cube", "[[[0, 2], [0, 4]], [[0, 6], [0, 8]]]")]
    [InlineData("t.objects[0].push(2); t.objects[1][0] = 5", "t.objects", "[[1, 2], [5], 3, \"four\"]")]
    [InlineData("t.pair[0].push(2); t.pair[1][0] = 3", "t.pair", "([1, 2], [3])")]
    [InlineData("t.pairs[0][1][0] = 8", "t.pairs", "[(\"a\", [8])]")]
    [InlineData("for name, xs in t.pairs { }; for i, p in t.pairs { p[1][0] = i }", "t.pairs", "[(\"a\", [0])]")]
    [InlineData("t.blobs[0][1] = 255", "t.blobs", "[[1, 255]]")]
    [InlineData("t.spots[0].marks.push(2); t.spotList[0].marks[0] = 5", "[t.spots[0].marks, t.spotList[0].marks]", "[[1, 2], [5]]")]
    [InlineData("t.json[\"rows\"][0] = 9; t.json[\"rows\"].push(3)", "t.json", "{\"rows\": [9, 2, 3]}")]
    [InlineData("t[0].push(5)", "t[0]", "[1, 5]")]
    [InlineData("t.self.self.jag[0][0] = 9", "t.jag[0]", "[9, 2, 3]")]
    [InlineData("t.same().jag[0][0] = 9", "t.jag[0]", "[9, 2, 3]")]
    [InlineData("give().lists[0].push(9)", "t.lists[0]", "[1, 2, 9]")]
    [InlineData("for row in t.jag { row[0] = 1 }", "t.jag", "[[1, 2, 3], [1, 5, 6]]")]
    [InlineData("for i, row in t.jag { row[i] = 0 }", "t.jag", "[[0, 2, 3], [4, 0, 6]]")]
    [InlineData("let row = t.jag[0]; row[0] = 7", "t.jag[0]", "[7, 2, 3]")]
    [InlineData("let (a, b) = t.jag; b[1] = 0", "t.jag[1]", "[4, 0, 6]")]
    [InlineData("match t.jag { [a, ...rest] => rest[0].fill(2), _ => nil }", "t.jag[1]", "[2, 2, 2]")]
    [InlineData("t.jag.map(row => row.reverse())", "t.jag", "[[3, 2, 1], [6, 5, 4]]")]
    [InlineData("t.jag[1..][0][0] = 0", "t.jag", "[[1, 2, 3], [0, 5, 6]]")]
    [InlineData("t.jag.copy()[1][0] = 0", "t.jag", "[[1, 2, 3], [0, 5, 6]]")]
    [InlineData("t.lists.pop().push(4)", "t.lists", "[[1, 2]]")]
    [InlineData("proc f(xs: list) { xs[0] = 0 }\nf(t.jag[0])", "t.jag[0]", "[0, 2, 3]")]
    [InlineData("struct S { rows }\nlet s = S(t.lists)\ns.rows[0].push(1)", "t.lists[0]", "[1, 2, 1]")]
    public void A_change_reaches_the_host(string change, string place, string expected)
    {
        Run($"{change}\n{place}").ShouldBe(expected);
    }

    [Theory]
    [InlineData("t.spots[0].x = 3", "FieldError: 'x' of Spot can only be read: this is a copy of a .NET struct; "
        + "make another Spot and assign it where this one comes from")]
    [InlineData("t.spotList[0].y += 3", "FieldError: 'y' of Spot can only be read: this is a copy of a .NET struct; "
        + "make another Spot and assign it where this one comes from")]
    [InlineData("t.fixed[0][0] = 1", "TypeError: the host's list can only be read")]
    [InlineData("t.fixed[1].push(1)", "TypeError: the host's list can only be read")]
    [InlineData("t.jag[0].push(1)", "TypeError: the host's array can't change its size")]
    [InlineData("t.jag[0][0] = \"a\"", "TypeError: an element of the host's array must be int, not str")]
    [InlineData("t.pair[0] = [1]", "TypeError: a tuple can't be changed")]
    [InlineData("t.queues[0].push(3)", "TypeError: push: 'list' must be a list, not iterator")]
    public void A_change_that_can_t_reach_the_host_is_an_error(string change, string message)
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(change));
        $"{e.Kind}: {e.Message}".ShouldBe(message);
    }

    [Fact]
    public void Changes_of_the_host_s_code_are_seen()
    {
        Run("let rows = t.jag; let first = rows[0]; first[0]").ShouldBe("1");
        _nest.Jag[0][0] = 5;
        _nest.Lists[0].Add(9);
        Run("[first[0], rows[0][0], t.lists[0].last()]").ShouldBe("[5, 5, 9]");
    }

    [Fact]
    public void Parts_are_identical_and_equal_as_lists_are()
    {
        Run("[t.jag[0] is t.jag[0], t.jag[0] is t.jag[1], t.jag == [[1, 2, 3], [4, 5, 6]], [[1], []] == [t.map[\"a\"], t.map[\"b\"]]]")
            .ShouldBe("[true, false, true, true]");
        Run("[[4, 5, 6] in t.jag, t.jag.index([4, 5, 6]), t.jag < [[2]], sorted(t.lists), sum(t.jag[0]), type(t.jag[0])]")
            .ShouldBe("[true, 1, true, [[1, 2], [3]], 6, \"list\"]");
        Run("import json; json.stringify([t.map, t.cube[0]])").ShouldBe("\"[{\\\"a\\\":[1],\\\"b\\\":[]},[[1,2],[3,4]]]\"");
    }

    [Fact]
    public void The_host_gets_the_parts_themselves()
    {
        _engine.Run("t.jag[1]").As<int[]>().ShouldBeSameAs(_nest.Jag[1]);
        _engine.Run("t.map[\"a\"]").As<List<int>>().ShouldBeSameAs(_nest.Map["a"]);
        _engine.Run("[t.jag[0], [7]]").As<List<List<int>>>().ShouldBe([[1, 2, 3], [7]]);
        _engine.Define("same", (List<int> xs) => ReferenceEquals(xs, _nest.Lists[0]));
        Run("same(t.lists[0])").ShouldBe("true");
        LyraValue lists = _engine.Run("t.lists");
        lists[0].CallMethod("push", 5);
        _nest.Lists[0].ShouldBe([1, 2, 5]);
    }

    [Fact]
    public void Results_of_methods_are_copies_at_every_depth()
    {
        Run("let c = t.copied(); c[0][0] = 9; c[0].push(1); [c, t.jag]").ShouldBe("[[[9, 2, 3, 1], [4, 5, 6]], [[1, 2, 3], [4, 5, 6]]]");
    }

    [Fact]
    public void Collections_that_are_defined_are_used_in_place_at_every_depth()
    {
        int[][] jag = [[1], [2]];
        Dictionary<string, List<List<int>>> map = new() { ["a"] = [[1]] };
        (List<int> Numbers, int[][] Rows) pair = ([1], [[2]]);
        _engine.Define("jag", jag);
        _engine.Define("map", map);
        _engine.Define("pair", pair);
        _engine.Globals["sequence"] = LyraValue.FromObject(jag.Where(static row => row.Length > 0));
        Run("jag[0][0] = 5; map[\"a\"][0].push(2); map[\"a\"].push([3]); pair[0].push(7); pair[1][0][0] = 8");
        Run("for r in sequence { r[0] += 1 }");
        jag.ShouldBe([[6], [3]]);
        map["a"].ShouldBe([[1, 2], [3]]);
        pair.Numbers.ShouldBe([1, 7]);
        pair.Rows[0].ShouldBe([8]);
    }

    [Fact]
    public void Collections_that_contain_themselves_have_a_text_and_compare_within_limits()
    {
        List<object> one = [1];
        List<object> other = [1];
        one.Add(one);
        other.Add(other);
        _engine.Define("one", one);
        _engine.Define("other", other);
        Run("[one, one == one, one[1][1][0]]").ShouldBe("[[1, [...]], true, 1]");
        Should.Throw<LyraException>(() => _engine.Run("one == other")).Kind.ShouldBe("StackOverflow");
        Should.Throw<LyraException>(() => _engine.Run("import json; json.stringify(one)")).Kind.ShouldBe("StackOverflow");
        Run("1 + 1").ShouldBe("2");
    }

    [Fact]
    public void Copies_for_other_engines_and_frozen_copies_have_no_part_of_the_host()
    {
        using LyraEngine other = new();
        List<object> cycle = [1];
        cycle.Add(cycle);
        _engine.Define("cycle", cycle);
        LyraValue rows = _engine.Run("[t.jag, t.jag[0], t.map]");
        other.Globals["rows"] = rows.CopyTo(other);
        other.Globals["frozen"] = rows.Freeze();
        other.Run("rows[0][0][0] = 9; [rows, rows[0][0] is rows[1], frozen]").ToString().ShouldBe(
            "[[[[9, 2, 3], [4, 5, 6]], [9, 2, 3], {\"a\": [1], \"b\": []}], true, "
                + "[[[1, 2, 3], [4, 5, 6]], [1, 2, 3], {\"a\": [1], \"b\": []}]]");
        other.Globals["cycle"] = _engine.Globals["cycle"].CopyTo(other);
        other.Run("[cycle[1] is cycle, length(cycle)]").ToString().ShouldBe("[true, 2]");
        _nest.Jag[0][0].ShouldBe(1);
    }

    [Fact]
    public void A_setter_of_a_struct_that_the_host_writes_itself_is_not_used()
    {
        using LyraEngine engine = new();
        engine.DefineType<Spot>(type => type
            .Property("x", s => s.X, (s, x) => s.X = x)
            .Indexer((Spot s, int i) => s.Marks[i], (s, i, value) => s.Marks[i] = value));
        engine.Define("spots", _nest.Spots);
        Should.Throw<LyraException>(() => engine.Run("spots[0].x = 3")).Message.ShouldContain("this is a copy of a .NET struct");
        Should.Throw<LyraException>(() => engine.Run("spots[0][0] = 3")).Kind.ShouldBe("TypeError");
        _nest.Spots[0].Marks.ShouldBe([1]);
    }

    private string Run(string source)
    {
        try
        {
            return _engine.Run(source).ToString();
        }
        catch (LyraException e)
        {
            return $"{e.Kind}: {e.Message}";
        }
    }

    /// <summary>In the interpreter.</summary>
    public sealed class Interpreted() : NestedCollectionTests(JitMode.Off);

    /// <summary>With everything compiled that can be.</summary>
    public sealed class Stressed() : NestedCollectionTests(JitMode.Stress);
}
