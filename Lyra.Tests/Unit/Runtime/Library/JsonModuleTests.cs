using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Library;

public sealed class JsonModuleTests
{
    private readonly LibraryContext _context = new();

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
    [InlineData("[1,\n  x]", "a value is wanted at line 2, column 3, found 'x'")]
    [InlineData("[1", "',' or ']' is wanted at line 1, column 3, found the end")]
    [InlineData("{\"a\":\n\n 1 \u0007", "',' or '}' is wanted at line 3, column 4, found U+0007")]
    public void Errors_tell_line_and_column(string text, string message) =>
        LibraryCalls.ErrorOf(_context, "json.parse", text).ShouldBe("ValueError: parse: " + message);

    [Fact]
    public void Every_text_reads_back() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>>(text =>
    {
        Value written = LibraryCalls.Call(_context, "json.stringify", text.Get);
        return ((ScriptString)LibraryCalls.Call(_context, "json.parse", written).Ref!).Text == text.Get;
    }));

    [Fact]
    public void Every_finite_float_and_int_reads_back() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<double, long>((number, whole) =>
    {
        double finite = double.IsFinite(number) ? number : 0.5;
        Value back = LibraryCalls.Call(_context, "json.parse", LibraryCalls.Call(_context, "json.stringify", new Items([finite, whole])));
        ListObject list = (ListObject)back.Ref!;
        return list.Get(0).AsFloat.Equals(finite) && list.Get(0).IsFloat && list.Get(1).AsInt == whole;
    }));

    [Fact]
    public void Nesting_beyond_the_frame_limit_is_a_stack_overflow_both_ways()
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
    public void What_is_written_counts_against_the_memory_limit()
    {
        LibraryContext context = new();
        Value list = LibraryCalls.ToValue(context, new Items([.. Enumerable.Repeat((object)"some text", 10_000)]));
        context.MemoryLeft = 50_000;
        LibraryCalls.Show(context, "json.stringify", list).ShouldBe("!" + ErrorKinds.LimitExceeded);
    }
}
