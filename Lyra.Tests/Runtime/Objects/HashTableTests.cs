using System;
using System.Collections.Generic;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

public sealed class HashTableTests
{
    private readonly BareContext _context = new();

    [Theory]
    [InlineData(6)]
    [InlineData(40)]
    [InlineData(300)]
    public void Any_operations_agree_with_an_ordered_dictionary(int keys)
    {
        Gen<(int Kind, int Key, int Value)[]> operations = Gen.Choose(0, 9).SelectMany(_ => Gen.Choose(0, keys), (kind, key) => (kind, key))
            .SelectMany(_ => Gen.Choose(0, 99), (p, value) => (p.kind, p.key, value)).ArrayOf(600);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(operations), steps =>
        {
            MapObject map = new();
            SetObject set = new();
            OrderedDictionary<int, int> model = [];
            foreach ((int kind, int key, int value) in steps)
            {
                Apply(map, set, model, kind, key, value);
            }

            return Agree(map, set, model);
        }));
    }

    /// <summary>A copy has the entries in order, finds each, and is independent, whether the arrays are copied or filled anew.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(8, 3)]
    [InlineData(9, 0)]
    [InlineData(100, 0)]
    [InlineData(100, 40)]
    [InlineData(1000, 990)]
    public void A_copy_is_a_table_of_its_own(int count, int removed)
    {
        MapObject map = new();
        for (int i = 0; i < count; i++)
        {
            map.Set(_context, Value.FromInt(7 * i), Value.FromInt(i));
        }

        for (int i = 0; i < removed; i++)
        {
            map.Remove(_context, Value.FromInt(7 * i));
        }

        MapObject copy = new();
        copy.CopyFrom(_context, map);
        copy.Set(_context, Value.FromInt(-1), Value.Nil);
        map.Clear(_context);

        copy.Count.ShouldBe(count - removed + 1);
        List<long> keys = [];
        for (int position = copy.NextPosition(0); position >= 0; position = copy.NextPosition(position + 1))
        {
            copy.TryEntryAt(position, out Value key, out _).ShouldBeTrue();
            keys.Add(key.AsInt);
        }

        List<long> expected = [];
        for (int i = removed; i < count; i++)
        {
            expected.Add(7 * i);
            copy.TryGet(_context, Value.FromInt(7 * i), out Value value).ShouldBeTrue();
            value.AsInt.ShouldBe(i);
        }

        keys.ShouldBe([.. expected, -1]);
        copy.ContainsKey(_context, Value.FromInt(3)).ShouldBeFalse();
    }

    [Fact]
    public void Long_queues_stay_correct_and_small()
    {
        MapObject map = new();
        for (int i = 0; i < 20_000; i++)
        {
            map.Set(_context, Value.FromInt(i), Value.FromInt(i));
            if (i >= 10)
            {
                map.TryEntryAt(map.NextPosition(0), out Value first, out _).ShouldBeTrue();
                first.AsInt.ShouldBe(i - 10);
                map.Remove(_context, first).ShouldBeTrue();
            }
        }

        map.Count.ShouldBe(10);
        map.OwnBytes.ShouldBeLessThan(20_000);
    }

    [Fact]
    public void Equal_int_and_float_are_one_key_and_the_first_stored_is_kept()
    {
        MapObject map = new();
        map.Set(_context, Value.FromInt(1), Value.FromText("int"));
        map.Set(_context, Value.FromFloat(1), Value.FromText("float"));
        map.Set(_context, Value.True, Value.FromText("bool"));
        map.Set(_context, Value.FromFloat(-0.0), Value.Nil);
        map.Count.ShouldBe(3);
        map.ContainsKey(_context, Value.FromInt(0)).ShouldBeTrue();
        map.TryEntryAt(0, out Value key, out _).ShouldBeTrue();
        key.IsInt.ShouldBeTrue();
        map.Set(_context, Value.FromBig(BigInteger.Pow(2, 70)), Value.Nil);
        map.ContainsKey(_context, Value.FromFloat(Math.Pow(2, 70))).ShouldBeTrue();
        map.ContainsKey(_context, Value.FromBig(BigInteger.Pow(2, 70) + 1)).ShouldBeFalse();
        map.Set(_context, Value.FromFloat(double.NaN), Value.Nil);
        map.ContainsKey(_context, Value.FromFloat(double.NaN)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(2, 400)]
    [InlineData(3, 5)]
    [InlineData(3, 400)]
    public void Tuples_of_ints_are_found_by_the_ints_and_by_equal_floats(int length, int keys)
    {
        MapObject map = new();
        for (int i = 0; i < keys; i++)
        {
            map.Set(_context, Tuple(length, i, asFloats: i % 3 == 0), Value.FromInt(i));
        }

        map.Count.ShouldBe(keys);
        for (int i = 0; i < keys; i++)
        {
            (length == 2 ? map.PositionOf(i, -i) : map.PositionOf(i, -i, 7L * i)).ShouldBe(i);
            map.PositionOf(_context, Tuple(length, i, asFloats: true)).ShouldBe(i);
            map.PositionOf(_context, Tuple(length, i, asFloats: false)).ShouldBe(i);
            map.PositionOf(_context, Tuple(5 - length, i, asFloats: false)).ShouldBe(-1);
        }

        (length == 2 ? map.PositionOf(keys, -keys) : map.PositionOf(1, -1, 8)).ShouldBe(-1);
    }

    [Fact]
    public void Str_keys_are_found_in_either_form()
    {
        MapObject map = new();
        string text = new('k', 600);
        map.Set(_context, Value.FromText(text), Value.FromInt(1));
        ScriptString built = ScriptString.Concat(_context, ScriptString.From(text[..300]), ScriptString.From(text[..100]));
        built = ScriptString.Concat(_context, built, ScriptString.From(text[..200]));
        map.TryGet(_context, Value.FromObject(built), out Value value).ShouldBeTrue();
        value.AsInt.ShouldBe(1);
        map.TryGet(_context, Value.FromText(text), out _).ShouldBeTrue();
        map.TryGet(_context, Value.FromText("other"), out _).ShouldBeFalse();
    }

    [Fact]
    public void Mutable_values_are_not_keys()
    {
        Value[] keys =
        [
            Value.FromObject(new ListObject()), Value.FromObject(new MapObject()), Value.FromObject(new SetObject()),
            Value.FromObject(new BytesObject([])),
            Value.FromObject(TupleObject.Of([Value.FromObject(new ListObject())])),
        ];
        foreach (Value key in keys)
        {
            ScriptErrors.KindOf(() => new MapObject().Set(_context, key, Value.Nil)).ShouldBe(ErrorKinds.TypeError);
            ScriptErrors.KindOf(() => new SetObject().Contains(_context, key)).ShouldBe(ErrorKinds.TypeError);
        }
    }

    [Fact]
    public void Structs_are_keys_by_their_hooks_or_by_identity()
    {
        Shape hooked = TestShapes.Create("K", ["v"], "__hash", "__eq");
        Shape plain = TestShapes.Create("P", ["v"], "__eq");
        _context.OnInvokeMethod = (name, self, arguments) =>
        {
            Value own = ((StructObject)self.Ref!).Slot(0);
            return name == "__hash" ? Value.FromInt(own.AsInt % 3)
                : Value.FromBool(arguments[0].Ref is StructObject o && o.Slot(0).AsInt == own.AsInt);
        };
        SetObject set = new();
        for (int i = 0; i < 100; i++)
        {
            set.Add(_context, TestShapes.Instance(hooked, Value.FromInt(i % 20))).ShouldBe(i < 20);
        }

        Value p = TestShapes.Instance(plain, Value.FromInt(1));
        set.Add(_context, p).ShouldBeTrue();
        set.Add(_context, TestShapes.Instance(plain, Value.FromInt(1))).ShouldBeTrue();
        set.Add(_context, p).ShouldBeFalse();
        set.Contains(_context, Value.FromObject(TupleObject.Of([p]))).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_changes_its_map_during_a_lookup_is_refused_and_nothing_breaks()
    {
        Shape shape = TestShapes.Create("Evil", ["v"], "__hash", "__eq");
        MapObject map = new();
        int next = 0;
        _context.OnInvokeMethod = (name, _, _) =>
        {
            if (name == "__hash")
            {
                return Value.FromInt(1);
            }

            map.Set(_context, Value.FromInt(next++), Value.Nil);
            map.Remove(_context, Value.FromInt(next / 2));
            return Value.False;
        };
        map.Set(_context, TestShapes.Instance(shape), Value.Nil);
        for (int i = 0; i < 50; i++)
        {
            ScriptErrors.KindOf(() => map.TryGet(_context, TestShapes.Instance(shape), out _)).ShouldBe(ErrorKinds.ConcurrentModification);
        }

        int count = 0;
        for (int position = map.NextPosition(0); position >= 0; position = map.NextPosition(position + 1))
        {
            count++;
        }

        count.ShouldBe(map.Count);
    }

    [Fact]
    public void Stores_convert_keys_and_values_by_their_types()
    {
        MapObject map = new() { Annotation = Type(SlotKind.Map, SlotKind.Str, SlotKind.U8) };
        map.Set(_context, Value.FromText("a"), Value.FromInt(257));
        map.TryGetText("a", out Value value).ShouldBeTrue();
        value.AsInt.ShouldBe(1);
        ScriptErrors.KindOf(() => map.Set(_context, Value.FromInt(1), Value.FromInt(1))).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => map.Set(_context, Value.FromText("b"), Value.Nil)).ShouldBe(ErrorKinds.TypeError);
        SetObject set = new() { ElementType = Type(SlotKind.Float) };
        set.Add(_context, Value.FromInt(2));
        set.TryEntryAt(0, out Value item).ShouldBeTrue();
        item.IsFloat.ShouldBeTrue();
    }

    [Fact]
    public void Growth_is_charged_before_it_happens()
    {
        BareContext limited = new(maxMemory: 100_000);
        MapObject map = new();
        ScriptErrors.KindOf(() =>
        {
            for (int i = 0; ; i++)
            {
                map.Set(limited, Value.FromInt(i), Value.Nil);
            }
        }).ShouldBe(ErrorKinds.LimitExceeded);
        map.OwnBytes.ShouldBeLessThan(100_000);
    }

    /// <summary>Multiples of a power of two share their low bits. A weak hash would make them collide.</summary>
    [Fact]
    public void Regular_int_keys_do_not_pile_up()
    {
        foreach (int shift in new[] { 0, 8, 20, 32, 44 })
        {
            HashSet<int> slots = [];
            for (long i = 0; i < 1024; i++)
            {
                slots.Add(Lyra.Runtime.Semantics.Hashing.KeyHash(i << shift) & 4095);
            }

            slots.Count.ShouldBeGreaterThan(700);
        }
    }

    private static BoundType Type(SlotKind kind, params SlotKind[] arguments) =>
        new(new SlotType(kind, false, Array.ConvertAll(arguments, static argument => new SlotType(argument, false, []))), null);

    /// <summary>Keys of several kinds: strs, ints, floats that no int equals, tuples.</summary>
    private static Value KeyOf(int key) => (key % 4) switch
    {
        0 => Value.FromText("key " + key),
        1 => Value.FromInt(key),
        2 => Value.FromFloat(key + 0.5),
        _ => Value.FromObject(TupleObject.Of([Value.FromInt(key), Value.FromText("t")])),
    };

    private void Apply(MapObject map, SetObject set, OrderedDictionary<int, int> model, int kind, int key, int value)
    {
        Value mapKey = KeyOf(key);
        if (kind < 6)
        {
            bool isNew = model.TryAdd(key, value);
            model[key] = value;
            map.Set(_context, mapKey, Value.FromInt(value));
            set.Add(_context, mapKey).ShouldBe(isNew);
            return;
        }

        if (kind == 9 && value == 0)
        {
            map.Clear(_context);
            set.Clear(_context);
            model.Clear();
            return;
        }

        bool isThere = model.Remove(key);
        map.Remove(_context, mapKey).ShouldBe(isThere);
        set.Remove(_context, mapKey).ShouldBe(isThere);
    }

    private bool Agree(MapObject map, SetObject set, OrderedDictionary<int, int> model)
    {
        int position = -1;
        int setPosition = -1;
        foreach ((int key, int value) in model)
        {
            position = map.NextPosition(position + 1);
            setPosition = set.NextPosition(setPosition + 1);
            if (!map.TryEntryAt(position, out Value found, out Value stored) || stored.AsInt != value
                || !Lyra.Runtime.Semantics.Equality.AreSameKey(_context, found, KeyOf(key))
                || !map.TryGet(_context, KeyOf(key), out stored) || stored.AsInt != value
                || !set.TryEntryAt(setPosition, out found) || !Lyra.Runtime.Semantics.Equality.AreSameKey(_context, found, KeyOf(key)))
            {
                return false;
            }
        }

        return map.Count == model.Count && set.Count == model.Count && map.NextPosition(position + 1) < 0;
    }

    private static Value Tuple(int length, int i, bool asFloats)
    {
        Value[] items = [Number(i), Number(-i), Number(7L * i)];
        return Value.FromObject(TupleObject.Of(items.AsSpan(0, length)));

        Value Number(long value) => asFloats ? Value.FromFloat(value) : Value.FromInt(value);
    }
}
