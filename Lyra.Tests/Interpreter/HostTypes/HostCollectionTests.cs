using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Scripts use collections of the host in place, in both tiers: docs/host-objects.md, "Collections".</summary>
public abstract class HostCollectionTests : IDisposable
{
    private readonly JitMode _mode;
    private readonly LyraEngine _engine;

    protected HostCollectionTests(JitMode mode) => (_mode, _engine) = (mode, new LyraEngine(new LyraOptions { Jit = mode }));

    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_list_is_read_and_written_in_place()
    {
        List<int> list = [3, 1, 2];
        _engine.Define("xs", list);
        Run("[type(xs), length(xs), xs[0], xs[1..], xs is xs, xs == [3, 1, 2], [3, 1, 2] == xs]")
            .ShouldBe("[\"list\", 3, 3, [1, 2], true, true, true]");
        Run("xs[0] = 9; xs.push(4); push(xs, 5); xs.insert(1, 7); xs.pop() + xs.removeAt(0)").ShouldBe("14");
        list.ShouldBe([7, 1, 2, 4]);
        Run("xs.sort(); xs.reverse(); xs").ShouldBe("[7, 4, 2, 1]");
        list.ShouldBe([7, 4, 2, 1]);
        Run("xs.sort(x => x % 4); xs").ShouldBe("[4, 1, 2, 7]");
        Run("xs.extend([8, 9]); xs.remove(1); xs.fill(6); xs").ShouldBe("[6, 6, 6, 6, 6]");
        list.ShouldBe([6, 6, 6, 6, 6]);
        list[1] = 5;
        Run("xs[1]").ShouldBe("5");
        Run("xs.clear(); xs.isEmpty()").ShouldBe("true");
        list.ShouldBeEmpty();
    }

    [Fact]
    public void A_list_has_the_methods_of_lists()
    {
        _engine.Define("xs", new List<double> { 1, 2.5, 4 });
        Run("[xs.map(x => x * 2), xs.filter(x => x > 2), xs.reduce((a, b) => a + b), xs.contains(2.5), xs.index(4)]")
            .ShouldBe("[[2.0, 5.0, 8.0], [2.5, 4.0], 7.5, true, 2]");
        Run("[sum(xs), max(xs), sorted(xs), xs.map(tostring).join(\"-\"), 2.5 in xs, xs.first(), xs.last()]")
            .ShouldBe("[7.5, 4.0, [1.0, 2.5, 4.0], \"1.0-2.5-4.0\", true, 1.0, 4.0]");
        Run("[xs.slice(1), xs.count(1.0), xs.copy()]").ShouldBe("[[2.5, 4.0], 1, [1.0, 2.5, 4.0]]");
        Run("let (a, b, c) = xs; [a, c, xs + [1], [0] + xs, xs * 2 == xs + xs]")
            .ShouldBe("[1.0, 4.0, [1.0, 2.5, 4.0, 1], [0, 1.0, 2.5, 4.0], true]");
        Run("match xs { [a, ...rest] => [a, rest], _ => nil }").ShouldBe("[1.0, [2.5, 4.0]]");
        Run("proc f(xs: list) { return length(xs) }\nf(xs)").ShouldBe("3");
        Run("import json; json.stringify(xs)").ShouldBe("\"[1.0,2.5,4.0]\"");
        Run("tostring(xs)").ShouldBe("\"[1.0, 2.5, 4.0]\"");
        Run("[xs < [2], xs <= xs, [xs] == [[1, 2.5, 4]]]").ShouldBe("[true, true, true]");
    }

