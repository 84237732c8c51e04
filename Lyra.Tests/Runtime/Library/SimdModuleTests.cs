using System;
using System.Linq;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Vector operations agree with the operators, element by element.</summary>
public sealed class SimdModuleTests
{
    private static readonly long[] Edges =
        [0, 1, -1, 2, -2, 7, 1L << 31, -(1L << 31), (1L << 32) + 1, 1L << 62, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue
            + 1];

    private static readonly double[] FloatEdges =
        [0.0, -0.0, 1.5, -1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e-300];

    private readonly BareContext _context = new();

    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("min")]
    [InlineData("max")]
    public void Int_operations_are_exact_on_every_pair_of_edges(string name)
    {
        foreach (long[] pairs in new[] { Edges, Edges[..6] })
        {
            (long A, long B)[] all = [.. pairs.SelectMany(a => pairs.Select(b => (a, b)))];
            ListObject result = Operate(name, [.. all.Select(p => p.A)], [.. all.Select(p => p.B)]);
            for (int i = 0; i < all.Length; i++)
            {
                result.Get(i).AsBig.ShouldBe(Exact(name, all[i].A, all[i].B));
            }
        }
    }

    [Theory]
    [InlineData("add")]
    [InlineData("sub")]
    [InlineData("mul")]
    [InlineData("div")]
    [InlineData("min")]
    [InlineData("max")]
    public void Float_operations_are_those_of_the_operators(string name)
    {
        (double A, double B)[] all = [.. FloatEdges.SelectMany(a => FloatEdges.Select(b => (a, b)))];
        ListObject a = ListObject.OfFloats([.. all.Select(p => p.A)], all.Length);
        ListObject b = ListObject.OfFloats([.. all.Select(p => p.B)], all.Length);
        ListObject result = (ListObject)LibraryCalls.Call(_context, "simd." + name, a, b).Ref!;
        for (int i = 0; i < all.Length; i++)
        {
            Bits(result.Get(i).AsFloat).ShouldBe(Bits(Operator(name, all[i].A, all[i].B)), $"{name} of {all[i]}");
        }
    }

    [Theory]
    [InlineData("lt")]
    [InlineData("le")]
    [InlineData("eq")]
    public void Comparison_instructions_agree_with_the_operators(string name)
    {
        (double A, double B)[] all = [.. FloatEdges.SelectMany(a => FloatEdges.Select(b => (a, b)))];
        ListObject a = ListObject.OfFloats([.. all.Select(p => p.A)], all.Length);
        ListObject b = ListObject.OfFloats([.. all.Select(p => p.B)], all.Length);
        ListObject mask = (ListObject)LibraryCalls.Call(_context, "simd." + name, a, b).Ref!;
        mask.Bools.ShouldBe(all.Select(p => name switch
        {
            "lt" => p.A < p.B,
            "le" => p.A <= p.B,
            _ => p.A == p.B,
        }));
    }

    [Fact]
    public void Sums_and_dot_products_of_ints_are_exact() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<int[], bool>((seeds, large) =>
    {
        long[] items = [.. seeds.Select((s, i) => large ? Edges[(uint)s % Edges.Length] : s + i)];
        ListObject list = ListObject.OfInts(items, items.Length);
        BigInteger sum = items.Aggregate(BigInteger.Zero, (t, i) => t + i);
        BigInteger dot = items.Aggregate(BigInteger.Zero, (t, i) => t + ((BigInteger)i * i));
        return LibraryCalls.Call(_context, "simd.sum", list).AsBig == sum
            && LibraryCalls.Call(_context, "sum", list).AsBig == sum
            && LibraryCalls.Call(_context, "simd.dot", list, list).AsBig == dot;
    }));

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1001)]
    public void Sums_of_floats_add_in_eight_lanes(int count)
    {
        double[] items = [.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 1))];
        double[] lanes = new double[8];
        int vectorized = count / 8 * 8;
        for (int i = 0; i < vectorized; i++)
        {
            lanes[i % 8] += items[i];
        }

        double expected = (lanes[0] + lanes[4] + (lanes[1] + lanes[5])) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
        expected = items[vectorized..].Aggregate(expected, (t, i) => t + i);
        ListObject list = ListObject.OfFloats(items, count);
        LibraryCalls.Call(_context, "simd.sum", list).AsFloat.ShouldBe(expected);
        LibraryCalls.Call(_context, "simd.dot", list, ListObject.OfFloats([.. Enumerable.Repeat(1.0, count)], count))
            .AsFloat.ShouldBe(expected);
    }

    [Fact]
    public void Division_of_ints_truncates()
    {
        ListObject result = Operate("div", [7, -7, 7, -7, long.MinValue], [2, 2, -2, -2, 2]);
        Formatting.ToLiteral(_context, Value.FromObject(result)).ShouldBe("[3, -3, -3, 3, -4611686018427387904]");
    }

    public static TheoryData<string, int> Lengths()
    {
        TheoryData<string, int> data = [];
        foreach (string name in Names)
        {
            foreach (int count in new[] { 0, 1, 3, 4, 7, 8, 63, 64, 65, 130, 200 })
            {
                data.Add(name, count);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Lists_of_small_ints_large_ints_and_floats_agree_with_the_operators(string name, int count)
    {
        Random random = new(count);
        foreach (Func<Value> next in new Func<Value>[]
        {
            () => Value.FromInt(random.Next(-1000, 1000) | 1),
            () => Value.FromInt(random.NextInt64(-(1L << 50), 1L << 50) | 1),
            () => Value.FromInt(Edges[random.Next(Edges.Length)] | 1),
            () => Value.FromFloat(FloatEdges[random.Next(FloatEdges.Length)]),
        })
        {
            ListObject a = ListOf(count, next);
            ListObject b = ListOf(count, next);
            string expected = Literal(ListOf(count, i => One(name, a.Get(i), b.Get(i))));
            Literal(Call(name, a, b)).ShouldBe(expected);

            ListObject target = ListOf(count, next);
            LibraryCalls.Call(_context, $"simd.{name}To", target, a, b).IsNil.ShouldBeTrue();
            Literal(target).ShouldBe(expected);

            LibraryCalls.Call(_context, $"simd.{name}To", b, a, b);
            Literal(b).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(130)]
    public void Selections_take_the_elements_that_the_mask_names(int count)
    {
        Random random = new(count);
        ListObject mask = ListOf(count, () => Value.FromBool(random.Next(2) == 0));
        Func<Value>[] kinds = [() => Value.FromInt(random.NextInt64()), () => Value.FromFloat(random.NextDouble())];
        foreach (Func<Value> next in kinds)
        {
            ListObject a = ListOf(count, next);
            ListObject b = ListOf(count, next);
            string expected = Literal(ListOf(count, i => mask.Get(i).AsBool ? a.Get(i) : b.Get(i)));
            Literal((ListObject)LibraryCalls.Call(_context, "simd.select", mask, a, b).Ref!).ShouldBe(expected);
            LibraryCalls.Call(_context, "simd.selectTo", a, mask, a, b);
            Literal(a).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(199)]
    public void An_overflow_in_any_chunk_gives_the_exact_int_and_leaves_the_others(int position)
    {
        foreach (bool isOperand in new[] { false, true })
        {
            ListObject a = ListOf(200, i => Value.FromInt(i == position ? long.MaxValue : i));
            ListObject b = ListOf(200, _ => Value.FromInt(1));
            ListObject target = isOperand ? a : ListOf(200, _ => Value.FromInt(0));
            LibraryCalls.Call(_context, "simd.addTo", target, a, b);
            for (int i = 0; i < 200; i++)
            {
                target.Get(i).AsBig.ShouldBe(i == position ? (BigInteger)long.MaxValue + 1 : i + 1);
            }
        }
    }

    [Fact]
    public void A_division_by_zero_leaves_the_target_unchanged()
    {
        ListObject a = ListOf(200, i => Value.FromInt(i));
        ListObject b = ListOf(200, i => Value.FromInt(i == 150 ? 0 : 2));
        foreach (ListObject target in new[] { a, b, ListOf(200, i => Value.FromInt(-i)) })
        {
            string before = Literal(target);
            LibraryCalls.Show(_context, "simd.divTo", target, a, b).ShouldStartWith("!DivisionByZero");
            Literal(target).ShouldBe(before);
        }
    }

    [Fact]
    public void Operations_that_write_into_a_list_of_the_length_allocate_nothing()
    {
        ListObject ints = ListOf(1000, i => Value.FromInt(i + 1));
        ListObject floats = ListOf(1000, i => Value.FromFloat(i + 1));
        ListObject mask = (ListObject)LibraryCalls.Call(_context, "simd.lt", ints, ints).Ref!;
        foreach (string name in Names)
        {
            foreach (ListObject operand in new[] { ints, floats })
            {
                ListObject target = Call(name, operand, operand);
                AllocatedBy($"simd.{name}To", target, operand, operand).ShouldBe(0, name);
            }
        }

        AllocatedBy("simd.selectTo", ints, mask, ints, ints).ShouldBe(0);
        AllocatedBy("simd.sum", ints).ShouldBe(0);
        AllocatedBy("simd.dot", ints, ints).ShouldBe(0);
    }

    [Fact]
    public void Operations_allocate_only_their_result()
    {
        ListObject ints = ListOf(1000, i => Value.FromInt(i + 1));
        ListObject floats = ListOf(1000, i => Value.FromFloat(i + 1));
        foreach (string name in Names)
        {
            foreach (ListObject operand in new[] { ints, floats })
            {
                long size = Call(name, operand, operand).OwnBytes;
                AllocatedBy($"simd.{name}", operand, operand).ShouldBeInRange(size - 32, size + 32, name);
            }
        }
    }

    [Fact]
    public void The_element_type_of_a_target_converts_the_results_or_refuses_them_all()
    {
        using LyraEngine engine = new();
        engine.Run("""
            import simd
            let bytes: [u8] = [1, 2]
            simd.addTo(bytes, [255, 5], [2, 5])
            let narrow: [f32] = [0.0]
            simd.addTo(narrow, [0.1], [0.0])
            let texts: [str] = ["a", "b"]
            let kind = try_add(texts)
            proc try_add(target) { try { simd.addTo(target, [1.5, 2], [1.5, 2]) } catch e { return e.kind } }
            """);
        engine.Run("bytes").ToString().ShouldBe("[1, 10]");
        engine.Run("narrow[0] == 0.1").As<bool>().ShouldBeFalse();
        engine.Run("[kind, texts]").ToString().ShouldBe("[\"TypeError\", [\"a\", \"b\"]]");
    }

    [Theory]
    [InlineData("""simd.addTo(5, [1], [2])""", "simd.addTo: 'target' must be a list, not int")]
    [InlineData("""simd.ltTo([1], ["a"], [2])""", "simd.ltTo: element 0 of 'a' must be a number, not str")]
    [InlineData("""simd.mulTo([], [1, 2], [2])""", "simd.mulTo: the lists must have the same length, they have 2 and 1")]
    [InlineData("""simd.selectTo([], [1], [1], [2])""", "simd.selectTo: element 0 of 'mask' must be a bool, not int")]
    public void Wrong_arguments_are_named(string call, string message)
    {
        using LyraEngine engine = new();
        Should.Throw<LyraException>(() => engine.Run("import simd\n" + call)).Message.ShouldBe(message);
    }

    private static string[] Names => ["add", "sub", "mul", "div", "min", "max", "lt", "le", "eq"];

    private static ListObject ListOf(int count, Func<Value> next) => ListOf(count, _ => next());

    private static ListObject ListOf(int count, Func<int, Value> item) =>
        ListObject.Of(new BareContext(), [.. Enumerable.Range(0, count).Select(item)]);

    private string Literal(ListObject list) => Formatting.ToLiteral(_context, Value.FromObject(list));

    private ListObject Call(string name, ListObject a, ListObject b) => (ListObject)LibraryCalls.Call(_context, "simd." + name, a, b).Ref!;

    private Value One(string name, in Value a, in Value b) => name switch
    {
        "add" => Arithmetic.Add(_context, a, b),
        "sub" => Arithmetic.Sub(_context, a, b),
        "mul" => Arithmetic.Mul(_context, a, b),
        "div" => Arithmetic.Div(_context, a, b),
        "min" => Comparison.Less(_context, b, a) ? b : a,
        "max" => Comparison.Less(_context, a, b) ? b : a,
        "lt" => Value.FromBool(Comparison.Less(_context, a, b)),
        "le" => Value.FromBool(Comparison.LessOrEqual(_context, a, b)),
        _ => Value.FromBool(Equality.AreEqual(_context, a, b)),
    };

    /// <summary>The bytes that a repeated call allocates.</summary>
    private long AllocatedBy(string proc, params ListObject[] lists)
    {
        NativeFunction handler = LibraryTable.FindQualified(proc)!.Handler;
        Value[] arguments = [.. lists.Select(Value.FromObject)];
        handler(_context, arguments);
        long before = GC.GetAllocatedBytesForCurrentThread();
        handler(_context, arguments);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static BigInteger Exact(string name, BigInteger a, BigInteger b) => name switch
    {
        "add" => a + b,
        "sub" => a - b,
        "mul" => a * b,
        "min" => BigInteger.Min(a, b),
        _ => BigInteger.Max(a, b),
    };

    private static double Operator(string name, double a, double b) => name switch
    {
        "add" => a + b,
        "sub" => a - b,
        "mul" => a * b,
        "div" => a / b,
        "min" => b < a ? b : a,
        _ => a < b ? b : a,
    };

    private ListObject Operate(string name, long[] a, long[] b) => (ListObject)LibraryCalls.Call(
        _context, "simd." + name, ListObject.OfInts(a, a.Length), ListObject.OfInts(b, b.Length)).Ref!;
}
