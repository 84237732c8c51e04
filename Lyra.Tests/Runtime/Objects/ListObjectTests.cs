using System.Collections.Generic;
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

namespace Lyra.Tests.Runtime.Objects;

public sealed class ListObjectTests
{
    private static readonly Value[] Pool =
    [
        Value.FromInt(1), Value.FromInt(-7), Value.FromFloat(1.0), Value.FromFloat(0.5), Value.True, Value.False, Value.Nil,
        Value.FromText("s"),
    ];

    private readonly BareContext _context = new();

    /// <summary>
    /// The operations use values of one kind for a while, then of any kind, so that every strategy and every widening occurs.
    /// </summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 6)]
    [InlineData(6, 8)]
    [InlineData(0, 8)]
    public void Any_operations_agree_with_a_list_of_values(int from, int to)
    {
        Gen<(int Kind, int Index, int Item)[]> operations = Gen.Choose(0, 9)
            .SelectMany(_ => Gen.Choose(0, 1000), (kind, index) => (kind, index))
            .SelectMany(_ => Gen.Choose(from, to - 1), (p, item) => (p.kind, p.index, item)).ArrayOf(200);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(operations), steps =>
        {
            ListObject list = new();
            List<Value> model = [];
            for (int i = 0; i < steps.Length; i++)
            {
                (int kind, int index, int item) = steps[i];
                Apply(list, model, kind, index, Pool[i > 150 ? index % Pool.Length : item]);
                if (!Agree(list, model))
                {
                    return false;
                }
            }

            return true;
        }));
    }

    [Fact]
    public void The_first_element_decides_the_strategy_and_a_foreign_one_widens_once()
    {
        foreach ((Value item, ListStrategy strategy) in new[]
        {
            (Value.FromInt(1), ListStrategy.Ints), (Value.FromFloat(1), ListStrategy.Floats), (Value.True, ListStrategy.Bools),
            (Value.Nil, ListStrategy.Values),
        })
        {
            ListObject list = new();
            list.Add(_context, item);
            list.Strategy.ShouldBe(strategy);
            ListObject.Of(_context, [item, item]).Strategy.ShouldBe(strategy);
            list.Add(_context, Value.FromText("x"));
            list.Strategy.ShouldBe(ListStrategy.Values);
            list.RemoveAt(_context, 1);
            list.Add(_context, item);
            list.Strategy.ShouldBe(ListStrategy.Values);
        }

        ListObject mixed = ListObject.Of(_context, [Value.FromInt(1), Value.FromFloat(1)]);
        mixed.Strategy.ShouldBe(ListStrategy.Values);
        mixed[0].IsInt.ShouldBeTrue();
        mixed[1].IsFloat.ShouldBeTrue();
    }

    [Fact]
    public void Stores_convert_by_the_element_type()
    {
        ListObject bytes = Typed(SlotKind.U8);
        bytes.Add(_context, Value.FromInt(300));
        bytes.Insert(_context, 0, Value.FromInt(-1));
        bytes.Set(_context, 1, Value.FromBig(System.Numerics.BigInteger.Pow(2, 100) + 7));
        Formatting.ToText(_context, Value.FromObject(bytes)).ShouldBe("[255, 7]");
        ListObject floats = Typed(SlotKind.Float);
        floats.AddRange(_context, bytes);
        Formatting.ToText(_context, Value.FromObject(floats)).ShouldBe("[255.0, 7.0]");
        floats.Strategy.ShouldBe(ListStrategy.Floats);
        ScriptErrors.KindOf(() => floats.Add(_context, Value.FromText("x"))).ShouldBe(ErrorKinds.TypeError);
        floats.Count.ShouldBe(2);
    }

    [Fact]
    public void Growth_is_charged_before_it_happens()
    {
        BareContext limited = new(maxMemory: 100_000);
        ListObject list = new();
        ScriptErrors.KindOf(() =>
        {
            while (true)
            {
                list.Add(limited, Value.FromInt(1));
            }
        }).ShouldBe(ErrorKinds.LimitExceeded);
        list.OwnBytes.ShouldBeLessThan(100_000);
        list.Count.ShouldBe(list.Capacity);
    }

    [Fact]
    public void The_first_element_is_stored_at_once_where_nothing_has_to_be_decided()
    {
        foreach (Value item in Pool)
        {
            BareContext context = new();
            ListObject list = new();
            list.TryBegin(context, item).ShouldBeTrue();
            list[0].ShouldBe(item);
            context.MemoryUsed.ShouldBe(list.OwnBytes - ListObject.EmptyBytes);
            list.TryBegin(context, item).ShouldBeFalse();
            list.Count.ShouldBe(1);
        }

        BareContext limited = new(maxMemory: 50);
        ListObject requested = new();
        requested.EnsureCapacity(_context, 100);
        foreach ((ListObject list, BareContext context) in new[]
        {
            (new ListObject(), limited), (Typed(SlotKind.U8), _context), (requested, _context),
        })
        {
            list.TryBegin(context, Value.FromInt(1)).ShouldBeFalse();
            list.Count.ShouldBe(0);
            list.Capacity.ShouldBe(0);
        }

        limited.MemoryUsed.ShouldBe(0);
    }

    [Fact]
    public void Own_bytes_follow_the_strategy()
    {
        ListObject.OfBools(new bool[1000], 1000).OwnBytes.ShouldBe(48 + 24 + 1000);
        ListObject.OfInts(new long[1000], 10).OwnBytes.ShouldBe(48 + 24 + 8000);
        new ListObject(1000).OwnBytes.ShouldBe(48 + 24 + 16000);
        new ListObject().OwnBytes.ShouldBe(48);
    }

    [Fact]
    public void A_list_appended_to_itself_doubles()
    {
        ListObject list = ListObject.Of(_context, [Value.FromInt(1), Value.FromInt(2)]);
        list.AddRange(_context, list);
        Formatting.ToText(_context, Value.FromObject(list)).ShouldBe("[1, 2, 1, 2]");
    }

    private static ListObject Typed(SlotKind kind) => new() { ElementType = new BoundType(new SlotType(kind, false, []), null) };

    private void Apply(ListObject list, List<Value> model, int kind, int index, Value item)
    {
        int at = model.Count == 0 ? 0 : index % model.Count;
        switch (kind)
        {
            case 0 or 1 or 2:
                list.Add(_context, item);
                model.Add(item);
                break;
            case 3 or 4:
                list.Insert(_context, at, item);
                model.Insert(at, item);
                break;
            case 5 when model.Count > 0:
                list.Set(_context, at, item);
                model[at] = item;
                break;
            case 6 when model.Count > 0:
                list.RemoveAt(_context, at);
                model.RemoveAt(at);
                break;
            case 7 when model.Count > 0:
                list.RemoveLast();
                model.RemoveAt(model.Count - 1);
                break;
            case 8 when index % 7 == 0:
                list.Clear(_context);
                model.Clear();
                break;
            case 9 when model.Count < 200:
                list.EnsureCapacity(_context, index);
                list.AddRange(_context, ListObject.Of(_context, [item, item]));
                model.AddRange([item, item]);
                break;
            default:
                break;
        }
    }

    private static bool Agree(ListObject list, List<Value> model)
    {
        bool agree = list.Count == model.Count;
        for (int i = 0; agree && i < model.Count; i++)
        {
            agree = ReferenceEquals(list[i].Ref, model[i].Ref) && list[i].Bits == model[i].Bits;
        }

        return agree;
    }
}
