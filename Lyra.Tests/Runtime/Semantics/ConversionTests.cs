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

public sealed class ConversionTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Int_texts_read_back_in_every_notation()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Numbers.Ints, value =>
        {
            string sign = value.Sign < 0 ? "-" : string.Empty;
            BigInteger magnitude = BigInteger.Abs(value);
            return Parsed(Formatting.ToText(_context, Value.FromBig(value))) == value
                && Parsed($" {sign}0x{magnitude:x} ") == value
                && Parsed($"{sign}0B{magnitude:b}") == value;
        }));
    }

    [Theory]
    [InlineData(" 12 ", "12")]
    [InlineData("-0x1F", "-31")]
    [InlineData("0b101", "5")]
    [InlineData("0o17", "15")]
    [InlineData("0O7_7", "63")]
    [InlineData("1_000", "1000")]
    [InlineData("+5", "5")]
    [InlineData("\t7\n", "7")]
    [InlineData("007", "7")]
    [InlineData("-0", "0")]
    [InlineData("0xFFFF_FFFF_FFFF_FFFF_FFFF", "1208925819614629174706175")]
    [InlineData("0o7777777777777777777777777", "37778931862957161709567")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Texts_of_ints_are_read(string text, string expected) => Parsed(text)
        .ShouldBe(BigInteger.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("--1")]
    [InlineData("- 1")]
    [InlineData("0xZZ")]
    [InlineData("0x")]
    [InlineData("0b2")]
    [InlineData("0o8")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1 2")]
    [InlineData("12a")]
    [InlineData("٣")]
    public void Other_texts_are_no_ints(string text) =>
        ScriptErrors.KindOf(() => Conversion.ToInt(_context, Value.FromText(text))).ShouldBe(ErrorKinds.ValueError);

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("1e3", 1000)]
    [InlineData("-2", -2)]
    [InlineData(" +1_000.5 ", 1000.5)]
    [InlineData(".5", 0.5)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("1e999", double.PositiveInfinity)]
    public void Texts_of_floats_are_read(string text, double expected) => Conversion.ToFloat(_context, Value.FromText(text))
        .AsFloat.ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-")]
    [InlineData("1.5x")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1_.5")]
    [InlineData("1__e5_")]
    [InlineData("1e")]
    public void Other_texts_are_no_floats(string text) =>
        ScriptErrors.KindOf(() => Conversion.ToFloat(_context, Value.FromText(text))).ShouldBe(ErrorKinds.ValueError);

    [Fact]
    public void Floats_truncate_to_ints()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Numbers.Floats, value => double.IsFinite(value)
            ? Conversion.ToInt(_context, Value.FromFloat(value)).AsBig == new BigInteger(value)
            : ScriptErrors.KindOf(() => Conversion.ToInt(_context, Value.FromFloat(value))) == ErrorKinds.ValueError));
    }

    /// <summary>The expected float is the result of parsing the int's decimal digits, which the BCL rounds correctly.</summary>
    [Fact]
    public void Ints_become_the_nearest_float()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Numbers.Ints, Numbers.Ints, (a, b) =>
        {
            BigInteger value = a * b;
            return Conversion.BigToFloat(value)
                .Equals(double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }));
        Conversion.BigToFloat(BigInteger.Pow(10, 400)).ShouldBe(double.PositiveInfinity);
        Conversion.BigToFloat(BigInteger.Pow(2, 1024) - BigInteger.Pow(2, 970) - 1).ShouldBe(double.MaxValue);
        Conversion.BigToFloat(BigInteger.Pow(2, 1024) - BigInteger.Pow(2, 970)).ShouldBe(double.PositiveInfinity);
        Conversion.BigToFloat(-BigInteger.Pow(2, 2000)).ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void Other_values_are_type_errors()
    {
        ScriptErrors.KindOf(() => Conversion.ToInt(_context, Value.Nil)).ShouldBe(ErrorKinds.TypeError);
        ScriptErrors.KindOf(() => Conversion.ToFloat(_context, Value.Nil)).ShouldBe(ErrorKinds.TypeError);
        Conversion.ToInt(_context, Value.True).AsInt.ShouldBe(1);
        Conversion.ToFloat(_context, Value.False).AsFloat.ShouldBe(0);
    }

    private BigInteger Parsed(string text) => Conversion.ToInt(_context, Value.FromText(text)).AsBig;
}
