using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Passes the events of all engines to the event source. The first use of the source in a process takes about 5 ms, so events wait until
/// another thread has made it: <see cref="Postpone"/> lets them wait, and <see cref="Resume"/> passes them on in their order.
/// </summary>
/// <param name="isEnabled">Whether a listener of the event source receives events of a level with these keywords.</param>
/// <param name="write">Calls a delegate with the event source.</param>
internal sealed class EventTrace(Func<EventLevel, EventKeywords, bool> isEnabled, Action<Action<LyraEventSource>> write)
{
    /// <summary>The most events that wait. The thread with a further one waits for the event source instead.</summary>
    private const int MaxWaiting = 256;

    /// <summary>False if the application has switched event sources off, so that no event is ever received.</summary>
    private static readonly bool IsSupported =
        !AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out bool isOn) || isOn;

    private readonly Lock _lock = new();

    /// <summary>The events that wait; null while none has to.</summary>
    private volatile List<Waiting>? _waiting;

    /// <summary>The one of the process, whose events wait until <see cref="Monitoring"/> begins.</summary>
    public static EventTrace Shared { get; } = NewPostponed();

    /// <summary>Whether events of a level with these keywords are received, or may be later. Check it before <see cref="Write"/>.</summary>
    public bool IsEnabled(EventLevel level, EventKeywords keywords) =>
        _waiting is not null ? IsSupported : isEnabled(level, keywords);

    /// <summary>Passes an event on, now or at <see cref="Resume"/>.</summary>
    public void Write(EventLevel level, EventKeywords keywords, Action<LyraEventSource> e)
    {
        if (!TryPostpone(level, keywords, e) && isEnabled(level, keywords))
        {
            write(e);
        }
    }

    /// <summary>Lets events wait.</summary>
    public void Postpone() => _waiting = [];

    /// <summary>Creates the event source, if it does not exist, and passes on the events that wait.</summary>
    public void Resume()
    {
        // Without the lock: a thread with an event must not wait while there is space for it.
        _ = isEnabled(EventLevel.Informational, EventKeywords.None);
        lock (_lock)
        {
            foreach (Waiting waiting in _waiting ?? [])
            {
                if (isEnabled(waiting.Level, waiting.Keywords))
                {
                    write(waiting.Write);
                }
            }

            _waiting = null;
        }
    }

    private static EventTrace NewPostponed()
    {
        EventTrace trace = new(
            static (level, keywords) => LyraEventSource.Log.IsEnabled(level, keywords), static e => e(LyraEventSource.Log));
        trace.Postpone();
        return trace;
    }

    private bool TryPostpone(EventLevel level, EventKeywords keywords, Action<LyraEventSource> e)
    {
        if (_waiting is null)
        {
            return false;
        }

        lock (_lock)
        {
            if (_waiting is { Count: < MaxWaiting } waiting)
            {
                waiting.Add(new Waiting(level, keywords, e));
                return true;
            }
        }

        Resume();
        return false;
    }

    private readonly record struct Waiting(EventLevel Level, EventKeywords Keywords, Action<LyraEventSource> Write);
}
