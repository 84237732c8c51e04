using System;

namespace Lyra.Runtime.Hosting;

/// <summary>A clock that the host supplied. As with all host code, its exceptions become errors of the script.</summary>
internal sealed class HostClock : TimeProvider
{
    private readonly TimeProvider _inner;

    private HostClock(TimeProvider inner) => _inner = inner;

    public override long TimestampFrequency => Ask(static clock => clock.TimestampFrequency);

    public override TimeZoneInfo LocalTimeZone => Ask(static clock => clock.LocalTimeZone);

    /// <summary>Returns the clock in the form that scripts use.</summary>
    public static TimeProvider Of(TimeProvider clock) => ReferenceEquals(clock, System) ? clock : new HostClock(clock);

    public override long GetTimestamp() => Ask(static clock => clock.GetTimestamp());

    public override DateTimeOffset GetUtcNow() => Ask(static clock => clock.GetUtcNow());

    private T Ask<T>(Func<TimeProvider, T> question)
    {
        try
        {
            return question(_inner);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Running out of memory is a limit, which no script catches.
            throw HostTasks.ErrorFor(e);
        }
    }
}
