using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Dates, times, datetimes and durations as values of scripts and as values of a host.</summary>
public sealed class DateTests
{
    private const string Day = "let d = date.of(2026, 11, 27)\n";
    private const string Moment = "let m = date.parse(\"2026-11-27T09:30:15.25+01:00\")\n";

    /// <summary>An expression for each member of the types, and its text.</summary>
    private static readonly Dictionary<string, (string Expression, string Text)> Members = new()
    {
        ["date.year"] = ("d.year", "2026"),
        ["date.month"] = ("d.month", "11"),
        ["date.day"] = ("d.day", "27"),
        ["date.weekday"] = ("d.weekday", "5"),
        ["date.dayOfYear"] = ("d.dayOfYear", "331"),
        ["date.isoWeek"] = ("d.isoWeek", "48"),
        ["date.plusMonths"] = ("d.plusMonths(3)", "2027-02-27"),
        ["date.plusYears"] = ("d.plusYears(-2)", "2024-11-27"),
        ["date.startOf"] = ("d.startOf(\"week\")", "2026-11-23"),
        ["date.at"] = ("d.at(\"09:30\", \"+02:00\")", "2026-11-27T09:30:00+02:00"),
        ["date.format"] = ("d.format(\"dd.MM.yy\")", "27.11.26"),
        ["time.hour"] = ("m.time.hour", "9"),
        ["time.minute"] = ("m.time.minute", "30"),
        ["time.second"] = ("m.time.second", "15"),
        ["time.millis"] = ("m.time.millis", "250"),
        ["time.format"] = ("m.time.format()", "09:30:15.25"),
        ["datetime.year"] = ("m.year", "2026"),
        ["datetime.month"] = ("m.month", "11"),
        ["datetime.day"] = ("m.day", "27"),
        ["datetime.hour"] = ("m.hour", "9"),
        ["datetime.minute"] = ("m.minute", "30"),
        ["datetime.second"] = ("m.second", "15"),
        ["datetime.millis"] = ("m.millis", "250"),
        ["datetime.weekday"] = ("m.weekday", "5"),
        ["datetime.dayOfYear"] = ("m.dayOfYear", "331"),
        ["datetime.isoWeek"] = ("m.isoWeek", "48"),
        ["datetime.date"] = ("m.date", "2026-11-27"),
        ["datetime.time"] = ("m.time", "09:30:15.25"),
        ["datetime.offset"] = ("m.offset", "PT1H"),
        ["datetime.timestamp"] = ("m.timestamp", "1795768215.25"),
        ["datetime.plusMonths"] = ("m.plusMonths(1)", "2026-12-27T09:30:15.25+01:00"),
        ["datetime.plusYears"] = ("m.plusYears(1)", "2027-11-27T09:30:15.25+01:00"),
        ["datetime.toZone"] = ("m.toZone(\"UTC\")", "2026-11-27T08:30:15.25Z"),
        ["datetime.startOf"] = ("m.startOf(\"hour\")", "2026-11-27T09:00:00+01:00"),
        ["datetime.format"] = ("m.format(\"HH:mm zzz\")", "09:30 +01:00"),
        ["duration.days"] = ("(26.hours).days", "1"),
        ["duration.hours"] = ("(26.hours).hours", "2"),
        ["duration.minutes"] = ("(90.minutes).minutes", "30"),
        ["duration.seconds"] = ("(90.seconds).seconds", "30"),
        ["duration.millis"] = ("(1500.millis).millis", "500"),
        ["duration.totalDays"] = ("(36.hours).totalDays", "1.5"),
        ["duration.totalHours"] = ("(90.minutes).totalHours", "1.5"),
        ["duration.totalMinutes"] = ("(90.seconds).totalMinutes", "1.5"),
        ["duration.totalSeconds"] = ("(1500.millis).totalSeconds", "1.5"),
        ["duration.totalMillis"] = ("(1.seconds).totalMillis", "1000.0"),
        ["duration.abs"] = ("(0.hours - 1.hours).abs()", "PT1H"),
        ["duration.format"] = ("(90.minutes).format(\"hh\\\\:mm\")", "01:30"),
    };

