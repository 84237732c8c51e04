using System;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>A clock on which a fifth of a second passes whenever it is looked at, so that what measures time or sleeps does the same in every run.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _now;

    public override long TimestampFrequency => 5;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => ++_now;

    public override DateTimeOffset GetUtcNow() => Beginning + TimeSpan.FromSeconds((double)GetTimestamp() / TimestampFrequency);
}
