using System;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>
/// A clock that advances by a fifth of a second whenever it is read, so that scripts that measure time or sleep are deterministic.
/// </summary>
internal sealed class SteppingClock : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _now;

    public override long TimestampFrequency => 5;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => ++_now;

    public override DateTimeOffset GetUtcNow() => Beginning + TimeSpan.FromSeconds((double)GetTimestamp() / TimestampFrequency);
}
