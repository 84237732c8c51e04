using System;

namespace Lyra.Runtime.Hosting;

/// <summary>A clock that the host brought: what it throws is an error of the script, as with all code of the host.</summary>
internal sealed class HostClock : TimeProvider
{
    private readonly TimeProvider _inner;

    private HostClock(TimeProvider inner) => _inner = inner;

    public override long TimestampFrequency => Ask(static clock => clock.TimestampFrequency);

    public override TimeZoneInfo LocalTimeZone => Ask(static clock => clock.LocalTimeZone);

    /// <summary>The clock as scripts may use it.</summary>
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
            // That there is no memory left is a limit, which no script catches.
            throw HostTasks.ErrorFor(e);
        }
    }
}
