using System;
using System.Collections.Generic;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraValueTests
{
    [Fact]
    public void The_default_is_nil()
    {
        LyraValue value = default;
        value.IsNil.ShouldBeTrue();
        value.Kind.ShouldBe(ValueKind.Nil);
        value.ShouldBe(LyraValue.Nil);
        value.As<string?>().ShouldBeNull();
        value.As<int?>().ShouldBeNull();
        value.As<object?>().ShouldBeNull();
    }

    [Fact]
    public void It_takes_sixteen_bytes() => System.Runtime.CompilerServices.Unsafe.SizeOf<LyraValue>().ShouldBe(16);

    [Fact]
    public void Primitives_convert_implicitly()
    {
        LyraValue[] values =
        [
            true, (sbyte)-1, (byte)1, (short)-2, (ushort)2, 3, 4U, 5L, ulong.MaxValue, (nint)6, (nuint)7, BigInteger.Pow(2, 100), 1.5f, 2.5,
            'c', "text",
        ];
        ValueKind[] kinds = Array.ConvertAll(values, static v => v.Kind);
        kinds.ShouldBe(
        [
            ValueKind.Bool, ValueKind.Int, ValueKind.Int, ValueKind.Int, ValueKind.Int, ValueKind.Int, ValueKind.Int, ValueKind.Int,
            ValueKind.Int,
            ValueKind.Int, ValueKind.Int, ValueKind.Int, ValueKind.Float, ValueKind.Float, ValueKind.Str, ValueKind.Str,
        ]);
        values[8].As<ulong>().ShouldBe(ulong.MaxValue);
        values[11].As<BigInteger>().ShouldBe(BigInteger.Pow(2, 100));
        ((LyraValue)(string?)null).IsNil.ShouldBeTrue();
        ((LyraValue)0.1m).As<double>().ShouldBe(0.1);
    }

    [Fact]
    public void Every_long_survives_the_round_trip() => Check.One(
        Config.QuickThrowOnFailure, Prop.ForAll<long>(n => ((LyraValue)n).As<long>() == n && ((LyraValue)n).As<BigInteger>() == n));

    [Fact]
    public void Every_string_survives_the_round_trip() => Check.One(
        Config.QuickThrowOnFailure, Prop.ForAll<string?>(s => ((LyraValue)s).As<string?>() == s));

    [Fact]
    public void An_int_is_read_as_any_number_type_that_holds_it()
    {
        LyraValue value = 200;
        value.As<byte>().ShouldBe((byte)200);
        value.As<short>().ShouldBe((short)200);
        value.As<ulong>().ShouldBe(200UL);
        value.As<Int128>().ShouldBe(200);
        value.As<nint>().ShouldBe(200);
        value.As<double>().ShouldBe(200.0);
        value.As<float>().ShouldBe(200f);
        value.As<decimal>().ShouldBe(200m);
        value.As<long?>().ShouldBe(200L);
        value.TryAs(out sbyte _).ShouldBeFalse();
        ((LyraValue)(-1)).TryAs(out uint _).ShouldBeFalse();
    }

    [Fact]
    public void A_float_is_never_read_as_an_int()
    {
        LyraValue value = 2.0;
        value.TryAs(out int _).ShouldBeFalse();
        value.TryAs(out BigInteger _).ShouldBeFalse();
        value.As<decimal>().ShouldBe(2m);
        ((LyraValue)double.NaN).TryAs(out decimal _).ShouldBeFalse();
        ((LyraValue)1e300).TryAs(out decimal _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("str", "System.Int32", "text")]
    [InlineData("bool", "System.String", true)]
    [InlineData("float", "System.Int64", 1.5)]
    [InlineData("nil", "System.Boolean", null)]
    public void A_failed_conversion_names_both_types(string script, string host, object? value)
    {
        LyraValue read = LyraValue.From(value);
        Action conversion = host switch
        {
            "System.Int32" => () => read.As<int>(),
            "System.String" => () => read.As<string>(),
            "System.Int64" => () => read.As<long>(),
            _ => () => read.As<bool>(),
        };
        string message = conversion.ShouldThrow<InvalidCastException>().Message;
        message.ShouldContain($"type {script} ");
        message.ShouldContain(host);
    }

    [Fact]
    public void An_int_out_of_range_is_reported() =>
        Should.Throw<InvalidCastException>(() => ((LyraValue)300).As<byte>())
            .Message.ShouldBe("The int 300 is outside the range of the .NET type System.Byte.");

    [Fact]
    public void A_huge_int_is_not_printed_in_a_message() =>
        Should.Throw<InvalidCastException>(() => ((LyraValue)BigInteger.Pow(10, 100_000)).As<int>()).Message.Length.ShouldBeLessThan(200);

    [Fact]
    public void A_char_is_a_str_of_one_code_unit()
    {
        ((LyraValue)"x").As<char>().ShouldBe('x');
        ((LyraValue)"xy").TryAs(out char _).ShouldBeFalse();
    }

    [Fact]
    public void An_enum_is_read_by_name_or_number_and_written_by_name()
    {
        LyraValue.From(DayOfWeek.Friday).As<string>().ShouldBe("Friday");
        ((LyraValue)"Friday").As<DayOfWeek>().ShouldBe(DayOfWeek.Friday);
        ((LyraValue)5).As<DayOfWeek>().ShouldBe(DayOfWeek.Friday);
        ((LyraValue)"5").TryAs(out DayOfWeek _).ShouldBeFalse();
        ((LyraValue)"Someday").TryAs(out DayOfWeek _).ShouldBeFalse();
    }

    [Fact]
    public void Equality_is_that_of_the_language()
    {
        ((LyraValue)1 == 1.0).ShouldBeTrue();
        ((LyraValue)1 == true).ShouldBeFalse();
        ((LyraValue)"1" == 1).ShouldBeFalse();
        ((LyraValue)double.NaN == double.NaN).ShouldBeFalse();
        (List(1, 2) == List(1.0, 2.0)).ShouldBeTrue();
        (List(1, 2) != List(2, 1)).ShouldBeTrue();
    }

    [Fact]
    public void Equal_values_hash_alike()
    {
        ((LyraValue)1).GetHashCode().ShouldBe(((LyraValue)1.0).GetHashCode());
        List(1).GetHashCode().ShouldBe(List(1.0).GetHashCode());
        LyraValue.From((1, List(2))).GetHashCode().ShouldBe(LyraValue.From((1, List(2))).GetHashCode());
        LyraValue nan = double.NaN;
        nan.Equals(nan).ShouldBeTrue();
        nan.Equals((object)nan).ShouldBeTrue();
        nan.Equals((object)double.NaN).ShouldBeFalse("it is no value of a script");
        new HashSet<LyraValue> { nan }.ShouldContain(nan);
    }

    [Fact]
    public void To_string_is_the_literal_form()
    {
        ((LyraValue)"a\nb").ToString().ShouldBe("\"a\\nb\"");
        LyraValue.From(new object?[] { 1, 2.0, "x", null, true }).ToString().ShouldBe("[1, 2.0, \"x\", nil, true]");
        LyraValue.From((1, "a")).ToString().ShouldBe("(1, \"a\")");
        LyraValue.From(new Dictionary<string, int> { ["a"] = 1 }).ToString().ShouldBe("{\"a\": 1}");
    }

    /// <summary>
    /// Sixty nested lists that have 2^60 elements when written out. No traversal by the host may be endless or exhaust the process's
    /// memory.
    /// </summary>
    [Fact]
    public void A_host_walk_over_deeply_nested_script_values_ends()
    {
        using StillClock clock = new();
        using LyraEngine engine = new();
        LyraValue tree = engine.Run("proc tree(n) { var t = 1; for i in 0..n { t = (t, t) }; return t }; tree(60)");
        LyraValue same = engine.Run("tree(60)");

        tree.ToString().ShouldBe("<tuple: LimitExceeded: outside a run, an operation on a value may take at most 50,000,000 steps>");
        engine.Run("[\"x\" * 100000] * 3000").ToString()
            .ShouldBe("<list: LimitExceeded: outside a run, the text of a value may take at most 256 MB>");
        Should.Throw<LyraLimitException>(() => tree == same).Limit.ShouldBe(LimitKind.Steps);
        tree.GetHashCode().ShouldBe((int)ValueKind.Tuple);
        engine.Run("tree(3)").ToString().ShouldBe("(((1, 1), (1, 1)), ((1, 1), (1, 1)))");
    }

    [Fact]
    public void A_hook_counts_in_a_walk_of_the_host()
    {
        using StillClock clock = new();
        using LyraEngine engine = new();
        int calls = 0;
        engine.Define("show", (LyraValue inner) =>
        {
            calls++;
            return inner.ToString();
        });
        LyraValue tree =
            engine.Run("struct S { x; proc __str(self) { return show(1) } }; var t = [S(1)]; for i in 0..60 { t = [t, t] }; t");

        tree.ToString().ShouldBe("<list: LimitExceeded: outside a run, an operation on a value may take at most 50,000,000 steps>");
        calls.ShouldBeInRange(25_000, 50_000);
    }

    /// <summary>The clock may end a walk, too.</summary>
    [Fact]
    public void The_text_of_a_big_int_takes_a_bounded_time()
    {
        using LyraEngine engine = new();
        LyraValue big = engine.Run("1 << 10000000");
        using StillClock clock = new(TimeSpan.FromSeconds(2));

        big.ToString().ShouldBe("<int: LimitExceeded: outside a run, an operation on a value may take at most 5 seconds>");
    }

    /// <summary>Replaces the clock of this thread's walks, so that a busy machine does not end them.</summary>
    private sealed class StillClock : IDisposable
    {
        /// <param name="step">How far the clock goes at each look.</param>
        public StillClock(TimeSpan step = default) => DetachedContext.ForScriptValues.Clock = new LookClock(step);

        public void Dispose() => DetachedContext.ForScriptValues.Clock = TimeProvider.System;
    }

    private static LyraValue List(params LyraValue[] items) => LyraValue.From(items);
}