    [Fact]
    public void Loops_read_the_host_s_elements()
    {
        List<long> list = [.. Enumerable.Range(0, 2_000).Select(i => (long)i)];
        _engine.Define("xs", list);
        Run("var s = 0; for x in xs { s += x }; s").ShouldBe("1999000");
        Run("var s = 0; for i, x in xs { s += i * x }; s").ShouldBe("2664667000");
        Run("var s = 0; for i in 0..length(xs) { s += xs[i]; xs[i] = 1 }; [s, sum(xs)]").ShouldBe("[1999000, 2000]");
        Error("for x in xs { xs.push(x) }").ShouldStartWith("ConcurrentModification: the list changed its size");
    }

    [Fact]
    public void Elements_are_converted_or_refused()
    {
        List<int> list = [1];
        _engine.Define("xs", list);
        Error("xs.push(\"a\")").ShouldBe("TypeError: an element of the host's list must be int, not str");
        Error("xs[0] = 1.5").ShouldBe("TypeError: an element of the host's list must be int, not float");
        Error("xs[0] = 1 << 40")
            .ShouldBe("ValueError: an element of the host's list is 1099511627776, outside the range of the host's Int32");
        Error("xs[7]").ShouldBe("IndexError: index 7 is outside the list: its indices are 0 to 0");
        Error("let m = {}; m[xs] = 1").ShouldStartWith("TypeError: list can't be hashed");
        list.ShouldBe([1]);
    }

    [Fact]
    public void Arrays_and_memory_have_a_fixed_size()
    {
        double[] array = [1, 2, 3];
        _engine.Define("xs", array);
        _engine.Define("part", new Memory<double>(array, 1, 2));
        Run("xs[0] = 5; part[1] = 7; xs.reverse(); [xs, part]").ShouldBe("[[7.0, 2.0, 5.0], [2.0, 5.0]]");
        array.ShouldBe([7, 2, 5]);
        Error("xs.push(1)").ShouldBe("TypeError: the host's array can't change its size");
        Error("part.pop()").ShouldBe("TypeError: the host's array can't change its size");
    }

    [Fact]
    public void Objects_in_lists_have_the_types_that_are_defined_at_the_time()
    {
        List<object> list = [new Order("A-1"), 7];
        _engine.DefineType<IEquatable<Order>>(type => type.Method("kind", (IEquatable<Order> _) => "interface"));
        _engine.Define("xs", list);
        const string Loops = "let seen = []; for k in 0..3 { for x in xs { seen.push(type(x)) } }; seen[4..]";
        Run(Loops).ShouldNotContain("Order\"");
        Error("for x in xs { x.id }").ShouldContain("has no member 'id'");
        _engine.DefineType<Order>();
        Run(Loops).ShouldBe("[\"Order\", \"int\"]");
        Run("[xs[0].id, xs[0].kind(), xs[0] is xs[0]]").ShouldBe("[\"A-1\", \"interface\", true]");
        list.Reverse();
        Run("[xs[1].id, xs[1] in xs, xs.index(xs[1]), {xs[1]: 3}[xs[1]]]").ShouldBe("[\"A-1\", true, 1, 3]");
        list.Clear();
        Run("length(xs)").ShouldBe("0");
    }

    [Fact]
    public void An_element_without_a_script_value_is_an_error_of_the_script()
    {
        Version none = new(1, 2);
        _engine.Define("list", new List<object> { 1, none });
        _engine.Define("array", new[] { none });
        _engine.Define("readOnly", new ReadOnlyCollection<Version>([none]));
        _engine.Define("map", new Dictionary<string, Version> { ["a"] = none });
        _engine.Define("keys", new Dictionary<Version, int> { [none] = 1 });
        _engine.Define("items", new HashSet<Version> { none });
        _engine.Define("sequence", Enumerable.Repeat(none, 3).Where(static _ => true));
        string[] accesses =
        [
            "list[1]", "array[0]", "readOnly[0]", "map[\"a\"]", "for x in list { }", "for k, v in map { }", "for k in keys { }",
            "for x in items { }", "for x in sequence { }", "list.map(x => x)",
        ];
        foreach (string access in accesses)
        {
            Error(access).ShouldStartWith(
                "HostError: There is no script value for an object of the .NET type System.Version", customMessage: access);
        }

        Run("let seen = []; for k in 0..100 { try { list[k & 1] } catch e { seen.push(e.kind) } }; [length(seen), seen[0]]")
            .ShouldBe("[50, \"HostError\"]");
    }

