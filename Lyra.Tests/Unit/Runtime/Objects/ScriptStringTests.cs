using System;
using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Objects;

public sealed class ScriptStringTests
{
    private readonly TestContext _context = new();

    [Fact]
    public void Joining_any_strs_in_any_order_agrees_with_dot_net_strings()
    {
        Gen<(int Left, int Right, bool Flatten)[]> steps = Gen.Choose(0, 7).SelectMany(
            _ => Gen.Choose(0, 7), (l, r) => (l, r)).SelectMany(_ => Gen.Choose(0, 3), (p, f) => (p.l, p.r, f == 0)).ArrayOf(60);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(steps), operations =>
        {
            List<string> model = ["", "a", "é", "中文", new string('x', 100), new string('y', 255), new string('z', 300), "\uD800"];
            List<ScriptString> strs = model.ConvertAll(ScriptString.From);
            foreach ((int left, int right, bool flatten) in operations)
            {
                ScriptString joined = ScriptString.Concat(_context, strs[left], strs[right]);
                string expected = model[left] + model[right];
                if ((flatten && joined.Text != expected) || !joined.Span.SequenceEqual(expected))
                {
                    return false;
                }

                if (expected.Length < 20_000)
                {
                    strs[left] = joined;
                    model[left] = expected;
                }
            }

            return strs.TrueForAll(s => s.Text == model[strs.IndexOf(s)] && s.HashCode == ScriptString.From(s.Text).HashCode);
        }));
    }

    [Fact]
    public void Appending_in_a_loop_costs_amortized_constant_memory_per_step()
    {
        ScriptString part = ScriptString.From("ab");
        ScriptString text = ScriptString.Empty;
        for (int i = 0; i < 100_000; i++)
        {
            text = ScriptString.Concat(_context, text, part);
        }

        text.Length.ShouldBe(200_000);
        text.Text.ShouldBe(string.Concat(System.Linq.Enumerable.Repeat("ab", 100_000)));
        _context.MemoryUsed.ShouldBeLessThan(100_000L * 100);
    }

    [Fact]
    public void Flattening_keeps_appends_cheap()
    {
        ScriptString text = ScriptString.From(new string('a', 10_000));
        text = ScriptString.Concat(_context, text, text);
        text = ScriptString.Concat(_context, text, text);
        text.Text.Length.ShouldBe(40_000);
        long before = _context.MemoryUsed;
        ScriptString.Concat(_context, text, ScriptString.FromChar('b'));
        (_context.MemoryUsed - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public void Two_continuations_of_one_str_do_not_disturb_each_other()
    {
        ScriptString text = ScriptString.From(new string('a', 300));
        text = ScriptString.Concat(_context, text, ScriptString.From("b"));
        text = ScriptString.Concat(_context, text, ScriptString.From("c"));
        ScriptString first = ScriptString.Concat(_context, text, ScriptString.From("1"));
        ScriptString second = ScriptString.Concat(_context, text, ScriptString.From("2"));
        first.Text.ShouldBe(new string('a', 300) + "bc1");
        second.Text.ShouldBe(new string('a', 300) + "bc2");
        text.Text.ShouldBe(new string('a', 300) + "bc");
        first.ContentEquals(second).ShouldBeFalse();
    }

    [Fact]
    public void Strs_of_one_latin1_code_unit_are_shared()
    {
        ScriptString.FromChar('x').ShouldBeSameAs(ScriptString.From("x"));
        ScriptString.FromChar('\u00FF').ShouldBeSameAs(ScriptString.FromChar('\u00FF'));
        ScriptString.FromChar('中').Text.ShouldBe("中");
        ScriptString.From(string.Empty).ShouldBeSameAs(ScriptString.Empty);
    }

    [Fact]
    public void A_str_beyond_the_maximum_length_is_a_value_error_unless_the_memory_limit_trips_first()
    {
        // Repeated doubling charges before it allocates, so the error is raised before the text ever exists.
        TestContext limited = new(maxMemory: 10_000_000);
        ScriptErrors.KindOf(() => DoubleWithoutEnd(limited)).ShouldBe(ErrorKinds.LimitExceeded);
        ScriptErrors.KindOf(() =>
            Lyra.Runtime.Semantics.Arithmetic.Mul(_context, Value.FromText("ab"), Value.FromInt(ScriptString.MaxLength)))
            .ShouldBe(ErrorKinds.ValueError);
    }

    [Fact]
    public void The_heap_walk_counts_a_shared_buffer_once()
    {
        ScriptString text = ScriptString.From(new string('a', 400));
        List<ScriptString> all = [];
        for (int i = 0; i < 100; i++)
        {
            text = ScriptString.Concat(_context, text, ScriptString.From("b"));
            all.Add(text);
        }

        HeapVisitor visitor = new();
        all.ForEach(visitor.Visit);
        visitor.Drain();
        visitor.Bytes.ShouldBeInRange(100 * 72, (100 * 72) + 6000);
    }

    private static void DoubleWithoutEnd(TestContext context)
    {
        ScriptString text = ScriptString.From("x");
        for (int i = 0; i < 60; i++)
        {
            text = ScriptString.Concat(context, text, text);
        }
    }
}
