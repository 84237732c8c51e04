using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class SlotCheckTests
{
    private static readonly (SlotKind Kind, int Bits, bool IsSigned)[] Widths =
    [
        (SlotKind.I8, 8, true), (SlotKind.I16, 16, true), (SlotKind.I32, 32, true), (SlotKind.I64, 64, true),
        (SlotKind.U8, 8, false), (SlotKind.U16, 16, false), (SlotKind.U32, 32, false), (SlotKind.U64, 64, false),
    ];

    private readonly BareContext _context = new();

    [Fact]
    public void Int_slots_keep_the_low_bits_in_twos_complement()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Numbers.Ints, value =>
        {
            foreach ((SlotKind kind, int bits, bool isSigned) in Widths)
            {
                BigInteger modulus = BigInteger.One << bits;
                BigInteger expected = ((value % modulus) + modulus) % modulus;
                expected = isSigned && expected >= modulus / 2 ? expected - modulus : expected;
                Value stored = Value.FromBig(value);
                SlotCheck.Convert(_context, Type(kind), ref stored);
                if (!stored.IsAnyInt || stored.AsBig != expected
                    || SlotCheck.Matches(Type(kind), Value.FromBig(value)) != (expected == value))
                {
                    return false;
                }
            }

            return true;
        }));
    }

    [Fact]
    public void Float_slots_take_ints_and_f32_rounds()
    {
        Stored(SlotKind.Float, Value.FromInt(3)).AsFloat.ShouldBe(3);
        Stored(SlotKind.Float, Value.FromBig(BigInteger.Pow(2, 70))).AsFloat.ShouldBe(System.Math.Pow(2, 70));
        Stored(SlotKind.F32, Value.FromFloat(0.1)).AsFloat.ShouldBe(0.1f);
        Stored(SlotKind.F32, Value.FromInt(16777217)).AsFloat.ShouldBe(16777216);
        Stored(SlotKind.F32, Value.FromFloat(1e300)).AsFloat.ShouldBe(double.PositiveInfinity);
        SlotCheck.Matches(Type(SlotKind.Float), Value.FromInt(1)).ShouldBeFalse();
    }

    [Fact]
    public void Every_kind_accepts_its_own_values_and_refuses_the_others()
    {
        (SlotKind Kind, Value Value)[] values =
        [
            (SlotKind.Nil, Value.Nil), (SlotKind.Bool, Value.True), (SlotKind.Str, Value.FromText("s")),
            (SlotKind.List, Value.FromObject(new ListObject())),
            (SlotKind.Map, Value.FromObject(new MapObject())), (SlotKind.Set, Value.FromObject(new SetObject())),
            (SlotKind.Tuple, Value.FromObject(TupleObject.Empty)),
            (SlotKind.Range, Value.FromObject(new RangeObject(0, 1, 1, false))), (SlotKind.Bytes, Value.FromObject(new BytesObject([]))),
            (SlotKind.Error, Value.FromObject(new ErrorObject("k", "m"))), (SlotKind.Task, Value.FromObject(new TaskObject("t"))),
            (SlotKind.Int, Value.FromBig(BigInteger.Pow(2, 80))), (SlotKind.Float, Value.FromFloat(1)),
        ];
        foreach ((SlotKind kind, Value own) in values)
        {
            foreach ((SlotKind other, Value value) in values)
            {
                if (kind == other)
                {
                    SlotCheck.Matches(Type(kind), value).ShouldBeTrue();
                    Equality.AreIdentical(Stored(kind, value), value).ShouldBeTrue();
                }
                else if (!(kind == SlotKind.Float && other == SlotKind.Int))
                {
                    SlotCheck.Matches(Type(kind), value).ShouldBeFalse();
                    ScriptErrors.KindOf(() => Stored(kind, value)).ShouldBe(ErrorKinds.TypeError);
                }
            }

            Stored(SlotKind.Any, own).Ref.ShouldBe(own.Ref);
        }
    }

    [Fact]
    public void Nullable_slots_take_nil()
    {
        BoundType type = new(new SlotType(SlotKind.U8, true, []), null);
        Value value = Value.Nil;
        SlotCheck.Convert(_context, type, ref value);
        value.IsNil.ShouldBeTrue();
        SlotCheck.Default(type).IsNil.ShouldBeTrue();
        value = Value.FromInt(257);
        SlotCheck.Convert(_context, type, ref value);
        value.AsInt.ShouldBe(1);
    }

    [Fact]
    public void A_refusal_names_the_slot_the_expected_type_and_the_actual_type()
    {
        BoundType type =
            new(new SlotType(SlotKind.List, false, [new SlotType(SlotKind.Int, false, [])]) { SlotName = "variable xs" }, null);
        Value value = Value.FromText("s");
        ScriptErrors.Of(() => SlotCheck.Convert(_context, type, ref value)).Message.ShouldBe("variable xs must be [int], not str");
    }

    [Fact]
    public void Tuple_elements_are_slots()
    {
        BoundType type = new(
            new SlotType(SlotKind.Tuple, false, [new SlotType(SlotKind.Float, false, []), new SlotType(SlotKind.Str, false, [])]), null);
        Value text = Value.FromText("s");
        Value value = Value.FromObject(TupleObject.Of([Value.FromInt(1), text]));
        SlotCheck.Matches(type, value).ShouldBeFalse();
        SlotCheck.Convert(_context, type, ref value);
        Formatting.ToText(_context, value).ShouldBe("(1.0, \"s\")");
        foreach (Value[] items in new Value[][] { [text, text], [Value.FromInt(1)], [Value.FromInt(1), Value.Nil] })
        {
            ScriptErrors.KindOf(() =>
            {
                Value refused = Value.FromObject(TupleObject.Of(items));
                SlotCheck.Convert(_context, type, ref refused);
            }).ShouldBe(ErrorKinds.TypeError);
        }
    }

    [Fact]
    public void Fresh_containers_are_converted_and_existing_ones_checked_by_kind_only()
    {
        BoundType floats = new(new SlotType(SlotKind.List, false, [new SlotType(SlotKind.Float, false, [])]), null);
        Value list = Value.FromObject(ListObject.OfInts([1, 2], 2));
        Value stored = list;
        SlotCheck.Convert(_context, floats, ref stored);
        Formatting.ToText(_context, stored).ShouldBe("[1, 2]");
        SlotCheck.SetElementTypes(_context, floats, list);
        Formatting.ToText(_context, list).ShouldBe("[1.0, 2.0]");
        MapObject map = new();
        map.Set(_context, Value.FromInt(1), Value.FromInt(1));
        map.Set(_context, Value.FromInt(257), Value.FromInt(2));
        BoundType bytes = new(new SlotType(SlotKind.Map, false, [new SlotType(SlotKind.U8, false, []), SlotType.AnyType]), null);
        SlotCheck.SetElementTypes(_context, bytes, Value.FromObject(map));
        Formatting.ToText(_context, Value.FromObject(map)).ShouldBe("{1: 2}");
    }

    [Fact]
    public void Defaults_are_the_zeros_of_their_kinds()
    {
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.I16))).ShouldBe("0");
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.F32))).ShouldBe("0.0");
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.Bool))).ShouldBe("false");
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.Str))).ShouldBe("\"\"");
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.Map))).ShouldBe("{}");
        Formatting.ToLiteral(_context, SlotCheck.Default(Type(SlotKind.Set))).ShouldBe("set([])");
        SlotCheck.Default(Type(SlotKind.Any)).IsNil.ShouldBeTrue();
        BoundType typed = new(new SlotType(SlotKind.List, false, [new SlotType(SlotKind.U8, false, [])]), null);
        ((ListObject)SlotCheck.Default(typed).Ref!).ElementType!.Kind.ShouldBe(SlotKind.U8);
    }

    [Fact]
    public void Struct_slots_follow_the_modules_variables()
    {
        Shape shape = TestShapes.Create("Point", ["x"]);
        Shape other = TestShapes.Create("Point", ["x"]);
        ModuleInstance library = new("u", [new("Point", Value.FromObject(shape))]);
        ModuleInstance module =
            new("m", [new("Point", Value.FromObject(shape)), new("u", Value.FromObject(library)), new("late", Value.Unset)]);
        BoundType own = new(new SlotType(SlotKind.Struct, false, [], "Point", 0), module);
        BoundType member = new(new SlotType(SlotKind.Struct, false, [], "u.Point", 1, "Point"), module);
        BoundType late = new(new SlotType(SlotKind.Struct, false, [], "late", 2), module);
        Value point = TestShapes.Instance(shape, Value.Nil);
        SlotCheck.Matches(own, point).ShouldBeTrue();
        SlotCheck.Matches(member, point).ShouldBeTrue();
        SlotCheck.Matches(late, point).ShouldBeFalse();
        SlotCheck.Matches(own, TestShapes.Instance(other, Value.Nil)).ShouldBeFalse();
    }

    private static BoundType Type(SlotKind kind) => new(new SlotType(kind, false, []), null);

    private Value Stored(SlotKind kind, Value value)
    {
        SlotCheck.Convert(_context, Type(kind), ref value);
        return value;
    }
}
