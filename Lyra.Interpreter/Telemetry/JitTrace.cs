using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Passes the events of all engines to the event source. The first use of the source in a process takes about 5 ms, which another thread
/// may spend: <see cref="Postpone"/> lets events wait for it, and <see cref="Resume"/> passes them on in their order.
/// </summary>
/// <param name="isEnabled">Whether a listener of the event source receives events of a level.</param>
/// <param name="write">Writes an event to the event source.</param>
internal sealed class JitTrace(Func<EventLevel, bool> isEnabled, Action<LyraJitEvent, EventLevel> write)
{
    /// <summary>The most events that wait. The thread with a further one waits for the event source instead.</summary>
    private const int MaxWaiting = 256;

    private readonly Lock _lock = new();

    /// <summary>The events that wait; null while none has to.</summary>
    private volatile List<(LyraJitEvent Event, EventLevel Level)>? _waiting;

    /// <summary>The one of the process.</summary>
    public static JitTrace Shared { get; } = new(
        static level => LyraEventSource.Log.IsEnabled(level, EventKeywords.None),
        static (e, level) => LyraEventSource.Log.Write(e, level));

    /// <summary>Whether events of a level are received, or may be later.</summary>
    public bool IsEnabled(EventLevel level) => _waiting is not null || isEnabled(level);

    /// <summary>Passes an event on, now or at <see cref="Resume"/>.</summary>
    public void Write(LyraJitEvent e, EventLevel level)
    {
        if (!TryPostpone(e, level) && isEnabled(level))
        {
            write(e, level);
        }
    }

    /// <summary>Lets events wait.</summary>
    public void Postpone() => _waiting = [];

    /// <summary>Creates the event source, if it does not exist, and passes on the events that wait.</summary>
    public void Resume()
    {
        // Without the lock: a thread with an event must not wait while there is space for it.
        _ = isEnabled(EventLevel.Informational);
        lock (_lock)
        {
            foreach ((LyraJitEvent waiting, EventLevel level) in _waiting ?? [])
            {
                if (isEnabled(level))
                {
                    write(waiting, level);
                }
            }

            _waiting = null;
        }
    }

    private bool TryPostpone(LyraJitEvent e, EventLevel level)
    {
        if (_waiting is null)
        {
            return false;
        }

        lock (_lock)
        {
            if (_waiting is { Count: < MaxWaiting } waiting)
            {
                waiting.Add((e, level));
                return true;
            }
        }

        Resume();
        return false;
    }
}
