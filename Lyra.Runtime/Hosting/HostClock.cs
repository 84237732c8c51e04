using System;

namespace Lyra.Runtime.Hosting;

/// <summary>A clock that the host supplied. As with all host code, its exceptions become errors of the script.</summary>
internal sealed class HostClock : TimeProvider
{
    private readonly TimeProvider _inner;

    private HostClock(TimeProvider inner) => _inner = inner;

    public override long TimestampFrequency => Read(static clock => clock.TimestampFrequency);

    public override TimeZoneInfo LocalTimeZone => Read(static clock => clock.LocalTimeZone);

    /// <summary>Returns the clock in the form that scripts use.</summary>
    public static TimeProvider Of(TimeProvider clock) => ReferenceEquals(clock, System) ? clock : new HostClock(clock);

    public override long GetTimestamp() => Read(static clock => clock.GetTimestamp());

    public override DateTimeOffset GetUtcNow() => Read(static clock => clock.GetUtcNow());

    private T Read<T>(Func<TimeProvider, T> selector)
    {
        try
        {
            return selector(_inner);
        }
        catch (Exception e)
        {
            // The host supplies the clock, so its exceptions become a HostError.
            throw HostTasks.ErrorFor(e);
        }
    }
}