    [Fact]
    public void A_list_keeps_no_objects_alive_that_the_host_has_removed()
    {
        List<Order> list = [.. Enumerable.Range(0, 10).Select(static n => new Order($"A-{n}"))];
        _engine.DefineType<Order>();
        _engine.Define("xs", list);
        Run("var s = 0; for k in 0..4 { for x in xs { s += length(x.id) } }; s").ShouldBe("120");
        WeakReference[] removed = [.. list.Skip(3).Select(static order => new WeakReference(order))];
        list.RemoveRange(3, 7);
        Run("var x = nil; for k in 0..2 { for y in xs { x = y.id } }; x").ShouldBe("\"A-2\"");
        GC.Collect();
        removed.Count(static order => order.IsAlive).ShouldBeLessThan(2, "a register may still hold the last one");
    }

    [Fact]
    public void The_values_of_elements_do_not_count_against_the_memory_limit()
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 200_000 } });
        engine.DefineType<Order>();
        engine.Define("xs", Enumerable.Range(0, 20_000).Select(static n => new Order($"A-{n}")).ToList());
        engine.Run("var s = 0; for k in 0..4 { for x in xs { s += length(x.id) } }; s").As<long>().ShouldBeGreaterThan(400_000);
    }

    [Fact]
    public void A_dictionary_is_a_map()
    {
        Dictionary<string, int> map = new() { ["a"] = 1, ["b"] = 2 };
        _engine.Define("m", map);
        Run("[type(m), length(m), m[\"a\"], m[\"z\"], m.get(\"z\", 9), m.has(\"b\"), \"a\" in m, 1 in m, m == {\"a\": 1, \"b\": 2}]")
            .ShouldBe("[\"map\", 2, 1, nil, 9, true, true, false, true]");
        Run("m[\"c\"] = 3; m.remove(\"a\"); m.update({\"d\": 4}); [keys(m), values(m), m.items()]")
            .ShouldBe("[[\"d\", \"b\", \"c\"], [4, 2, 3], [(\"d\", 4), (\"b\", 2), (\"c\", 3)]]");
        map.Keys.ShouldBe(["d", "b", "c"]);
        Run("let s = []; for k in m { s.push(k) }; for k, v in m { s.push(v) }; s").ShouldBe("[\"d\", \"b\", \"c\", 4, 2, 3]");
        Run("[list(m), sorted(m), set(m)]").ShouldBe("[[\"d\", \"b\", \"c\"], [\"b\", \"c\", \"d\"], set([\"d\", \"b\", \"c\"])]");
        Run("match m { {\"d\": d, ...} => d, _ => nil }").ShouldBe("4");
        Run("import json; json.stringify(m)").ShouldBe("\"{\\\"d\\\":4,\\\"b\\\":2,\\\"c\\\":3}\"");
        Error("m[1] = 2").ShouldBe("TypeError: an element of the host's map's keys must be str, not int");
        Error("for k in m { m[k + \"x\"] = 1 }").ShouldStartWith("ConcurrentModification: the map changed its size");
        Run("m.clear(); m.isEmpty()").ShouldBe("true");
    }

    [Fact]
    public void A_set_is_a_set()
    {
        SortedSet<string> set = ["b", "a"];
        _engine.Define("s", set);
        Run("[type(s), length(s), \"a\" in s, s.has(\"z\"), s.add(\"c\"), s.add(\"c\"), s.remove(\"a\"), s == set([\"b\", \"c\"])]")
            .ShouldBe("[\"set\", 2, true, false, true, false, true, true]");
        set.ShouldBe(["b", "c"]);
        Run("let xs = []; for x in s { xs.push(x) }; [xs, s.union([\"d\"])]").ShouldBe("[[\"b\", \"c\"], set([\"b\", \"c\", \"d\"])]");
        Run("s.clear(); s.isEmpty()").ShouldBe("true");
        set.ShouldBeEmpty();
    }

    [Fact]
    public void Read_only_collections_refuse_changes()
    {
        _engine.Define("xs", new ReadOnlyCollection<int>([1, 2]));
        _engine.Define("m", new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 1 }));
        Run("[xs, m]").ShouldBe("[[1, 2], {\"a\": 1}]");
        Error("xs.push(1)").ShouldBe("TypeError: the host's list can only be read");
        Error("xs[0] = 1").ShouldBe("TypeError: the host's list can only be read");
        Error("xs.sort()").ShouldBe("TypeError: the host's list can only be read");
        Error("m[\"a\"] = 1").ShouldBe("TypeError: the host's map can only be read");
        Error("m.clear()").ShouldBe("TypeError: the host's map can only be read");
    }

    [Fact]
    public void A_list_of_a_class_of_its_own_is_changed_through_its_members()
    {
        ObservableCollection<int> list = [3, 1, 2];
        int changes = 0;
        list.CollectionChanged += (_, _) => changes++;
        _engine.Define("xs", list);
        Run("xs.push(4); xs.insert(0, 5); xs[1] = 7; xs.removeAt(0) * 10 + xs.pop()").ShouldBe("54");
        list.ShouldBe([7, 1, 2]);
        changes.ShouldBe(5);
        Error("xs.push(1.5)").ShouldBe("TypeError: an element of the host's list must be int, not float");
        Run("xs.clear(); length(xs)").ShouldBe("0");
        list.ShouldBeEmpty();
    }

    [Fact]
    public void Classes_that_can_only_be_read_refuse_changes()
    {
        _engine.Define("xs", new ReadableList([1, 2]));
        _engine.Define("m", new ReadableMap { Entries = { ["a"] = 1 } });
        _engine.Define("s", new ReadableSet { Items = { 3 } });
        Run("[type(xs), xs, xs[1], length(xs), xs is xs, xs.map(x => x * 2)]").ShouldBe("[\"list\", [1, 2], 2, 2, true, [2, 4]]");
        Run("[type(m), m, m[\"a\"], m.get(\"b\", 7), m.keys()]").ShouldBe("[\"map\", {\"a\": 1}, 1, 7, [\"a\"]]");
        Run("[type(s), s, 3 in s, s.has(4), length(s)]").ShouldBe("[\"set\", set([3]), true, false, 1]");
        Run("let seen = []; for x in xs { seen.push(x) }; for k, v in m { seen.push((k, v)) }; for x in s { seen.push(x) }; seen")
            .ShouldBe("[1, 2, (\"a\", 1), 3]");
        _engine.Run("xs").As<ReadableList>().Count.ShouldBe(2);
        _engine.Run("m").As<ReadableMap>().Count.ShouldBe(1);
        _engine.Run("s").As<ReadableSet>().Count.ShouldBe(1);
        foreach (string change in new[] { "xs[0] = 1", "xs.insert(0, 1)", "xs.push(1)", "xs.pop()", "xs.removeAt(0)", "xs.clear()" })
        {
            Error(change).ShouldBe("TypeError: the host's list can only be read", customMessage: change);
        }

        foreach (string change in new[] { "m[\"a\"] = 2", "m.remove(\"a\")", "m.clear()" })
        {
            Error(change).ShouldBe("TypeError: the host's map can only be read", customMessage: change);
        }

        foreach (string change in new[] { "s.add(1)", "s.remove(3)", "s.clear()" })
        {
            Error(change).ShouldBe("TypeError: the host's set can only be read", customMessage: change);
        }
    }

    [Fact]
    public void Memory_that_is_no_array_has_a_fixed_size()
    {
        using Block block = new(3);
        _engine.Define("xs", block.Memory);
        Run("xs[0] = 5; xs[2] = 7; [type(xs), length(xs), xs, xs.index(7), xs is xs]").ShouldBe("[\"list\", 3, [5, 0, 7], 2, true]");
        block.Memory.ToArray().ShouldBe([5, 0, 7]);
        Error("xs[0] = \"a\"").ShouldBe("TypeError: an element of the host's array must be int, not str");
        Error("xs[3]").ShouldStartWith("IndexError");
        foreach (string change in new[] { "xs.insert(0, 1)", "xs.push(1)", "xs.pop()", "xs.removeAt(0)", "xs.clear()" })
        {
            Error(change).ShouldBe("TypeError: the host's array can't change its size", customMessage: change);
        }
    }

    [Fact]
    public void A_sequence_of_objects_of_any_type_is_an_iterator()
    {
        _engine.Define("xs", new ArrayList { 1, "a", 2.5, null });
        Run("let seen = []; for x in xs { seen.push(x) }; [type(xs), seen]").ShouldBe("[\"iterator\", [1, \"a\", 2.5, nil]]");
    }

    [Fact]
    public void Loops_over_collections_go_on_after_walks_of_the_heap()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = _mode, Limits = new LyraLimits { MaxMemoryBytes = 1 << 24 } });
        engine.Limiter.WalkInterval = 500;
        engine.Define("m", Enumerable.Range(0, 50).ToDictionary(n => $"key {n}", n => n));
        engine.Define("s", new SortedSet<string>(Enumerable.Range(0, 50).Select(n => $"item {n}")));
        engine.Define("xs", Enumerable.Range(0, 50).Where(n => n >= 0));
        engine.Define("items", () => Later(50));
        int expected = Enumerable.Range(0, 50).Sum(n => (10 * ($"key {n}".Length + 15)) + n + (10 * ($"item {n}".Length + 15)) + 200);
        engine.Run("""
            var n = 0
            for k, v in m { n += length((k + " and more of it") * 10) + v }
            for x in s { n += length((x + " and more of it") * 10) }
            for x in xs { n += length([x] * 100) }
            for x in items() { n += length([x] * 100) }
            n
            """).As<int>().ShouldBe(expected);
    }

    [Fact]
    public void A_sequence_is_read_lazily()
    {
        _engine.Define("naturals", Naturals());
        Run("type(naturals)").ShouldBe("\"iterator\"");
        Run("var s = 0; for n in naturals { if n > 10 { break }; s += n }; s").ShouldBe("55");
        _engine.Define("broken", Broken());
        Error("for x in broken { }").ShouldBe("HostError: broken");
    }

    [Fact]
    public void Collections_hold_objects_and_come_back_as_they_are()
    {
        _engine.DefineType<Customer>();
        List<Customer> people = [new() { Name = "Ann" }];
        _engine.Define("people", people);
        _engine.Define("count", (List<Customer> list) => ReferenceEquals(list, people) ? list.Count : -1);
        _engine.Define("copied", (Customer[] list) => list.Length);
        Run("people.push(people[0]); [people[1].name, people.map(p => p.name), count(people), copied(people)]")
            .ShouldBe("[\"Ann\", [\"Ann\", \"Ann\"], 2, 2]");
        _engine.Run("people").As<List<Customer>>().ShouldBeSameAs(people);
        people[1].ShouldBeSameAs(people[0]);
    }

    [Fact]
    public void The_host_accesses_collections_and_objects_through_values()
    {
        _engine.DefineType<Customer>();
        List<Customer> people = [new() { Name = "Ann" }];
        Dictionary<string, int> map = new() { ["a"] = 1 };
        _engine.Define("people", people);
        _engine.Define("m", map);
        LyraValue list = _engine.Globals["people"];
        LyraValue ages = _engine.Globals["m"];
        list.Length.ShouldBe(1);
        list[0]["name"].As<string>().ShouldBe("Ann");
        LyraValue ann = list[0];
        _engine.Globals["ann"] = ann;
        ann["name"] = "Bea";
        people[0].Name.ShouldBe("Bea");
        ages["a"].As<int>().ShouldBe(1);
        ages["b"] = 2;
        map["b"].ShouldBe(2);
        Should.Throw<KeyNotFoundException>(() => ages["z"]);
        Should.Throw<ArgumentOutOfRangeException>(() => list[1]);
        list.CallMethod("push", ann);
        people.Count.ShouldBe(2);
    }

    [Fact]
    public void A_collection_that_is_a_property_is_used_in_place()
    {
        Basket basket = new();
        _engine.DefineType<Basket>(t => t.Property("items", b => b.Items).Property("prices", b => b.Prices));
        _engine.Define("basket", basket);
        Run("basket.items.push(\"a\"); basket.prices[\"a\"] = 2.5; [basket.items, basket.prices]").ShouldBe("[[\"a\"], {\"a\": 2.5}]");
        basket.Items.ShouldBe(["a"]);
        basket.Prices["a"].ShouldBe(2.5);
    }

    [Fact]
    public void An_async_sequence_is_awaited_by_for()
    {
        _engine.Define("items", () => Later(3));
        Run("var s = 0\nfor x in items() { s += x }\ns").ShouldBe("3");
        Run("var p = []\nfor i, x in items() { p.push((i, x)) }\np").ShouldBe("[(0, 0), (1, 1), (2, 2)]");
        Run("async proc f() {\nvar s = 0\nfor x in items() { s += x }\nreturn s }\n(await f()) + (await f())").ShouldBe("6");
        Run("type(items())").ShouldBe("\"iterator\"");
        Error("for x in items() { if x == 1 { throw \"stop\" } }").ShouldContain("stop");
    }

    [Fact]
    public void Other_tasks_go_on_while_an_async_sequence_is_awaited()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Define("items", Waiting(gate.Task));
        _engine.Define("open", gate.SetResult);
        Run("async proc other() { open() }\nlet t = spawn other()\nvar all = []\nfor x in items { all.push(x) }\nall").ShouldBe("[1, 2]");
    }

    [Fact]
    public void An_endless_async_sequence_is_read_lazily_and_disposed()
    {
        bool isDisposed = false;
        _engine.Define("count", () => Endless(() => isDisposed = true));
        Run("struct Once { s\nproc __iter(self) { return self.s } }\nvar n = 0\nfor x in Once(count()) { n += x\nif x == 5 { break } }\nn")
            .ShouldBe("15");
        isDisposed.ShouldBeTrue();
    }

    [Fact]
    public void An_async_sequence_whose_loop_is_cancelled_is_disposed_after_its_step()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isDisposed = false;
        _engine.Define("items", () => Waiting(gate.Task, () => isDisposed = true));
        _engine.Define("open", gate.SetResult);
        Run("""
            var got = []
            async proc f() { for x in items() { got.push(x) } }
            let t = spawn f()
            await sleep(1)
            t.cancel()
            open()
            try { await t } catch e { got.push(e.kind) }
            got
            """).ShouldBe("[1, \"Cancelled\"]");
        isDisposed.ShouldBeTrue();
    }

    [Fact]
    public void Failures_of_an_async_sequence_are_errors_of_the_script()
    {
        _engine.Define("broken", () => BrokenLater());
        Run("var got = []\ntry { for x in broken() { got.push(x) } } catch e { got.push(e.kind)\ngot.push(e.message) }\ngot")
            .ShouldBe("[1, \"HostError\", \"broken\"]");
        _engine.Define("never", () => Waiting(new TaskCompletionSource().Task));
        Error("proc f() { for x in never() { print(x) } }\nf()").ShouldContain("async proc or at the top level");
        Error("list(broken())").ShouldContain("can only be taken by for");
    }

    [Fact]
    public void What_a_count_throws_is_an_error_of_the_host()
    {
        _engine.Define("xs", new Uncounted());
        Error("length(xs)").ShouldBe("HostError: no count");
        Error("for x in xs { print(x) }").ShouldBe("HostError: no count");
        Should.Throw<LyraException>(() => LyraValue.FromObject(new Uncounted()).Length).InnerException
            .ShouldBeOfType<NotSupportedException>();
    }

    private static async IAsyncEnumerable<int> Later(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Waiting(Task gate, Action? onDisposed = null)
    {
        try
        {
            yield return 1;
            await gate;
            yield return 2;
        }
        finally
        {
            onDisposed?.Invoke();
        }
    }

    private static async IAsyncEnumerable<int> Endless(Action onDisposed)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            onDisposed();
        }
    }

    private static async IAsyncEnumerable<int> BrokenLater()
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidOperationException("broken");
    }

    private static IEnumerable<int> Naturals()
    {
        for (int i = 0; ; i++)
        {
            yield return i;
        }
    }

    private static IEnumerable<int> Broken()
    {
        yield return 1;
        throw new InvalidOperationException("broken");
    }

    private string Run(string source) => _engine.Run(source).ToString();

    private string Error(string source)
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(source));
        return $"{e.Kind}: {e.Message}";
    }

    /// <summary>In the interpreter.</summary>
    public sealed class Interpreted() : HostCollectionTests(JitMode.Off);

    /// <summary>With everything compiled that can be.</summary>
    public sealed class Stressed() : HostCollectionTests(JitMode.Stress);

    private sealed class Uncounted : IReadOnlyList<int>
    {
        public int Count => throw new NotSupportedException("no count");

        public int this[int index] => index;

        public IEnumerator<int> GetEnumerator() => Naturals().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ReadableList(int[] items) : IReadOnlyList<int>
    {
        public int Count => items.Length;

        public int this[int index] => items[index];

        public IEnumerator<int> GetEnumerator() => items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ReadableMap : IReadOnlyDictionary<string, int>
    {
        public Dictionary<string, int> Entries { get; } = [];

        public int Count => Entries.Count;

        public IEnumerable<string> Keys => Entries.Keys;

        public IEnumerable<int> Values => Entries.Values;

        public int this[string key] => Entries[key];

        public bool ContainsKey(string key) => Entries.ContainsKey(key);

        public bool TryGetValue(string key, out int value) => Entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => Entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ReadableSet : IReadOnlySet<int>
    {
        public HashSet<int> Items { get; } = [];

        public int Count => Items.Count;

        public bool Contains(int item) => Items.Contains(item);

        public bool IsProperSubsetOf(IEnumerable<int> other) => Items.IsProperSubsetOf(other);

        public bool IsProperSupersetOf(IEnumerable<int> other) => Items.IsProperSupersetOf(other);

        public bool IsSubsetOf(IEnumerable<int> other) => Items.IsSubsetOf(other);

        public bool IsSupersetOf(IEnumerable<int> other) => Items.IsSupersetOf(other);

        public bool Overlaps(IEnumerable<int> other) => Items.Overlaps(other);

        public bool SetEquals(IEnumerable<int> other) => Items.SetEquals(other);

        public IEnumerator<int> GetEnumerator() => Items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>A block of memory outside the garbage-collected heap.</summary>
    private sealed unsafe class Block(int length) : MemoryManager<int>
    {
        private readonly int* _items = (int*)NativeMemory.AllocZeroed((nuint)length, sizeof(int));

        public override Span<int> GetSpan() => new(_items, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(_items + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing) => NativeMemory.Free(_items);
    }

    private sealed class Basket
    {
        public List<string> Items { get; } = [];

        public Dictionary<string, double> Prices { get; } = [];
    }
}
