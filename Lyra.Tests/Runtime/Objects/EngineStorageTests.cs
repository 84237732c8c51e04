using System.Linq;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>What an engine keeps of dead objects, and that none is kept twice.</summary>
public sealed class EngineStorageTests
{
    private readonly EngineStorage _storage = new();
    private readonly BareContext _context = new();
    private readonly Shape _shape = TestShapes.Create("P", ["x", "y"]);

    public EngineStorageTests() => _context.Storage = _storage;

    [Fact]
    public void A_list_is_used_again_in_the_state_of_a_new_one()
    {
        ListObject list = ListOf(Value.FromInt(1), Value.FromText("a"));
        list.EnsureCapacity(_context, 100);

        _storage.GiveBack(list, 1);

        ListObject next = EngineStorage.TakeList(_context);
        next.ShouldBeSameAs(list);
        (next.Count, next.Capacity, next.Strategy, next.ElementType).ShouldBe((0, 0, ListStrategy.Empty, null));
        EngineStorage.TakeList(_context).ShouldNotBeSameAs(list);
    }

    [Fact]
    public void A_tuple_and_an_instance_are_used_again_with_nil()
    {
        TupleObject tuple = TupleObject.Pair(Value.FromInt(1), Value.FromText("a"));
        StructObject instance = InstanceOf(Value.FromText("a"));

        _storage.GiveBack(tuple, 1);
        _storage.GiveBack(instance, 1);

        TupleObject nextTuple = EngineStorage.TakeTuple(_context, 2);
        StructObject nextInstance = EngineStorage.TakeStruct(_context, _shape);
        nextTuple.ShouldBeSameAs(tuple);
        nextInstance.ShouldBeSameAs(instance);
        nextTuple.Items.ToArray().ShouldAllBe(item => item.IsNil);
        nextInstance.Slot(0).IsNil.ShouldBeTrue();
        nextInstance.Slot(1).IsNil.ShouldBeTrue();
    }

