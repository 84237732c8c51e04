using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class EqualityTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Containers_are_equal_by_content_whatever_their_storage()
    {
        Value ints = Value.FromObject(ListObject.OfInts([1, 2], 2));
        Value floats = Value.FromObject(ListObject.OfFloats([1, 2], 2));
        Value values = Value.FromObject(ListObject.OfValues([Value.FromFloat(1), Value.FromInt(2)], 2));
        foreach (Value a in new[] { ints, floats, values })
        {
            foreach (Value b in new[] { ints, floats, values })
            {
                AreEqual(a, b).ShouldBeTrue();
            }

            AreEqual(a, Value.FromObject(TupleObject.Of([Value.FromInt(1), Value.FromInt(2)]))).ShouldBeFalse();
            AreEqual(a, Value.FromObject(ListObject.OfInts([1, 3], 2))).ShouldBeFalse();
        }

        AreEqual(Value.FromObject(ListObject.OfInts([1], 0)), Value.FromObject(ListObject.OfValues([], 0))).ShouldBeTrue();
        AreEqual(Value.FromObject(ListObject.OfFloats([double.NaN], 1)), Value.FromObject(ListObject.OfFloats([double.NaN], 1)))
            .ShouldBeFalse();
        AreEqual(Value.FromObject(ListObject.OfFloats([0.0], 1)), Value.FromObject(ListObject.OfFloats([-0.0], 1))).ShouldBeTrue();
        AreEqual(Value.FromObject(new BytesObject([1])), Value.FromObject(new BytesObject([1]))).ShouldBeTrue();
        AreEqual(Value.FromObject(new BytesObject([1])), Value.FromObject(ListObject.OfInts([1], 1))).ShouldBeFalse();
    }

    [Fact]
    public void Maps_and_sets_are_equal_whatever_their_order()
    {
        MapObject a = new();
        MapObject b = new();
        SetObject s = new();
        SetObject t = new();
        for (int i = 0; i < 20; i++)
        {
            a.Set(_context, Value.FromInt(i), Value.FromText("v" + i));
            b.Set(_context, Value.FromFloat(19 - i), Value.FromText("v" + (19 - i)));
            s.Add(_context, Value.FromInt(i));
            t.Add(_context, Value.FromInt(19 - i));
        }

        AreEqual(Value.FromObject(a), Value.FromObject(b)).ShouldBeTrue();
        AreEqual(Value.FromObject(s), Value.FromObject(t)).ShouldBeTrue();
        AreEqual(Value.FromObject(a), Value.FromObject(s)).ShouldBeFalse();
        b.Set(_context, Value.FromInt(3), Value.Nil);
        t.Remove(_context, Value.FromInt(3));
        t.Add(_context, Value.FromInt(99));
        AreEqual(Value.FromObject(a), Value.FromObject(b)).ShouldBeFalse();
        AreEqual(Value.FromObject(s), Value.FromObject(t)).ShouldBeFalse();
    }

    [Fact]
    public void Values_of_unrelated_types_are_unequal()
    {
        Value[] values =
        [
            Value.Nil, Value.False, Value.FromInt(0), Value.FromText(string.Empty), Value.FromObject(new ListObject()),
            Value.FromObject(new MapObject()),
            Value.FromObject(new SetObject()), Value.FromObject(TupleObject.Empty), Value.FromObject(new BytesObject([])),
        ];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < values.Length; j++)
            {
                AreEqual(values[i], values[j]).ShouldBe(i == j);
            }
        }
    }

    [Fact]
    public void Structs_are_equal_by_identity_or_by_the_left_operands_hook()
    {
        Shape plain = TestShapes.Create("P", []);
        Shape hooked = TestShapes.Create("H", [], "__eq");
        Value p = TestShapes.Instance(plain);
        Value h = TestShapes.Instance(hooked);
        AreEqual(p, p).ShouldBeTrue();
        AreEqual(p, TestShapes.Instance(plain)).ShouldBeFalse();
        _context.OnInvokeMethod = (_, _, _) => Value.True;
        AreEqual(h, Value.FromInt(5)).ShouldBeTrue();
        AreEqual(Value.FromInt(5), h).ShouldBeFalse();
        _context.OnInvokeMethod = (_, _, _) => Value.Nil;
        AreEqual(h, h).ShouldBeFalse();
    }

    [Fact]
    public void A_hook_may_change_the_lists_being_compared()
    {
        Value h = TestShapes.Instance(TestShapes.Create("H", [], "__eq"));
        ListObject a = ListObject.Of(_context, [h, h, h]);
        ListObject b = ListObject.Of(_context, [h, h, h]);
        _context.OnInvokeMethod = (_, _, _) =>
        {
            b.Clear(_context);
            return Value.True;
        };
        AreEqual(Value.FromObject(a), Value.FromObject(b)).ShouldBeFalse();
    }

    [Fact]
    public void Cycles_end_in_stack_overflow()
    {
        ListObject a = new();
        ListObject b = new();
        a.Add(_context, Value.FromObject(a));
        b.Add(_context, Value.FromObject(b));
        ScriptErrors.KindOf(() => AreEqual(Value.FromObject(a), Value.FromObject(b))).ShouldBe(ErrorKinds.StackOverflow);
        TupleObject tuple = TupleObject.Of([Value.FromObject(TupleObject.Empty)]);
        for (int i = 0; i < 20_000; i++)
        {
            tuple = TupleObject.Of([Value.FromObject(tuple)]);
        }

        ScriptErrors.KindOf(() => Hashing.Hash(_context, Value.FromObject(tuple))).ShouldBe(ErrorKinds.StackOverflow);
    }

    [Fact]
    public void Identity_is_by_value_for_numbers_and_strs_and_by_object_for_the_rest()
    {
        Equality.AreIdentical(Value.FromInt(1), Value.FromInt(1)).ShouldBeTrue();
        Equality.AreIdentical(Value.FromInt(1), Value.FromFloat(1)).ShouldBeFalse();
        Equality.AreIdentical(Value.FromFloat(0.0), Value.FromFloat(-0.0)).ShouldBeTrue();
        Equality.AreIdentical(Value.FromText("ab"), Value.FromText("ab")).ShouldBeTrue();
        Equality.AreIdentical(Value.FromBig(System.Numerics.BigInteger.Pow(2, 70)), Value.FromBig(System.Numerics.BigInteger.Pow(2, 70)))
            .ShouldBeTrue();
        Equality.AreIdentical(Value.Nil, Value.False).ShouldBeFalse();
        Equality.AreIdentical(Value.FromObject(new ListObject()), Value.FromObject(new ListObject())).ShouldBeFalse();
    }

    [Fact]
    public void The_hash_that_scripts_see_is_the_same_in_every_process()
    {
        Hashing.Hash(_context, Value.FromText("ab")).ShouldBe(
            Hashing.Hash(_context, Value.FromObject(ScriptString.Concat(_context, ScriptString.From("a"), ScriptString.From("b")))));
        Hashing.Hash(_context, Value.FromText("lyra")).ShouldBe(HashOfLyra);
        Value tuple =
            Value.FromObject(TupleObject.Of([Value.FromInt(1), Value.FromObject(TupleObject.Of([Value.FromText("x"), Value.Nil]))]));
        Value same =
            Value.FromObject(TupleObject.Of([Value.FromFloat(1), Value.FromObject(TupleObject.Of([Value.FromText("x"), Value.Nil]))]));
        Hashing.Hash(_context, tuple).ShouldBe(Hashing.Hash(_context, same));
    }

    private const int HashOfLyra = 1158384471;

    private bool AreEqual(in Value a, in Value b) => Equality.AreEqual(_context, a, b);
}