    public static TheoryData<string> MemberNames => [.. Members.Keys];

    [Theory]
    [MemberData(nameof(MemberNames))]
    public void Each_member_gives_the_same_in_both_tiers(string name)
    {
        (string expression, string text) = Members[name];
        foreach (JitMode mode in new[] { JitMode.Off, JitMode.On })
        {
            using LyraEngine engine = new(new LyraOptions { Jit = mode, HotLoopThreshold = 5, CompilesInBackground = false });

            engine.Run($"import date\n{Day}{Moment}var s = \"\"\nfor i in 0..100 {{ s = tostring({expression}) }}\ns").As<string>()
                .ShouldBe(text);

            (engine.Statistics.Jit.CompiledSteps > 0).ShouldBe(mode == JitMode.On);
        }
    }

    [Fact]
    public void Each_member_has_an_example() => DateTypes.All()
        .SelectMany(static type => DateTypes.MembersOf(type.Name))
        .Select(static row => row.QualifiedName)
        .ShouldBe(Members.Keys, ignoreOrder: true);

    [Fact]
    public void A_host_gets_the_values_of_dotnet()
    {
        using LyraEngine engine = new();
        engine.Run("import date\n" + Day + Moment);
        engine.Run("import date\ndate.of(2026, 11, 27)").As<DateOnly>().ShouldBe(new DateOnly(2026, 11, 27));
        engine.Run("import date\ndate.parse(\"09:30\")").As<TimeOnly>().ShouldBe(new TimeOnly(9, 30));
        engine.Run("90.minutes").As<TimeSpan>().ShouldBe(TimeSpan.FromMinutes(90));
        LyraValue moment = engine.Run("import date\ndate.parse(\"2026-11-27T09:30:00+01:00\")");
        moment.As<DateTimeOffset>().ShouldBe(new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.FromHours(1)));
        moment.As<DateTime>().ShouldBe(new DateTime(2026, 11, 27, 8, 30, 0, DateTimeKind.Utc));
        moment.ToString().ShouldBe("2026-11-27T09:30:00+01:00");
    }

    [Theory]
    [InlineData(LyraDates.Text, "str str str str float")]
    [InlineData(LyraDates.Values, "date time datetime datetime duration")]
    public void A_host_chooses_what_scripts_see_of_its_dates(LyraDates dates, string types)
    {
        using LyraEngine engine = new(new LyraOptions { Dates = dates });
        engine.Define("day", () => new DateOnly(2026, 11, 27));
        engine.Define("hour", () => new TimeOnly(9, 30));
        engine.Define("moment", () => new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.Zero));
        engine.Define("local", () => new DateTime(2026, 11, 27, 9, 30, 0, DateTimeKind.Unspecified));
        engine.Define("span", () => TimeSpan.FromHours(1));
        const string source = "[day(), hour(), moment(), local(), span()].map(x => type(x)).join(\" \")";

        engine.Run(source).As<string>().ShouldBe(types);
        engine.Reset();
        engine.Run(source).As<string>().ShouldBe(types);
    }

    [Fact]
    public void Dates_of_a_host_are_those_of_the_module()
    {
        using LyraEngine engine = new(new LyraOptions { Dates = LyraDates.Values });
        DateOnly? seen = null;
        engine.Globals["d"] = LyraValue.From(new DateOnly(2026, 11, 27));
        engine.Define("see", (DateOnly day) => seen = day);

        engine.Run("import date\nsee(d() + 3.days)".Replace("d()", "date.of(2026, 11, 27)", StringComparison.Ordinal));
        seen.ShouldBe(new DateOnly(2026, 11, 30));
    }

    [Fact]
    public void The_clock_needs_the_grant_of_the_host()
    {
        using LyraEngine engine = new(new LyraOptions { Capabilities = LyraCapabilities.None });

        LyraException e = Should.Throw<LyraException>(() => engine.Run("import date\ndate.today()"));
        e.Kind.ShouldBe("IOError");
    }
}