    /// <summary>An array of a length that only literals have stays with its list.</summary>
    /// <param name="count">The elements.</param>
    /// <param name="staysTogether">Whether the array stays with the list.</param>
    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(16, false)]
    [InlineData(17, false)]
    public void A_list_of_a_literal_is_used_again_with_its_array(int count, bool staysTogether)
    {
        ListObject list = ListOf([.. Enumerable.Range(0, count).Select(i => Value.FromText("a"))]);
        Value[] items = list.Values;
        _storage.GiveBack(list, 1);

        if (staysTogether)
        {
            EngineStorage.TakeList(_context).ShouldNotBeSameAs(list);
            EngineStorage.TakeList(_context, ListStrategy.Ints, count).ShouldNotBeSameAs(list);
        }

        ListObject next = EngineStorage.TakeList(_context, ListStrategy.Values, count);
        (next.Count, next.Capacity, next.Strategy, next.IsGivenUp).ShouldBe((count, count, ListStrategy.Values, false));
        next.ShouldBeSameAs(list);
        ReferenceEquals(next.Items, items).ShouldBe(count <= 16);
        next.Values.ShouldAllBe(item => item.IsNil);
    }

    [Fact]
    public void A_list_that_is_used_after_its_return_is_not_used_again()
    {
        ListObject ofLiteral = ListOf(Value.FromInt(1), Value.FromInt(2), Value.FromInt(3));
        ListObject grown = ListOf(Value.FromInt(1), Value.FromInt(2), Value.FromInt(3), Value.FromInt(4));
        _storage.GiveBack(ofLiteral, 1);
        _storage.GiveBack(grown, 1);

        ofLiteral.Add(_context, Value.FromFloat(1.5));
        grown.Add(_context, Value.FromFloat(1.5));

        EngineStorage.TakeList(_context, ListStrategy.Ints, 3).ShouldNotBeSameAs(ofLiteral);
        EngineStorage.TakeList(_context).ShouldNotBeSameAs(grown);
        _storage.RefusedReturns.ShouldBe(2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void A_map_is_used_again_in_the_state_of_a_new_one(int keys)
    {
        MapObject map = new();
        for (int i = 0; i < keys; i++)
        {
            map.Set(_context, Value.FromInt(i), Value.FromText("a"));
        }

        map.Remove(_context, Value.FromInt(1));
        _storage.GiveBack(map, 1);

        MapObject next = MapObject.ForPairs(_context, keys, default);
        next.ShouldBeSameAs(map);
        (next.Count, next.EntryLimit, next.Version).ShouldBe((0, 0, 0));
        next.ContainsKey(_context, Value.FromInt(0)).ShouldBeFalse();
        next.Set(_context, Value.FromInt(7), Value.FromInt(8));
        next.TryGet(_context, Value.FromInt(7), out Value value).ShouldBeTrue();
        (next.Count, value.AsInt).ShouldBe((1, 8));
    }

    [Fact]
    public void An_object_is_used_again_only_for_one_of_its_length_or_struct()
    {
        _storage.GiveBack(TupleObject.Pair(default, default), 1);
        _storage.GiveBack(InstanceOf(default), 1);

        EngineStorage.TakeTuple(_context, 3).Count.ShouldBe(3);
        EngineStorage.TakeStruct(_context, TestShapes.Create("Q", ["x", "y"])).TypeName.ShouldBe("Q");
        _storage.Reused.ShouldBe(0);
    }

    [Fact]
    public void A_second_return_is_refused_and_counted()
    {
        ListObject list = ListOf(Value.FromInt(1));
        TupleObject tuple = TupleObject.Pair(default, default);
        StructObject instance = InstanceOf(default);
        MapObject map = new();
        for (int i = 0; i < 2; i++)
        {
            _storage.GiveBack(list, 1);
            _storage.GiveBack(map, 1);
            _storage.GiveBack(tuple, 1);
            _storage.GiveBack(instance, 1);
        }

        (_storage.GivenBack, _storage.RefusedReturns).ShouldBe((4, 4));
        EngineStorage.TakeMap(_context).ShouldNotBeSameAs(EngineStorage.TakeMap(_context));
        EngineStorage.TakeList(_context).ShouldNotBeSameAs(EngineStorage.TakeList(_context));
        EngineStorage.TakeTuple(_context, 2).ShouldNotBeSameAs(EngineStorage.TakeTuple(_context, 2));
        EngineStorage.TakeStruct(_context, _shape).ShouldNotBeSameAs(EngineStorage.TakeStruct(_context, _shape));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void So_many_levels_are_given_back(int levels, int expected)
    {
        ListObject inner = ListOf(Value.FromInt(1));
        MapObject map = new();
        map.Set(_context, Value.FromText("a"), Value.FromObject(inner));
        ListObject list = ListOf(Value.FromObject(map), Value.FromInt(2));

        _storage.GiveBack(list, levels);

        _storage.GivenBack.ShouldBe(expected);
        inner.Count.ShouldBe(levels >= 3 ? 0 : 1);
    }

    [Fact]
    public void A_limited_number_of_parts_is_looked_at()
    {
        ListObject list = new();
        for (int i = 0; i < 10_000; i++)
        {
            list.Add(_context, Value.FromObject(TupleObject.Pair(default, default)));
        }

        _storage.GiveBack(list, 2);

        _storage.GivenBack.ShouldBe(1 + 4_096);
    }

    [Fact]
    public void Content_with_an_array_of_its_own_is_left_to_the_collector()
    {
        TupleObject longTuple = TupleObject.Of(Enumerable.Range(0, 9).Select(i => Value.FromInt(i)).ToArray());
        ListObject list = ListOf(Value.FromObject(longTuple), Value.FromObject(TupleObject.Empty));

        _storage.GiveBack(list, 2);
        _storage.GiveBack(longTuple, 1);

        (_storage.GivenBack, longTuple.Items[8].AsInt).ShouldBe((1, 8));
    }

    [Fact]
    public void Nothing_is_left_after_a_drop()
    {
        ListObject list = ListOf(Value.FromInt(1));
        StructObject instance = InstanceOf(default);
        _storage.GiveBack(list, 1);
        _storage.GiveBack(instance, 1);

        _storage.Drop();

        EngineStorage.TakeList(_context).ShouldNotBeSameAs(list);
        EngineStorage.TakeStruct(_context, _shape).ShouldNotBeSameAs(instance);
    }

    private ListObject ListOf(params Value[] items) => ListObject.Of(_context, items);

    private StructObject InstanceOf(Value first)
    {
        StructObject instance = StructObject.Create(_shape);
        instance.Slot(0) = first;
        return instance;
    }
}
