using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Contract;

/// <summary>The section "Collections of the host" of the second part of the embedding contract. Comments quote it.</summary>
public sealed class CollectionTests : ContractEngine
{
    // engine.Define("orders", list) for IList<T>, arrays, IReadOnlyList<T>: the script sees the host's collection in place as list
    [Fact]
    public void Lists_are_used_in_place()
    {
        List<int> list = [3, 1, 2];
        double[] array = [0.5, 1.5];
        Engine.Define("list", list);
        Engine.Define("array", array);
        Engine.Define("fixedList", new ReadOnlyCollection<string>(["a", "b"]));
        Engine.Define("orders", new List<Order> { Order });

        Run("list.push(4); list.sort(); list[0] = 10; list.sum() + array[1]").ShouldBe("20.5");
        list.ShouldBe([10, 2, 3, 4]);
        Run("array[0] = 9; [array, fixedList, orders[0].id]").ShouldBe("[[9.0, 1.5], [\"a\", \"b\"], \"A-1\"]");
        array[0].ShouldBe(9);
        list.Add(5);
        Run("length(list)").ShouldBe("5");
    }

    // IDictionary<K,V>, IReadOnlyDictionary: map
    [Fact]
    public void Dictionaries_are_maps()
    {
        Dictionary<string, double> rates = new() { ["eur"] = 1 };
        Engine.Define("rates", rates);
        Engine.Define("fixedRates", new ReadOnlyDictionary<string, double>(rates));

        Run("rates[\"usd\"] = 0.9; [rates.keys(), rates[\"gbp\"], \"usd\" in fixedRates]").ShouldBe("[[\"eur\", \"usd\"], nil, true]");
        rates["usd"].ShouldBe(0.9);
    }

    // ISet<T>: set
    [Fact]
    public void Sets_are_sets()
    {
        HashSet<string> names = ["a"];
        Engine.Define("names", names);

        Run("names.add(\"b\"); [\"b\" in names, names.union(set([\"c\"]))]").ShouldBe("[true, set([\"a\", \"b\", \"c\"])]");
        names.ShouldBe(["a", "b"]);
    }

    // IEnumerable<T>: iterator (lazily: an endless enumerable works)
    [Fact]
    public void Endless_enumerable_is_read_lazily()
    {
        int made = 0;
        Engine.Define("naturals", Naturals());

        Run("var s = 0; for n in naturals { if n > 3 break; s += n }; s").ShouldBe("6");
        made.ShouldBe(5);

        IEnumerable<int> Naturals()
        {
            while (true)
            {
                yield return made++;
            }
        }
    }

    // with every method that makes sense
    [Fact]
    public void Methods_of_lists_maps_and_sets_work()
    {
        Engine.Define("xs", new List<int> { 3, 1, 2 });
        Engine.Define("m", new Dictionary<string, int> { ["a"] = 1 });

        Run("[xs.map(x => x * 2), xs.filter(x => x > 1), xs.sorted(), xs.find(x => x == 1)]").ShouldBe("[[6, 2, 4], [3, 2], [1, 2, 3], 1]");
        Run("[xs.reversed(), xs.contains(3), xs.index(2), xs.slice(0, 2), xs + [9], xs == [3, 1, 2]]")
            .ShouldBe("[[2, 1, 3], true, 2, [3, 1], [3, 1, 2, 9], true]");
        Run("[m.items(), m.get(\"b\", 0), m.has(\"a\"), m.merge({\"c\": 3})]").ShouldBe("[[(\"a\", 1)], 0, true, {\"a\": 1, \"c\": 3}]");
    }

    // writes go through with conversion, or fail with an error if it is read-only
    [Fact]
    public void Writes_convert_or_fail()
    {
        List<double> doubles = [1];
        Engine.Define("doubles", doubles);
        Engine.Define("fixedList", new ReadOnlyCollection<int>([1]));

        Run("doubles[0] = 2; doubles.push(3)");
        doubles.ShouldBe([2.0, 3.0]);
        ErrorOf("doubles[0] = \"x\"").ShouldStartWith("TypeError: ");
        ErrorOf("fixedList[0] = 2").ShouldContain("read");
        ErrorOf("fixedList.push(2)").ShouldContain("read");
    }

    // a change during for is the language's error
    [Theory]
    [InlineData("for x in xs { xs.push(x) }")]
    [InlineData("for x in xs { grow() }")]
    public void Change_during_for_is_an_error(string source)
    {
        List<int> xs = [1, 2];
        Engine.Define("xs", xs);
        Engine.Define("grow", () => xs.Add(0));

        ErrorOf(source).ShouldStartWith("ConcurrentModification: ");
    }

    // type() says list, map, …
    [Fact]
    public void Type_is_that_of_the_language()
    {
        Engine.Define("xs", new int[1]);
        Engine.Define("m", new Dictionary<int, int>());
        Engine.Define("s", new HashSet<int>());
        Engine.Define("it", Enumerable.Range(0, 3).Select(x => x));

        Run("[type(xs), type(m), type(s), type(it)]").ShouldBe("[\"list\", \"map\", \"set\", \"iterator\"]");
    }

    // Compiled loops over List<long>, List<double>, arrays of these and Memory<T> …
    [Fact]
    public void Memory_is_a_list_of_fixed_length()
    {
        double[] numbers = [1, 2, 3, 4];
        Engine.Define("middle", numbers.AsMemory(1, 2));

        Run("middle[0] = 7; [length(middle), middle]").ShouldBe("[2, [7.0, 3.0]]");
        numbers[1].ShouldBe(7);
    }
}
