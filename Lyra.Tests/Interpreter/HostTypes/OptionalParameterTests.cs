using System;
using System.Globalization;
using System.Numerics;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>A method of the host gets the default value of each parameter that a script leaves out, in both tiers.</summary>
public sealed class OptionalParameterTests
{
    public enum Mode
    {
        Off,
        Run,
    }

    public enum Narrow : byte
    {
        Low,
        High = 200,
    }

    public enum Wide : ulong
    {
        Low,
        High = ulong.MaxValue,
    }

    [Theory]
    [InlineData("mode", "Run")]
    [InlineData("nullableMode", "Run")]
    [InlineData("nullableNarrow", "High")]
    [InlineData("nullableWide", "High")]
    [InlineData("noMode", "")]
    [InlineData("nullableInt", "5")]
    [InlineData("nullableFloat", "2.5")]
    [InlineData("exact", "1.5")]
    [InlineData("nullableExact", "1.5")]
    [InlineData("date", "0001-01-01T00:00:00")]
    [InlineData("noDate", "")]
    [InlineData("big", "0")]
    [InlineData("letter", "c")]
    [InlineData("rest", "0")]
    public void Method_gets_the_default_value_of_a_parameter(string method, string expected)
    {
        foreach (JitMode jit in new[] { JitMode.Off, JitMode.On })
        {
            using LyraEngine engine = new(new LyraOptions { Jit = jit });
            engine.DefineType<Options>(new LyraTypeOptions { Members = LyraMembers.All });
            engine.Define("options", new Options());
            engine.Run($"var last = \"\"; for i in 0..3000 {{ last = options.{method}() }}; last").As<string>().ShouldBe(expected);
        }
    }

    [Fact]
    public void Record_gets_the_default_value_of_a_parameter()
    {
        using LyraEngine engine = new();
        engine.Run("({})").As<Settings>().ShouldBe(new Settings(Mode.Run, Narrow.High, 5));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-3")]
    [InlineData("Run")]
    public void Enum_value_is_stored_as_it_was_read(string text)
    {
        using LyraEngine engine = new();
        engine.DefineType<Switch>(new LyraTypeOptions { Members = LyraMembers.All });
        engine.Define("from", new Switch { Mode = Enum.Parse<Mode>(text), Days = (Days)5 });
        engine.Define("to", new Switch());
        engine.Run("to.mode = from.mode; to.days = from.days; \"${to.mode} ${to.days}\"").As<string>()
            .ShouldBe($"{text} Monday, Wednesday");
    }

    [Flags]
    public enum Days
    {
        None,
        Monday,
        Tuesday,
        Wednesday = 4,
    }

    public sealed record Settings(Mode? Mode = OptionalParameterTests.Mode.Run, Narrow? Narrow = Narrow.High, int? Count = 5);

    public sealed class Switch
    {
        public Mode Mode { get; set; }

        public Days Days { get; set; }
    }

    public sealed class Options
    {
        public string Mode(Mode mode = OptionalParameterTests.Mode.Run) => Text(mode);

        public string NullableMode(Mode? mode = OptionalParameterTests.Mode.Run) => Text(mode);

        public string NullableNarrow(Narrow? narrow = Narrow.High) => Text(narrow);

        public string NullableWide(Wide? wide = Wide.High) => Text(wide);

        public string NoMode(Mode? mode = null) => Text(mode);

        public string NullableInt(int? number = 5) => Text(number);

        public string NullableFloat(double? number = 2.5) => Text(number);

        public string Exact(decimal number = 1.5m) => Text(number);

        public string NullableExact(decimal? number = 1.5m) => Text(number);

        public string Date(DateTime date = default) => date.ToString("s", CultureInfo.InvariantCulture);

        public string NoDate(DateTime? date = null) => Text(date);

        public string Big(BigInteger number = default) => Text(number);

        public string Letter(char letter = 'c') => Text(letter);

        public string Rest(params int[] numbers) => Text(numbers.Length);

        private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
    }
}
