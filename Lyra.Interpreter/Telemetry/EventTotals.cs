using System.Collections.Generic;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>The numbers of rare events in all engines of the process, which the meter shows. Thread-safe.</summary>
internal sealed class EventTotals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _limits = [];
    private readonly Dictionary<string, long> _aborts = [];
    private readonly Dictionary<string, long> _warnings = [];
    private long _compiled;
    private long _dropped;

    /// <summary>The one of the process.</summary>
    public static EventTotals Shared { get; } = new();

    /// <summary>Regions compiled.</summary>
    public long Compiled => Interlocked.Read(ref _compiled);

    /// <summary>Regions dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Runs that ended at each limit, or were cancelled.</summary>
    public KeyValuePair<string, long>[] Limits => Copy(_limits);

    /// <summary>Recordings and compilations aborted for each reason.</summary>
    public KeyValuePair<string, long>[] Aborts => Copy(_aborts);

    /// <summary>Warnings of each kind.</summary>
    public KeyValuePair<string, long>[] Warnings => Copy(_warnings);

    public void CountCompiled() => Interlocked.Increment(ref _compiled);

    public void CountDropped() => Interlocked.Increment(ref _dropped);

    public void CountLimit(string limit) => Count(_limits, limit);

    public void CountAbort(string reason) => Count(_aborts, reason);

    public void CountWarning(string kind) => Count(_warnings, kind);

    private void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull
    {
        lock (_lock)
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    private KeyValuePair<TKey, long>[] Copy<TKey>(Dictionary<TKey, long> counts)
        where TKey : notnull
    {
        lock (_lock)
        {
            return [.. counts];
        }
    }
}
