using System;
using System.Globalization;
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

public sealed class FormattingTests
{
    private readonly BareContext _context = new();

    public static TheoryData<string, string> DebuggerTexts => new()
    {
        { "nil", "nil" },
        { "true", "True" },
        { "-7", "-7" },
        { "2.5", "2.5" },
        { "2 ** 70", "Int" },
        { "[1]", "List" },
        { "\"text\"", "Str" },
    };

    [Theory]
    [MemberData(nameof(DebuggerTexts))]
    public void A_debugger_shows_a_value_without_running_code(string source, string expected)
    {
        using LyraEngine engine = new();

        engine.Run(source).Raw.ToDebugString().ShouldBe(expected);
        Value.Unset.ToDebugString().ShouldBe("<unset>");
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(100.0, "100.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-123.456, "-123.456")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-10, "1.5e-10")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(-1e16, "-1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(2.98023223876953125e-08, "2.9802322387695312e-08")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Floats_print_as_pythons_repr_does(double value, string expected) => Formatting.FloatText(value).ShouldBe(expected);

    [Fact]
    public void Float_texts_read_back_and_are_shortest()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Numbers.Floats, value =>
        {
            string text = Formatting.FloatText(value);
            return Conversion.TryParseFloat(text, out double back) && back.Equals(value)
                && (!double.IsFinite(value) || DigitsOf(text) <= ShortestDigits(value));
        }));
    }

    /// <summary>Decimals of a few digits, which have short ways in both directions, and their neighbours, which have not.</summary>
    [Fact]
    public void Decimals_are_written_and_read_as_by_dotnet()
    {
        Gen<double> decimals = Gen.Choose(0, 8)
            .SelectMany(_ => Gen.Choose(0, int.MaxValue), (digits, number) => BitConverter.DoubleToInt64Bits(number / Math.Pow(10, digits)))
            .SelectMany(_ => Gen.Choose(-2, 2), (bits, steps) => BitConverter.Int64BitsToDouble(bits + steps))
            .Where(value => value is >= 1e-4 and < 1e11);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Arb.From(decimals), value =>
        {
            string text = Formatting.FloatText(-value);
            string expected = value.ToString("R", CultureInfo.InvariantCulture);
            bool isWhole = !expected.Contains('.', StringComparison.Ordinal);
            return (expected.Contains('E', StringComparison.Ordinal) || text == "-" + (isWhole ? expected + ".0" : expected))
                && Conversion.TryParseFloat(text, out double back) && back.Equals(-value)
                && Conversion.TryParseFloat(text[1..] + "00", out double padded) && padded.Equals(value);
        }));
    }

    [Fact]
    public void Powers_of_two_read_back()
    {
        for (int exponent = -1074; exponent <= 1023; exponent++)
        {
            double value = Math.ScaleB(1, exponent);
            double.Parse(Formatting.FloatText(value), CultureInfo.InvariantCulture).ShouldBe(value);
        }
    }

    [Fact]
    public void Str_literals_escape_what_must_be_escaped_to_read_back()
    {
        Formatting.QuoteString("q\"b\\n\nt\tr\rz\0").ShouldBe("\"q\\\"b\\\\n\\nt\\tr\\rz\\0\"");
        Formatting.QuoteString("$ ${x} $").ShouldBe("\"$ \\${x} $\"");
        Formatting.QuoteString("\u0001\u007F\u009F\uD800\uDC00\uD800x\uDC00")
            .ShouldBe("\"\\u{1}\\u{7f}\\u{9f}\uD800\uDC00\\u{d800}x\\u{dc00}\"");
        Formatting.QuoteString("😀é中").ShouldBe("\"😀é中\"");
        Formatting.QuoteString("\uDBFF\uDFFF\uDBFF").ShouldBe("\"\uDBFF\uDFFF\\u{dbff}\"");
    }

    [Fact]
    public void Containers_print_as_their_literals()
    {
        Value one = Value.FromInt(1);
        Value text = Value.FromText("a");
        MapObject map = new();
        map.Set(_context, text, one);
        map.Set(_context, Value.FromObject(TupleObject.Of([one])), Value.FromObject(new MapObject()));
        SetObject set = new();
        set.Add(_context, one);
        set.Add(_context, text);
        Text(Value.FromObject(ListObject.Of(_context, [one, text, Value.Nil, Value.FromFloat(2)]))).ShouldBe("[1, \"a\", nil, 2.0]");
        Text(Value.FromObject(map)).ShouldBe("{\"a\": 1, (1,): {}}");
        Text(Value.FromObject(set)).ShouldBe("set([1, \"a\"])");
        Text(Value.FromObject(new SetObject())).ShouldBe("set([])");
        Text(Value.FromObject(TupleObject.Empty)).ShouldBe("()");
        Text(Value.FromObject(TupleObject.Of([one, one]))).ShouldBe("(1, 1)");
        Text(Value.FromObject(new BytesObject([1, 255]))).ShouldBe("bytes([1, 255])");
        Text(Value.FromObject(new RangeObject(0, 3, 1, true))).ShouldBe("0..=3");
        Text(Value.FromObject(new RangeObject(9, 0, -4, false))).ShouldBe("range(9, 0, -4)");
        Text(Value.FromObject(new ErrorObject("Kind", "message"))).ShouldBe("Kind: message");
        Text(text).ShouldBe("a");
        Text(Value.FromBig(-BigInteger.Pow(10, 30))).ShouldBe("-1000000000000000000000000000000");
    }

    [Fact]
    public void Cycles_print_as_dots()
    {
        ListObject list = new();
        list.Add(_context, Value.FromInt(1));
        list.Add(_context, Value.FromObject(TupleObject.Of([Value.FromObject(list)])));
        Text(Value.FromObject(list)).ShouldBe("[1, ([...],)]");
        MapObject map = new();
        map.Set(_context, Value.FromText("me"), Value.FromObject(map));
        Text(Value.FromObject(map)).ShouldBe("{\"me\": {...}}");
        ListObject twice = ListObject.Of(_context, [Value.FromObject(new ListObject()), Value.Nil]);
        twice.Set(_context, 1, twice[0]);
        Text(Value.FromObject(twice)).ShouldBe("[[], []]");
        Value node = TestShapes.Instance(TestShapes.Create("Node", ["next"]));
        ((StructObject)node.Ref!).Slot(0) = node;
        Text(node).ShouldBe("Node{next: Node{...}}");
        MapObject keyed = new();
        ((StructObject)node.Ref!).Slot(0) = Value.FromObject(keyed);
        keyed.Set(_context, node, Value.True);
        Text(Value.FromObject(keyed)).ShouldBe("{Node{next: {...}}: true}");
    }

    [Fact]
    public void Structs_print_their_fields_or_the_result_of_their_hook()
    {
        Value plain = TestShapes.Instance(TestShapes.Create("Point", ["x", "y"]), Value.FromFloat(1), Value.FromText("s"));
        Text(plain).ShouldBe("Point{x: 1.0, y: \"s\"}");
        Value hooked = TestShapes.Instance(TestShapes.Create("H", [], "__str"));
        _context.OnInvokeMethod = (_, _, _) => Value.FromText("<h>");
        Text(Value.FromObject(ListObject.Of(_context, [hooked]))).ShouldBe("[<h>]");
        Text(hooked).ShouldBe("<h>");
        _context.OnInvokeMethod = (_, _, _) => Value.FromInt(1);
        ScriptErrors.KindOf(() => Text(hooked)).ShouldBe(ErrorKinds.TypeError);
    }

    [Fact]
    public void A_hook_may_change_what_is_being_printed()
    {
        ListObject list = new();
        Value hooked = TestShapes.Instance(TestShapes.Create("H", [], "__str"));
        for (int i = 0; i < 5; i++)
        {
            list.Add(_context, hooked);
        }

        _context.OnInvokeMethod = (_, _, _) =>
        {
            list.Clear(_context);
            return Value.FromText("gone");
        };
        Text(Value.FromObject(list)).ShouldBe("[gone]");
    }

    [Fact]
    public void Nesting_beyond_the_frame_limit_is_stack_overflow()
    {
        Value deep = Value.FromObject(new ListObject());
        for (int i = 0; i < 300_000; i++)
        {
            deep = Value.FromObject(ListObject.OfValues([deep], 1));
        }

        ScriptErrors.KindOf(() => Text(deep)).ShouldBe(ErrorKinds.StackOverflow);
        Formatting.ToText(new BareContext(maxFrames: 1_000_000), deep).Length.ShouldBe(600_002);
        HeapVisitor visitor = new();
        visitor.Visit(deep);
        visitor.Drain();
        visitor.Bytes.ShouldBeGreaterThan(300_000L * 72);
    }

    [Fact]
    public void Shared_parts_that_grow_exponentially_stop_at_a_limit()
    {
        ListObject list = ListObject.Of(_context, [Value.FromInt(1)]);
        for (int i = 0; i < 60; i++)
        {
            list = ListObject.OfValues([Value.FromObject(list), Value.FromObject(list)], 2);
        }

        Value bomb = Value.FromObject(list);
        ScriptErrors.KindOf(() => Formatting.ToText(new BareContext(maxSteps: 100_000), bomb)).ShouldBe(ErrorKinds.LimitExceeded);
        ScriptErrors.KindOf(() => Formatting.ToText(new BareContext(maxMemory: 1_000_000), bomb)).ShouldBe(ErrorKinds.LimitExceeded);
        ScriptErrors.KindOf(() =>
            Equality.AreEqual(new BareContext(maxSteps: 100_000), bomb, Value.FromObject(ListObject.OfValues([list[0], list[1]], 2))))
            .ShouldBe(ErrorKinds.LimitExceeded);
    }

    private static int DigitsOf(string text)
    {
        string mantissa = text.Split('e')[0].Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('-').TrimStart('0')
            .TrimEnd('0');
        return mantissa.Length;
    }

    /// <summary>The smallest number of significant digits that parses to the same value, found by trying each.</summary>
    private static int ShortestDigits(double value)
    {
        int digits = 1;
        while (digits < 17
            && double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) != value)
        {
            digits++;
        }

        return digits;
    }

    private string Text(in Value value) => Formatting.ToText(_context, value);
}
