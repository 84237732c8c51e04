using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraValueContainerTests
{
    private static readonly LyraValue OneTwoThree = LyraValue.From(new[] { 1, 2, 3 });

    [Fact]
    public void A_list_is_copied_to_the_requested_type()
    {
        OneTwoThree.As<int[]>().ShouldBe([1, 2, 3]);
        OneTwoThree.As<List<double>>().ShouldBe([1.0, 2.0, 3.0]);
        OneTwoThree.As<IEnumerable<long>>().ShouldBe([1L, 2L, 3L]);
        OneTwoThree.As<IReadOnlyList<int?>>().ShouldBe([1, 2, 3]);
        OneTwoThree.As<IList<object>>().ShouldBe([1L, 2L, 3L]);
        OneTwoThree.TryAs(out string[]? _).ShouldBeFalse();
        OneTwoThree.TryAs(out HashSet<int>? _).ShouldBeFalse();
    }

    [Fact]
    public void A_range_beyond_64_bits_is_converted_exactly()
    {
        using LyraEngine engine = new();
        IReadOnlyList<LyraValue> view = engine.Run("2 ** 70..2 ** 70 + 3").As<IReadOnlyList<LyraValue>>();
        view.Count.ShouldBe(3);
        view[2].As<BigInteger>().ShouldBe(BigInteger.Pow(2, 70) + 2);
    }

    [Fact]
    public void A_list_is_seen_through_a_live_view()
    {
        IReadOnlyList<LyraValue> view = OneTwoThree.As<IReadOnlyList<LyraValue>>();
        view.Count.ShouldBe(3);
        view[1].As<int>().ShouldBe(2);
        view.Select(v => v.As<int>()).ShouldBe([1, 2, 3]);
        view.ToString().ShouldBe("[1, 2, 3]");
        Should.Throw<ArgumentOutOfRangeException>(() => view[3]).Message.ShouldContain("3");
        OneTwoThree.As<object>().ShouldBeAssignableTo<IReadOnlyList<LyraValue>>();
    }

    [Fact]
    public void A_map_is_copied_or_seen_through_a_live_view()
    {
        LyraValue map = LyraValue.From(new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 });
        map.As<Dictionary<string, long>>().ShouldBe(new Dictionary<string, long> { ["b"] = 2, ["a"] = 1 });
        map.As<IReadOnlyDictionary<string, int>>()["a"].ShouldBe(1);
        map.TryAs(out Dictionary<int, int>? _).ShouldBeFalse();

        IReadOnlyDictionary<LyraValue, LyraValue> view = map.As<IReadOnlyDictionary<LyraValue, LyraValue>>();
        view.Keys.Select(k => k.As<string>()).ShouldBe(["b", "a"]);
        view.Values.Select(v => v.As<int>()).ShouldBe([2, 1]);
        view["a"].ShouldBe((LyraValue)1);
        view.ContainsKey("c").ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => view["c"]).Message.ShouldContain("\"c\"");
        map.As<object>().ShouldBeAssignableTo<IReadOnlyDictionary<LyraValue, LyraValue>>();
    }

    [Fact]
    public void Views_are_enumerated_without_types_as_with_types()
    {
        using LyraEngine engine = new();
        IReadOnlyList<LyraValue> list = engine.Run("[1, \"a\"]").As<IReadOnlyList<LyraValue>>();
        ((IEnumerable)list).Cast<object>().ShouldBe(list.Select(value => (object)value));
        list.Count.ShouldBe(2);

        IReadOnlyDictionary<LyraValue, LyraValue> map =
            engine.Run("({1: 2, \"a\": [3]})").As<IReadOnlyDictionary<LyraValue, LyraValue>>();
        ((IEnumerable)map).Cast<object>().ShouldBe(map.Select(entry => (object)entry));
        map.Select(entry => entry.Key).ShouldBe([1, "a"]);
        map.Count.ShouldBe(2);
        map.ToString().ShouldBe("{1: 2, \"a\": [3]}");

        IEnumerable range = engine.Run("1..4").As<IEnumerable<int>>();
        range.ShouldNotBeAssignableTo<IList>("it is not copied");
        List<object> numbers = [];
        foreach (object number in range)
        {
            numbers.Add(number);
        }

        numbers.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void An_unhashable_key_is_an_error_of_the_script()
    {
        IReadOnlyDictionary<LyraValue, LyraValue> view = LyraValue.From(new Dictionary<string, int>())
            .As<IReadOnlyDictionary<LyraValue, LyraValue>>();
        Should.Throw<LyraException>(() => view.ContainsKey(OneTwoThree)).Kind.ShouldBe("TypeError");
    }

    [Fact]
    public void A_set_becomes_a_set()
    {
        LyraValue set = LyraValue.From(new HashSet<string> { "a", "b" });
        set.Kind.ShouldBe(ValueKind.Set);
        set.As<HashSet<string>>().ShouldBe(["a", "b"]);
        set.As<string[]>().ShouldBe(["a", "b"]);
        set.As<object>().ShouldBeOfType<HashSet<LyraValue>>().Count.ShouldBe(2);
    }

    [Fact]
    public void A_tuple_becomes_a_tuple()
    {
        LyraValue tuple = LyraValue.From((1, "a", 2.5));
        tuple.Kind.ShouldBe(ValueKind.Tuple);
        tuple.As<(int, string, double)>().ShouldBe((1, "a", 2.5));
        tuple.As<Tuple<int, string, double>>().ShouldBe(Tuple.Create(1, "a", 2.5));
        tuple.As<object[]>().ShouldBe([1L, "a", 2.5]);
        tuple.TryAs(out (int, string) _).ShouldBeFalse();
        tuple.TryAs(out (int, int, double) _).ShouldBeFalse();
    }

    [Fact]
    public void Bytes_become_bytes()
    {
        LyraValue bytes = LyraValue.From(new byte[] { 1, 255 });
        bytes.Kind.ShouldBe(ValueKind.Bytes);
        bytes.As<byte[]>().ShouldBe([1, 255]);
        bytes.As<int[]>().ShouldBe([1, 255]);
    }

    [Fact]
    public void Containers_nest()
    {
        LyraValue value = LyraValue.From(new Dictionary<string, object?> { ["rows"] = new[] { (1, "x"), (2, "y") }, ["none"] = null });
        value.As<IReadOnlyDictionary<LyraValue, LyraValue>>()["rows"].As<(int, string)[]>().ShouldBe([(1, "x"), (2, "y")]);
    }

    [Fact]
    public void Views_are_passed_back_as_their_containers()
    {
        LyraValue list = LyraValue.From(OneTwoThree.As<object>());
        list.As<List<int>>().ShouldBe([1, 2, 3]);
        LyraValue.From(new object[] { OneTwoThree.As<object>() }).ToString().ShouldBe("[[1, 2, 3]]");
    }

    [Fact]
    public void An_object_that_contains_itself_is_refused()
    {
        object[] cycle = new object[1];
        cycle[0] = cycle;
        Should.Throw<ArgumentException>(() => LyraValue.From(cycle)).Message.ShouldContain("contains itself");
    }

    [Fact]
    public void A_key_that_can_be_none_is_refused()
    {
        ArgumentException e = Should.Throw<ArgumentException>(() => LyraValue.From(new Dictionary<object, int> { [new List<int>()] = 1 }));
        e.Message.ShouldContain("Dictionary");
        e.InnerException.ShouldBeOfType<LyraException>().Kind.ShouldBe("TypeError");
        Should.Throw<ArgumentException>(() => LyraValue.From(new HashSet<int[]> { new int[1] }));
    }

    [Fact]
    public void An_object_of_no_script_type_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => LyraValue.From(new Version(1, 2))).Message.ShouldContain("System.Version");
}
