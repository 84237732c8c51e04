using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class ClockAndRandomTests
{
    private readonly BareContext _context = new();

    [Fact]
    public void Clocks_are_monotonic_and_need_no_capability()
    {
        BareContext context = new(LyraCapabilities.None);
        foreach (string name in new[] { "clock", "time.monotonic" })
        {
            double first = LibraryCalls.Call(context, name).AsFloat;
            LibraryCalls.Call(context, name).AsFloat.ShouldBeGreaterThanOrEqualTo(first);
        }
    }

    [Fact]
    public void The_time_of_day_is_that_of_the_host()
    {
        _context.HostOptions = new HostServices { Capabilities = LyraCapabilities.Clock, Time = new FixedTime() };
        LibraryCalls.Show(_context, "time.now").ShouldBe("1000000000.25");
        LibraryCalls.Show(_context, "time.iso").ShouldBe("\"2001-09-09T01:46:40.250Z\"");
        LibraryCalls.Show(_context, "date.today").ShouldBe("2001-09-09");
        LibraryCalls.Show(_context, "date.now").ShouldBe("2001-09-09T03:46:40.25+02:00");
    }

    [Theory]
    [InlineData("time.now")]
    [InlineData("time.iso")]
    [InlineData("date.today")]
    [InlineData("date.now")]
    [InlineData("uuid.v7")]
    [InlineData("os.env")]
    [InlineData("input")]
    public void Without_its_capability_it_is_denied(string name)
    {
        string message = LibraryCalls.ErrorOf(new BareContext(LyraCapabilities.None), name);
        message.ShouldStartWith(ErrorKinds.IOError);
        message.ShouldContain("denied");
    }

    [Theory]
    [InlineData("uuid.v4", '4')]
    [InlineData("uuid.v7", '7')]
    public void Each_uuid_is_new(string name, char version)
    {
        _context.HostOptions = new HostServices { Capabilities = LyraCapabilities.Clock, Time = new FixedTime() };
        string first = LibraryCalls.Show(_context, name);
        first.Length.ShouldBe(38);
        first[15].ShouldBe(version);
        LibraryCalls.Show(_context, name).ShouldNotBe(first);
        LibraryCalls.Show(_context, "uuid.parse", first.Trim('"').ToUpperInvariant()).ShouldBe(first);
    }

    [Fact]
    public void A_given_time_needs_no_capability() =>
        LibraryCalls.Show(new BareContext(LyraCapabilities.None), "time.iso", 0).ShouldBe("\"1970-01-01T00:00:00.000Z\"");

    [Fact]
    public void The_environment_is_a_map()
    {
        Value all = LibraryCalls.Call(_context, "os.env");
        all.Ref.ShouldBeOfType<MapObject>().TryGetText("PATH", out Value path).ShouldBeTrue();
        LibraryCalls.Show(_context, "os.env", "PATH").ShouldBe(LibraryCalls.Show(_context, "tostring", path));
    }

    [Fact]
    public void A_seed_repeats_the_sequence()
    {
        List<string> first = Draw(42);
        Draw(42).ShouldBe(first);
        Draw(43).ShouldNotBe(first);
        Draw(BigInteger.Pow(2, 100)).ShouldBe(Draw(BigInteger.Pow(2, 100)));
        Draw(BigInteger.Pow(2, 100)).ShouldNotBe(Draw(BigInteger.Pow(2, 101)));
    }

    /// <summary>The published outputs of SplitMix64 for the seed 1234567.</summary>
    [Fact]
    public void The_generator_is_splitmix64()
    {
        LibraryCalls.Call(_context, "random.seed", 1234567);
        Enumerable.Range(0, 3).Select(_ => RandomModule.Next(_context))
            .ShouldBe([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL]);
    }

    [Theory]
    [InlineData("1", "6")]
    [InlineData("-3", "3")]
    [InlineData("-9223372036854775808", "9223372036854775807")]
    [InlineData("0", "18446744073709551616")]
    [InlineData("-1267650600228229401496703205376", "1267650600228229401496703205376")]
    public void Ints_stay_between_both_ends(string low, string high)
    {
        BigInteger from = BigInteger.Parse(low, System.Globalization.CultureInfo.InvariantCulture);
        BigInteger to = BigInteger.Parse(high, System.Globalization.CultureInfo.InvariantCulture);
        for (int i = 0; i < 200; i++)
        {
            BigInteger drawn = LibraryCalls.Call(_context, "random.int", from, to).AsBig;
            drawn.ShouldBeGreaterThanOrEqualTo(from);
            drawn.ShouldBeLessThanOrEqualTo(to);
        }
    }

    [Fact]
    public void A_choice_reaches_all_of_a_range_beyond_64_bits()
    {
        RangeObject range = RangeObject.Create(_context, Value.FromInt(0), Value.FromBig(BigInteger.Pow(2, 70)), Value.FromInt(1), false);
        List<BigInteger> drawn = [.. Enumerable.Range(0, 50).Select(_ => LibraryCalls.Call(_context, "random.choice", range).AsBig)];
        drawn.ShouldAllBe(d => range.Contains(_context, Value.FromBig(d)));
        drawn.ShouldContain(d => d >= BigInteger.Pow(2, 69));
        drawn.ShouldContain(d => d < BigInteger.Pow(2, 69));
    }

    [Fact]
    public void Small_ranges_are_drawn_evenly()
    {
        int[] counts = new int[6];
        for (int i = 0; i < 6000; i++)
        {
            counts[LibraryCalls.Call(_context, "random.int", 0, 5).AsInt]++;
        }

        counts.ShouldAllBe(c => c > 850 && c < 1150);
    }

    [Fact]
    public void Floats_lie_between_0_and_1()
    {
        for (int i = 0; i < 1000; i++)
        {
            LibraryCalls.Call(_context, "random.float").AsFloat.ShouldBeInRange(0, 1 - 1e-16);
        }
    }

    [Fact]
    public void Shuffling_keeps_the_elements()
    {
        ListObject list = ListObject.OfInts([.. Enumerable.Range(0, 100).Select(i => (long)i)], 100);
        LibraryCalls.Call(_context, "random.shuffle", list);
        list.Ints.ShouldNotBe(Enumerable.Range(0, 100).Select(i => (long)i));
        list.Ints.Order().ShouldBe(Enumerable.Range(0, 100).Select(i => (long)i));
    }

    private List<string> Draw(object seed)
    {
        LibraryCalls.Call(_context, "random.seed", seed);
        return [.. Enumerable.Range(0, 20).Select(_ => LibraryCalls.Show(_context, "random.int", 0, 1_000_000))];
    }

    private sealed class FixedTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two");

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_000_000_000.25);
    }
}
