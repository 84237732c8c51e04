using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class IterationTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Every_iterable_kind_yields_its_elements_in_order()
    {
        MapObject map = new();
        SetObject set = new();
        foreach (string key in new[] { "x", "y", "z" })
        {
            map.Set(_context, Value.FromText(key), Value.Nil);
            set.Add(_context, Value.FromText(key));
        }

        map.Remove(_context, Value.FromText("y"));
        Read(Value.FromObject(map)).ShouldBe("x z");
        Read(Value.FromObject(set)).ShouldBe("x y z");
        Read(Value.FromText("hé中")).ShouldBe("h é 中");
        Read(Value.FromObject(ListObject.OfFloats([1, 2], 2))).ShouldBe("1.0 2.0");
        Read(Value.FromObject(TupleObject.Of([Value.Nil, Value.True]))).ShouldBe("nil true");
        Read(Value.FromObject(new BytesObject([7, 8]))).ShouldBe("7 8");
        Read(Value.FromObject(new RangeObject(5, 0, -2, false))).ShouldBe("5 3 1");
        Read(Value.FromObject(new Counter(3))).ShouldBe("1 2 3");
    }

    [Fact]
    public void A_change_of_size_is_noticed_at_the_next_step()
    {
        ListObject list = ListObject.OfInts([1, 2], 2);
        MapObject map = new();
        map.Set(_context, Value.FromInt(1), Value.Nil);
        SetObject set = new();
        set.Add(_context, Value.FromInt(1));
        foreach ((ScriptObject container, System.Action change) in new (ScriptObject, System.Action)[]
        {
            (list, () => list.Add(_context, Value.Nil)),
            (map, () => map.Set(_context, Value.FromInt(2), Value.Nil)),
            (set, () => set.Remove(_context, Value.FromInt(1))),
        })
        {
            SequenceReader reader = Iteration.Read(_context, Value.FromObject(container));
            reader.MoveNext(out _).ShouldBeTrue();
            change();
            ScriptErrors.KindOf(() => reader.MoveNext(out _)).ShouldBe(ErrorKinds.ConcurrentModification);
        }
    }

    [Fact]
    public void Storing_under_a_present_key_is_no_change_of_size()
    {
        MapObject map = new();
        map.Set(_context, Value.FromInt(1), Value.Nil);
        SequenceReader reader = Iteration.Read(_context, Value.FromObject(map));
        reader.MoveNext(out Value key).ShouldBeTrue();
        map.Set(_context, key, Value.True);
        reader.MoveNext(out _).ShouldBeFalse();
        reader.MoveNext(out _).ShouldBeFalse();
    }

    [Fact]
    public void Only_an_iterator_that_the_reader_made_is_closed()
    {
        Counter given = new(3);
        using (SequenceReader reader = Iteration.Read(_context, Value.FromObject(given)))
        {
            reader.MoveNext(out _).ShouldBeTrue();
        }

        given.IsClosed.ShouldBeFalse();
        Counter made = new(3);
        _context.OnInvokeMethod = (_, _, _) => Value.FromObject(made);
        Value s = TestShapes.Instance(TestShapes.Create("S", [], "__iter"));
        using (SequenceReader reader = Iteration.Read(_context, s))
        {
            reader.MoveNext(out _).ShouldBeTrue();
        }

        made.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void Iterating_a_value_that_is_not_iterable_is_a_type_error()
    {
        foreach (Value value in new[] { Value.Nil, Value.FromInt(1), Value.FromObject(new ErrorObject("k", "m")) })
        {
            ScriptErrors.KindOf(() => Iteration.Read(_context, value)).ShouldBe(ErrorKinds.TypeError);
        }

        _context.OnInvokeMethod = (_, self, _) => self;
        Value s = TestShapes.Instance(TestShapes.Create("S", [], "__iter"));
        ScriptErrors.KindOf(() => Iteration.Read(_context, s)).ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void Every_element_costs_a_step()
    {
        BareContext limited = new(maxSteps: 1000);
        ScriptErrors.KindOf(() =>
        {
            SequenceReader reader = Iteration.Read(limited, Value.FromObject(new RangeObject(0, long.MaxValue, 1, false)));
            while (reader.MoveNext(out _))
            {
            }
        }).ShouldBe(ErrorKinds.LimitExceeded);
    }

    private string Read(Value iterable)
    {
        List<Value> items = [];
        using SequenceReader reader = Iteration.Read(_context, iterable);
        while (reader.MoveNext(out Value item))
        {
            items.Add(item);
        }

        return string.Join(' ', items.Select(i => Formatting.ToText(_context, i)));
    }

    /// <summary>Iterates from 1 to a number.</summary>
    private sealed class Counter(int last) : ScriptIterator
    {
        private int _next = 1;

        public bool IsClosed { get; private set; }

        public override long OwnBytes => 32;

        public override bool MoveNext(ScriptContext context, out Value value)
        {
            value = Value.FromInt(_next);
            return _next++ <= last;
        }

        public override void Close(ScriptContext context) => IsClosed = true;
    }
}
