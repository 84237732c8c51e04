using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>Maps that share their keys.</summary>
public sealed class MapShapeTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Maps_with_the_same_keys_in_the_same_order_share_a_shape()
    {
        MapObject a = Record("x", "y");
        MapObject b = Record("x", "y");
        MapObject c = Record("y", "x");
        a.Shape.ShouldNotBeNull().ShouldBeSameAs(b.Shape);
        c.Shape.ShouldNotBeNull().ShouldNotBeSameAs(a.Shape);
        KeysOf(c).ShouldBe(["y", "x"]);
        ValueOf(a, "y").ShouldBe(1);
        a.OwnBytes.ShouldBe(HashTable.EmptyBytes + 32);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void A_map_of_any_number_of_keys_finds_them_in_order(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"key{i}")];
        MapObject map = Record(names);
        (map.Shape is not null).ShouldBe(count <= MapShape.MaxKeys);
        KeysOf(map).ShouldBe(names);
        for (int i = 0; i < count; i++)
        {
            ValueOf(map, names[i]).ShouldBe(i);
        }

        map.TryGet(_context, Value.FromText("none"), out _).ShouldBeFalse();
        map.TryGet(_context, Value.FromInt(1), out _).ShouldBeFalse();
        map.Version.ShouldBe(count);
    }

    [Fact]
    public void A_key_that_is_no_str_makes_a_table()
    {
        MapObject map = Record("x", "y");
        map.Set(_context, Value.FromInt(3), Value.FromInt(7));
        map.Shape.ShouldBeNull();
        map.Count.ShouldBe(3);
        ValueOf(map, "y").ShouldBe(1);
        map.TryGet(_context, Value.FromInt(3), out Value value).ShouldBeTrue();
        value.AsInt.ShouldBe(7);
    }

    [Fact]
    public void The_last_key_is_removed_from_the_shape_and_any_other_makes_a_table()
    {
        MapObject map = Record("x", "y", "z");
        MapShape shape = Record("x", "y").Shape!;
        map.Remove(_context, Value.FromText("z")).ShouldBeTrue();
        map.Shape.ShouldBeSameAs(shape);
        map.Remove(_context, Value.FromText("z")).ShouldBeFalse();
        map.Remove(_context, Value.FromText("x")).ShouldBeTrue();
        map.Shape.ShouldBeNull();
        KeysOf(map).ShouldBe(["y"]);
        map.Set(_context, Value.FromText("x"), Value.FromInt(9));
        KeysOf(map).ShouldBe(["y", "x"]);
        ValueOf(map, "x").ShouldBe(9);
    }

    [Fact]
    public void A_removed_and_another_added_key_have_their_own_values()
    {
        MapObject map = Record("x", "y");
        map.Remove(_context, Value.FromText("y"));
        map.Remove(_context, Value.FromText("x"));
        map.Count.ShouldBe(0);
        map.NextPosition(0).ShouldBe(-1);
        map.Set(_context, Value.FromText("y"), Value.FromInt(5));
        KeysOf(map).ShouldBe(["y"]);
        ValueOf(map, "y").ShouldBe(5);
    }

    [Fact]
    public void A_copy_shares_the_keys_but_not_the_values()
    {
        MapObject map = Record("x", "y");
        MapObject copy = new();
        copy.CopyFrom(_context, map);
        copy.Set(_context, Value.FromText("x"), Value.FromInt(9));
        copy.Shape.ShouldBeSameAs(map.Shape);
        ValueOf(map, "x").ShouldBe(0);
        ValueOf(copy, "x").ShouldBe(9);
    }

    [Fact]
    public void A_copy_in_another_engine_does_not_change_the_shapes_of_the_first()
    {
        MapObject map = Record("x");
        BareContext other = new();
        MapObject copy = new();
        copy.CopyFrom(other, map);
        copy.Set(other, Value.FromText("new"), Value.FromInt(9));
        copy.Shape.ShouldBeNull();
        map.Shape!.NextCount.ShouldBe(0);
        copy.TryGet(other, Value.FromText("new"), out Value value).ShouldBeTrue();
        value.AsInt.ShouldBe(9);
    }

    [Fact]
    public void The_shapes_are_bounded_and_no_map_pays_for_them()
    {
        long before = _context.MemoryUsed;
        Record("first", "second");
        long first = _context.MemoryUsed - before;
        Record("first", "second");
        (_context.MemoryUsed - before).ShouldBe(2 * first);
        for (int i = 0; i < 10_000; i++)
        {
            MapObject map = Record($"a{i}", $"b{i}");
            map.Count.ShouldBe(2);
            ValueOf(map, $"b{i}").ShouldBe(1);
        }

        _context.MapShapes.Bytes.ShouldBeInRange(1_000, 64 * 1024);
        Record(new string('x', 65)).Shape.ShouldBeNull();
    }

    [Fact]
    public void A_cleared_map_begins_again()
    {
        MapObject map = Record("x", "y");
        map.Clear(_context);
        map.Count.ShouldBe(0);
        map.EntryLimit.ShouldBe(0);
        map.Set(_context, Value.FromText("z"), Value.FromInt(2));
        KeysOf(map).ShouldBe(["z"]);
    }

    [Fact]
    public void An_empty_map_shares_keys_that_are_written_as_members()
    {
        MapObject map = new();
        foreach (string name in (string[])["x", "y"])
        {
            map.BeginMembers(_context);
            map.Set(_context, Value.FromText(name), Value.FromInt(7));
        }

        map.Shape.ShouldNotBeNull().ShouldBeSameAs(Record("x", "y").Shape);
        ValueOf(map, "y").ShouldBe(7);
    }

    [Fact]
    public void A_map_that_has_begun_with_a_table_keeps_it()
    {
        MapObject map = new();
        map.Set(_context, Value.FromText("x"), Value.FromInt(1));
        map.BeginMembers(_context);
        map.Shape.ShouldBeNull();
        map.Remove(_context, Value.FromText("x"));
        map.BeginMembers(_context);
        map.Shape.ShouldBeNull();
    }

    [Fact]
    public void Random_changes_are_those_of_a_table()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            MapObject map = Record("a", "b");
            MapObject table = new();
            table.Set(_context, Value.FromText("a"), Value.FromInt(0));
            table.Set(_context, Value.FromText("b"), Value.FromInt(1));
            for (int i = 0; i < 40; i++)
            {
                Value key = random.Next(20) == 0 ? Value.FromInt(random.Next(3)) : Value.FromText($"k{random.Next(random.Next(1, 12))}");
                if (random.Next(4) == 0)
                {
                    map.Remove(_context, key).ShouldBe(table.Remove(_context, key));
                }
                else
                {
                    map.Set(_context, key, Value.FromInt(i));
                    table.Set(_context, key, Value.FromInt(i));
                }

                map.Version.ShouldBe(table.Version);
                EntriesOf(map).ShouldBe(EntriesOf(table));
            }
        }
    }

    private MapObject Record(params string[] names)
    {
        MapObject map = MapObject.ForPairs(_context, names.Length, Value.FromText(names[0]));
        for (int i = 0; i < names.Length; i++)
        {
            map.Set(_context, Value.FromText(names[i]), Value.FromInt(i));
        }

        return map;
    }

    private long ValueOf(MapObject map, string key)
    {
        map.TryGet(_context, Value.FromText(key), out Value value).ShouldBeTrue(key);
        return value.AsInt;
    }

    private static string[] KeysOf(MapObject map) => [.. EntriesOf(map).Select(entry => entry.Key)];

    private static List<(string Key, long Value)> EntriesOf(MapObject map)
    {
        List<(string, long)> entries = [];
        for (int position = map.NextPosition(0); position >= 0; position = map.NextPosition(position + 1))
        {
            map.TryEntryAt(position, out Value key, out Value value).ShouldBeTrue();
            entries.Add((key.Ref is ScriptString text ? text.Text : $"#{key.AsInt}", value.AsInt));
        }

        return entries;
    }
}
