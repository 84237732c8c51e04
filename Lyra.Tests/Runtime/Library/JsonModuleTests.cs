using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class JsonModuleTests
{
    private readonly BareContext _context = new();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\": }")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a: 1}")]
    [InlineData("'x'")]
    [InlineData("nul")]
    [InlineData("nullx")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("[1")]
    [InlineData("\"a")]
    [InlineData("\"\n\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\")]
    [InlineData("[1]]")]
    [InlineData("NaN")]
    [InlineData("\u00a01")]
    public void Texts_that_are_no_json_are_refused(string text) =>
        LibraryCalls.Show(_context, "json.parse", text).ShouldBe("!" + ErrorKinds.ValueError);

    [Theory]
    [InlineData("[1,\n  x]", "expected a value at line 2, column 3, found 'x'")]
    [InlineData("[1", "expected ',' or ']' at line 1, column 3, found the end")]
    [InlineData("{\"a\":\n\n 1 \u0007", "expected ',' or '}' at line 3, column 4, found U+0007")]
    public void Errors_report_line_and_column(string text, string message) =>
        LibraryCalls.ErrorOf(_context, "json.parse", text).ShouldBe("ValueError: json.parse: " + message);

    [Fact]
    public void Every_text_reads_back() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>>(text =>
    {
        Value written = LibraryCalls.Call(_context, "json.stringify", text.Get);
        return ((ScriptString)LibraryCalls.Call(_context, "json.parse", written).Ref!).Text == text.Get;
    }));

    [Fact]
    public void Every_finite_float_and_int_reads_back() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<double, long>((number, whole) =>
    {
        double finite = double.IsFinite(number) ? number : 0.5;
        Value back = LibraryCalls.Call(_context, "json.parse", LibraryCalls.Call(_context, "json.stringify", new Items([finite, whole])));
        ListObject list = (ListObject)back.Ref!;
        return list.Get(0).AsFloat.Equals(finite) && list.Get(0).IsFloat && list.Get(1).AsInt == whole;
    }));

    /// <summary>The parser foresees the keys of a map and its number of values from those before it.</summary>
    [Theory]
    [InlineData("""[{"a":1,"b":2},{"a":3,"b":4,"c":5},{"b":1,"a":2},{"a":6},{},{"a":7,"b":8}]""")]
    [InlineData("""[{"a":{"x":1,"y":[{"a":[{"a":1}]},{"a":2}]},"b":2},{"a":{"x":1},"b":3},{"a":{"y":2,"x":{}},"c":4}]""")]
    [InlineData("""[{"é":1,"日本":2},{"é":3,"日本":4},{"日本":5,"é":6}]""")]
    [InlineData("""[{"":1,"a":2},{"":3,"a":4},{"a":5,"":6}]""")]
    [InlineData("""{"a":{"a":{"a":{"a":1,"b":2},"b":3},"b":4},"b":5}""")]
    public void Maps_with_like_keys_read_back(string text) =>
        WrittenBack(text).ShouldBe(text);

    [Theory]
    [InlineData("""[{"a":1,"b":2},{"a":1,"a":3,"b":4}]""", """[{"a":1,"b":2},{"a":3,"b":4}]""")]
    [InlineData("""[{"a":1,"b":2},{"a":1,"b":3,"a":4,"c":5}]""", """[{"a":1,"b":2},{"a":4,"b":3,"c":5}]""")]
    [InlineData("""[{"a":1,"b":2},{"\u0061":3,"b":4},{"a":5,"\u0061":6,"\u0062":7}]""", """[{"a":1,"b":2},{"a":3,"b":4},{"a":6,"b":7}]""")]
    public void A_key_that_is_there_already_gets_the_last_value(string text, string expected) =>
        WrittenBack(text).ShouldBe(expected);

    [Fact]
    public void A_map_has_room_for_as_many_keys_as_the_one_before_it()
    {
        Value rows = LibraryCalls.Call(_context, "json.parse", """[{"a":1,"b":2,"c":3,"d":4,"e":5},{"a":1,"b":2,"c":3,"d":4,"e":5}]""");
        ListObject list = (ListObject)rows.Ref!;
        ((MapObject)list.Get(1).Ref!).OwnBytes.ShouldBe(HashTable.EmptyBytes + (5 * 16));
        ((MapObject)list.Get(0).Ref!).Shape.ShouldBeSameAs(((MapObject)list.Get(1).Ref!).Shape);
    }

    [Fact]
    public void Nesting_beyond_the_frame_limit_is_a_stack_overflow_when_reading_and_writing()
    {
        string deep = new string('[', 1001) + new string(']', 1001);
        LibraryCalls.Show(_context, "json.parse", deep).ShouldBe("!" + ErrorKinds.StackOverflow);
        LibraryCalls.Show(_context, "json.parse", new string('[', 5_000_000)).ShouldBe("!" + ErrorKinds.StackOverflow);
        Value nested = Value.FromObject(new ListObject());
        for (int i = 0; i < 1001; i++)
        {
            nested = Value.FromObject(ListObject.Of(_context, [nested]));
        }

        LibraryCalls.Show(_context, "json.stringify", nested).ShouldBe("!" + ErrorKinds.StackOverflow);
    }

    [Fact]
    public void Nesting_up_to_the_frame_limit_reads_back()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"k\":[", 500)) + "1" + string.Concat(Enumerable.Repeat("]}", 500));
        Value value = LibraryCalls.Call(_context, "json.parse", deep);
        ((ScriptString)LibraryCalls.Call(_context, "json.stringify", value).Ref!).Text.ShouldBe(deep);
    }

    [Fact]
    public void A_cycle_is_a_value_error()
    {
        ListObject list = new();
        list.Add(_context, Value.FromObject(list));
        LibraryCalls.Show(_context, "json.stringify", list).ShouldBe("!" + ErrorKinds.ValueError);
    }

    [Fact]
    public void One_object_in_two_places_is_no_cycle()
    {
        Value shared = Value.FromObject(ListObject.OfInts([1], 1));
        Value nested = Value.FromObject(ListObject.Of(_context, [shared, shared]));
        for (int i = 0; i < 100; i++)
        {
            nested = Value.FromObject(ListObject.Of(_context, [shared, nested, shared]));
        }

        LibraryCalls.Show(_context, "json.stringify", nested).ShouldStartWith("\"[[1],[[1],");
    }

    [Fact]
    public void Bytes_written_count_against_the_memory_limit()
    {
        BareContext context = new();
        Value list = LibraryCalls.ToValue(context, new Items([.. Enumerable.Repeat((object)"some text", 10_000)]));
        context.Memory.Left = 50_000;
        LibraryCalls.Show(context, "json.stringify", list).ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Theory]
    [InlineData("{\"é😀\": tru}", "expected a value at line 1, column 9, found 't'")]
    [InlineData("[\n\"é😀\",01]", "expected ',' or ']' at line 2, column 8, found '1'")]
    [InlineData("[-]", "expected a digit at line 1, column 3, found ']'")]
    [InlineData("12x", "expected the end of the text at line 1, column 3, found 'x'")]
    [InlineData("{\"a\" 1}", "expected ':' at line 1, column 6, found '1'")]
    [InlineData("{\"a\":1,}", "expected a key in double quotes at line 1, column 8, found '}'")]
    [InlineData("\"a", "expected a closing quote at line 1, column 3, found the end")]
    [InlineData("[\"a\tb\"]", "a control character must be escaped at line 1, column 4, found U+0009")]
    [InlineData("[1,,2]", "expected a value at line 1, column 4, found ','")]
    public void Errors_report_the_expected_text_with_columns_in_code_units(string text, string message) =>
        LibraryCalls.ErrorOf(_context, "json.parse", text).ShouldBe("ValueError: json.parse: " + message);

    [Theory]
    [InlineData("\"a\\x\"", 4, "'x'")]
    [InlineData("\"\\u12g4\"", 6, "'g'")]
    [InlineData("\"\\", 3, "the end")]
    public void A_wrong_escape_is_reported(string text, int column, string found) =>
        LibraryCalls.ErrorOf(_context, "json.parse", text).ShouldBe(
            "ValueError: json.parse: expected an escape \\\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t or \\u with four hexadecimal digits "
            + $"at line 1, column {column}, found {found}");

    [Fact]
    public void Lone_surrogates_survive_raw_and_escaped()
    {
        Parsed("\"\ud83dx\ude00\\ud83d\\ude00\\udc00\\n\"").ShouldBe("\ud83dx\ude00😀\udc00\n");
        Written("\ud83dx\ude00😀한").ShouldBe("\"\\ud83dx\\ude00😀한\"");
        LibraryCalls.ErrorOf(_context, "json.parse", "[\"\ud800\" 1]").ShouldEndWith("line 1, column 6, found '1'");
        MapObject map = new();
        map.Set(_context, Value.FromText("\udc00k"), Value.FromInt(1));
        Written(map).ShouldBe("{\"\\udc00k\":1}");
    }

    [Fact]
    public void Texts_longer_than_a_piece_read_back() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>, PositiveInt>((part, shift) =>
    {
        string text = new string('é', shift.Get) + string.Concat(Enumerable.Repeat(part.Get + "😀\ud800", 5000));
        ListObject list = ListObject.Of(_context, [Value.FromText(text), Value.FromInt(7), Value.FromText(text)]);
        Value back = LibraryCalls.Call(_context, "json.parse", LibraryCalls.Call(_context, "json.stringify", list, 1));
        return ((ScriptString)((ListObject)back.Ref!).Get(2).Ref!).Text == text;
    }));

    [Fact]
    public void Blanks_longer_than_a_piece_are_skipped_and_counted()
    {
        string blanks = string.Concat(Enumerable.Repeat(" \t\r\n", 20_000));
        LibraryCalls.Show(_context, "json.parse", $"{blanks}[1,{blanks}2]{blanks}").ShouldBe("[1, 2]");
        LibraryCalls.ErrorOf(_context, "json.parse", $"{blanks}[1,{blanks} x]")
            .ShouldEndWith("expected a value at line 40001, column 2, found 'x'");
    }

    [Fact]
    public void Every_figure_is_on_its_line()
    {
        Value big = LibraryCalls.Call(_context, "json.parse", "[1.5, 2, 123456789012345678901234567890, {\"a\": 0.5}, [0.25]]");
        ((ScriptString)LibraryCalls.Call(_context, "json.stringify", big, 1).Ref!).Text.ShouldBe(
            "[\n 1.5,\n 2,\n 123456789012345678901234567890,\n {\n  \"a\": 0.5\n },\n [\n  0.25\n ]\n]");
    }

    [Theory]
    [InlineData("--")]
    [InlineData(" \t")]
    [InlineData("\n")]
    public void An_indentation_is_spaces_or_tabs(string indent) =>
        LibraryCalls.Show(_context, "json.stringify", new Items([1]), indent).ShouldBe("!" + ErrorKinds.ValueError);

    [Fact]
    public void Long_texts_take_steps_while_they_are_read()
    {
        BareContext context = new() { Budget = { Left = 10_000 } };
        LibraryCalls.Show(context, "json.parse", "\"" + new string('a', 1_000_000) + "\"").ShouldBe("!" + ErrorKinds.LimitExceeded);
        context.Budget.Left = 10_000;
        LibraryCalls.Show(context, "json.stringify", new string('a', 1_000_000)).ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void Bytes_read_count_against_the_memory_limit()
    {
        BareContext context = new() { Memory = { Left = 50_000 } };
        LibraryCalls.Show(context, "json.parse", "[\"" + new string('a', 40_000) + "\"]").ShouldBe("!" + ErrorKinds.LimitExceeded);
    }

    [Fact]
    public void The_escaper_escapes_text_of_both_encodings_alike()
    {
        JsonEscaper.Instance.Encode("q\"\\\n\u001fé😀<").ShouldBe("q\\\"\\\\\\n\\u001fé😀<");
        JsonEscaper.Instance.Encode("plain é").ShouldBe("plain é");
        Written("q\"\\\n\u001fé😀<").ShouldBe("\"q\\\"\\\\\\n\\u001fé😀<\"");
    }

    private string Parsed(string text) => ((ScriptString)LibraryCalls.Call(_context, "json.parse", text).Ref!).Text;

    private string Written(object value) => ((ScriptString)LibraryCalls.Call(_context, "json.stringify", value).Ref!).Text;

    private string WrittenBack(string text)
    {
        Value parsed = LibraryCalls.Call(_context, "json.parse", text);
        return ((ScriptString)LibraryCalls.Call(_context, "json.stringify", parsed).Ref!).Text;
    }
}
