using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class IndexingTests
{
    private static readonly Value One = Value.FromInt(1);

    private readonly BareContext _context = new();

    /// <summary>Sequences of three elements: 10, 20 and 30, or the str "abc".</summary>
    private Value[] Sequences =>
    [
        Value.FromObject(ListObject.OfInts([10, 20, 30], 3)),
        Value.FromObject(TupleObject.Of([Value.FromInt(10), Value.FromInt(20), Value.FromInt(30)])),
        Value.FromObject(new BytesObject([10, 20, 30])), Value.FromText("abc"),
    ];

    [Fact]
    public void Elements_are_read_by_index()
    {
        foreach (Value sequence in Sequences)
        {
            Text(Indexing.Get(_context, sequence, One)).ShouldBeOneOf("20", "b");
            foreach (Value index in new[] { Value.FromInt(-1), Value.FromInt(3), Value.FromBig(BigInteger.Pow(2, 70)) })
            {
                ScriptErrors.KindOf(() => Indexing.Get(_context, sequence, index)).ShouldBe(ErrorKinds.IndexError);
            }

            foreach (Value index in new[] { Value.FromFloat(1), Value.FromText("1"), Value.True, Value.Nil })
            {
                ScriptErrors.KindOf(() => Indexing.Get(_context, sequence, index)).ShouldBe(ErrorKinds.TypeError);
            }
        }

        Indexing.Get(_context, Value.FromObject(new MapObject()), Value.FromText("absent")).IsNil.ShouldBeTrue();
        foreach (Value container in new[] { Value.Nil, One, Value.FromObject(new SetObject()) })
        {
            ScriptErrors.KindOf(() => Indexing.Get(_context, container, One)).ShouldBe(ErrorKinds.TypeError);
        }
    }

    [Fact]
    public void Only_lists_maps_and_bytes_take_stores()
    {
        Value list = Sequences[0];
        Value bytes = Sequences[2];
        Indexing.Set(_context, list, One, Value.FromText("x"));
        Text(list).ShouldBe("[10, \"x\", 30]");
        Indexing.Set(_context, bytes, One, Value.FromInt(255));
        Text(bytes).ShouldBe("bytes([10, 255, 30])");
        ScriptErrors.KindOf(() => Indexing.Set(_context, bytes, One, Value.FromInt(256))).ShouldBe(ErrorKinds.ValueError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, bytes, One, Value.FromBig(BigInteger.Pow(2, 70)))).ShouldBe(ErrorKinds.ValueError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, bytes, One, Value.FromFloat(1))).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, list, Value.FromInt(3), One)).ShouldBe(ErrorKinds.IndexError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, Sequences[1], One, One)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, Sequences[3], One, One)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Indexing.Set(_context, Value.Nil, One, One)).ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void Slices_are_new_and_check_their_bounds()
    {
        string[] whole = ["[10, 20, 30]", "(10, 20, 30)", "bytes([10, 20, 30])", "abc"];
        string[] part = ["[20, 30]", "(20, 30)", "bytes([20, 30])", "bc"];
        for (int i = 0; i < whole.Length; i++)
        {
            Value sequence = Sequences[i];
            Text(Indexing.Slice(_context, sequence, Value.Nil, Value.Nil)).ShouldBe(whole[i]);
            Text(Indexing.Slice(_context, sequence, One, Value.Nil)).ShouldBe(part[i]);
            Text(Indexing.Get(_context, sequence, Value.FromObject(new RangeObject(1, 2, 1, true)))).ShouldBe(part[i]);
            Indexing.Length(_context, Indexing.Slice(_context, sequence, Value.FromInt(3), Value.FromInt(3))).AsInt.ShouldBe(0);
            foreach ((int from, int to) in new[] { (-1, 2), (0, 4), (2, 1), (4, 4) })
            {
                ScriptErrors.KindOf(() => Indexing.Slice(_context, sequence, Value.FromInt(from), Value.FromInt(to)))
                    .ShouldBe(ErrorKinds.IndexError);
            }

            ScriptErrors.KindOf(() => Indexing.Slice(_context, sequence, Value.FromFloat(0), Value.Nil)).ShouldBe(ErrorKinds.TypeError);
        }

        ScriptErrors.KindOf(() => Indexing.Slice(_context, Value.FromObject(new MapObject()), Value.Nil, Value.Nil))
            .ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void In_finds_elements_keys_and_parts_of_strs()
    {
        foreach (Value sequence in Sequences[..3])
        {
            Indexing.Contains(_context, sequence, Value.FromInt(20)).ShouldBeTrue();
            Indexing.Contains(_context, sequence, Value.FromFloat(20)).ShouldBeTrue();
            Indexing.Contains(_context, sequence, Value.FromInt(21)).ShouldBeFalse();
            Indexing.Contains(_context, sequence, Value.Nil).ShouldBeFalse();
        }

        Indexing.Contains(_context, Sequences[3], Value.FromText("bc")).ShouldBeTrue();
        Indexing.Contains(_context, Sequences[3], Value.FromText(string.Empty)).ShouldBeTrue();
        ScriptErrors.KindOf(() => Indexing.Contains(_context, Sequences[3], One)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Indexing.Contains(_context, One, One)).ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void Lengths_are_of_containers_and_of_hooks()
    {
        foreach (Value sequence in Sequences)
        {
            Indexing.Length(_context, sequence).AsInt.ShouldBe(3);
        }

        Value s = TestShapes.Instance(TestShapes.Create("S", [], "__len", "__index", "__setindex"));
        _context.OnInvokeMethod = (name, _, arguments) => name == "__len" ? Value.FromInt(7) : arguments[0];
        Indexing.Length(_context, s).AsInt.ShouldBe(7);
        Indexing.Get(_context, s, Value.FromText("k")).Ref.ShouldBeOfType<ScriptString>().Text.ShouldBe("k");
        Indexing.Set(_context, s, One, Value.Nil);
        _context.OnInvokeMethod = (_, _, _) => Value.FromInt(-1);
        ScriptErrors.KindOf(() => Indexing.Length(_context, s)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Indexing.Length(_context, One)).ShouldBe(ErrorKinds.TypeError);
    }

    /// <summary>Texts of two distinct letters, so that partial matches are frequent; long ones use the linear-time search.</summary>
    [Fact]
    public void Search_agrees_with_the_bcl_on_any_length()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Gen.Choose(1, 1_000_000)), seed =>
        {
            System.Random random = new(seed);
            string text = Letters(random, random.Next(1, 9000));
            string part = random.Next(2) == 0 ? text[random.Next(text.Length / 2)..] : Letters(random, random.Next(1, 3000));
            int start = random.Next(text.Length);
            return TextSearch.IndexOf(_context, text, part, start) == text.IndexOf(part, start, System.StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void A_hostile_search_is_linear_in_steps()
    {
        string text = new('a', 1_000_000);
        string part = new string('a', 500_000) + "b";
        BareContext context = new(maxSteps: 2_000_000);
        TextSearch.IndexOf(context, text, part).ShouldBe(-1);
    }

    [Fact]
    public void Finding_one_separator_after_the_other_is_linear_in_steps()
    {
        string text = string.Concat(System.Linq.Enumerable.Repeat("a line of text\n", 100_000));
        BareContext context = new(maxSteps: 3_000_000);
        int lines = 0;
        for (int at = 0; (at = TextSearch.IndexOf(context, text, "\n", at)) >= 0; at++)
        {
            lines++;
        }

        lines.ShouldBe(100_000);
    }

    private static string Letters(System.Random random, int length) =>
        string.Create(length, random, static (target, r) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = r.Next(12) == 0 ? 'b' : 'a';
            }
        });

    private string Text(in Value value) => Formatting.ToText(_context, value);
}
