using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

public sealed class ScriptStringTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Joining_any_strs_in_any_order_agrees_with_dot_net_strings()
    {
        Gen<(int Left, int Right, int How)[]> steps = Gen.Choose(0, 7).SelectMany(
            _ => Gen.Choose(0, 7), (l, r) => (l, r)).SelectMany(_ => Gen.Choose(0, 7), (p, how) => (p.l, p.r, how)).ArrayOf(60);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(steps), operations =>
        {
            List<string> model =
                ["", "a", "中文", "four", "\0\0x", new string('x', 100), new string('y', 255), new string('z', 300), "\uD800é"];
            List<ScriptString> strs = model.ConvertAll(ScriptString.From);
            foreach ((int left, int right, int how) in operations)
            {
                bool flatten = how < 2;
                int target = how % 2 == 0 ? left : right;
                ScriptString joined = ScriptString.Concat(_context, strs[left], strs[right]);
                string expected = model[left] + model[right];
                if ((flatten && joined.Text != expected) || !joined.Span.SequenceEqual(expected))
                {
                    return false;
                }

                if (expected.Length < 20_000)
                {
                    strs[target] = joined;
                    model[target] = expected;
                }
            }

            return strs.TrueForAll(s => s.Text == model[strs.IndexOf(s)] && s.HashCode == ScriptString.From(s.Text).HashCode);
        }));
    }

    [Fact]
    public void Short_texts_are_equal_and_hash_alike_if_their_code_units_are_the_same()
    {
        string[] texts = ["a", "b", "ab", "ba", "abcdefgh", "abcdefg\uFFFF"];
        object[] made = [.. texts.Select(text => ShortText.Of(text))];
        object[] again = [.. texts.Select(text => ShortText.Of(text))];

        again.ShouldBe(made);
        made.Distinct().Count().ShouldBe(texts.Length);
        again.Select(text => text.GetHashCode()).ShouldBe(made.Select(text => text.GetHashCode()));
        made[0].Equals("a").ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void Long_strs_are_equal_if_all_their_code_units_are(int difference, bool isEqual)
    {
        string text = new('x', 3 * Pieces.Length<char>());
        ScriptString str = ScriptString.From(text);
        ScriptString other = ScriptString.From(difference switch
        {
            1 => text + "x",
            2 => text[..^1] + "y",
            3 => "y" + text[1..],
            _ => new string(text),
        });

        str.ContentEquals(_context, other).ShouldBe(isEqual);
        str.ContentEquals(_context, str).ShouldBeTrue();
        (str.HashCode == other.HashCode).ShouldBe(isEqual);
        str.ContentEquals(_context, other).ShouldBe(isEqual, "with known hash codes");
        $"{other}".ShouldBe(other.Text);
    }

    [Fact]
    public void Strs_of_up_to_eight_code_units_are_one_object_and_equal_however_they_are_made() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            Arb.From(Gen.Choose(0, 9).SelectMany(n => Gen.Elements('a', 'b', '\0', '\u00FF', '\u0100', '\uFFFF').ArrayOf(n))),
            Arb.From(Gen.Choose(0, 9)),
            (units, cut) =>
            {
                string text = new(units);
                cut = Math.Min(cut, text.Length);
                ScriptString[] made =
                [
                    ScriptString.From(text),
                    ScriptString.Constant(text),
                    ScriptString.Copy(text),
                    ScriptString.Create(text.Length, text, static (target, source) => source.CopyTo(target)),
                    ScriptString.Concat(_context, ScriptString.From(text[..cut]), ScriptString.From(text[cut..])),
                ];
                made[2].OwnBytes.ShouldBe(text.Length == 1 && text[0] <= ScriptString.MaxShared || text.Length == 0
                    ? made[1].OwnBytes
                    : ScriptString.BytesFor(text.Length));
                foreach (ScriptString str in made)
                {
                    str.Length.ShouldBe(text.Length);
                    str.Text.ShouldBe(text);
                    new string(str.Span).ShouldBe(text);
                    str.HashCode.ShouldBe(made[0].HashCode);
                    str.ContentEquals(made[0]).ShouldBeTrue();
                    for (int i = 0; i < text.Length; i++)
                    {
                        str[i].ShouldBe(text[i]);
                        TextUnits.At(str.Units, i).ShouldBe(text[i]);
                        str.ContentEquals(Changed(text, i)).ShouldBeFalse();
                    }

                    str.ContentEquals(ScriptString.From(text + "\0")).ShouldBeFalse();
                }
            }));

    [Fact]
    public void Hashes_of_short_strs_differ_as_those_of_random_numbers_do()
    {
        HashSet<int> hashes = [];
        for (int i = 0; i < 65_536; i++)
        {
            hashes.Add(ScriptString.From($"k{i}").HashCode & 0xFFFFF);
        }

        // 65,536 random numbers below 2^20 have 63,500 different values.
        hashes.Count.ShouldBeInRange(63_000, 64_200);
    }

    [Fact]
    public void Ints_have_their_decimal_text() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), value => ScriptString.Of(value).Text == value.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void The_text_of_a_constant_is_not_made_again()
    {
        string text = new("literal"u8.ToArray().Select(b => (char)b).ToArray());

        ScriptString.Constant(text).Text.ShouldBeSameAs(text);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void Adding_in_a_loop_costs_amortized_constant_memory_and_steps(int before, int after)
    {
        const int Repetitions = 100_000;
        ScriptString part = ScriptString.From("ab");
        ScriptString text = ScriptString.Empty;
        long steps = _context.Budget.Left;
        for (int i = 0; i < Repetitions; i++)
        {
            for (int n = 0; n < before; n++)
            {
                text = ScriptString.Concat(_context, part, text);
            }

            for (int n = 0; n < after; n++)
            {
                text = ScriptString.Concat(_context, text, part);
            }
        }

        int parts = (before + after) * Repetitions;
        text.Text.ShouldBe(string.Concat(Enumerable.Repeat("ab", parts)));
        _context.MemoryUsed.ShouldBeLessThan(parts * 100L);
        (steps - _context.Budget.Left).ShouldBeLessThan(parts);
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

        ScriptString left = ScriptString.Concat(_context, ScriptString.From("3"), first);
        ScriptString right = ScriptString.Concat(_context, ScriptString.From("4"), first);
        ScriptString longer = ScriptString.Concat(_context, ScriptString.Concat(_context, ScriptString.From("5"), left), second);
        left.Text.ShouldBe("3" + new string('a', 300) + "bc1");
        right.Text.ShouldBe("4" + new string('a', 300) + "bc1");
        longer.Text.ShouldBe("53" + new string('a', 300) + "bc1" + new string('a', 300) + "bc2");
        first.Text.ShouldBe(new string('a', 300) + "bc1");
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
        BareContext limited = new(maxMemory: 10_000_000);
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

    private static void DoubleWithoutEnd(BareContext context)
    {
        ScriptString text = ScriptString.From("x");
        for (int i = 0; i < 60; i++)
        {
            text = ScriptString.Concat(context, text, text);
        }
    }

    private static ScriptString Changed(string text, int index)
    {
        char[] units = text.ToCharArray();
        units[index]++;
        return ScriptString.From(new string(units));
    }
}
