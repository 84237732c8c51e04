using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Lyra.Interpreter.Execution;

/// <summary>Asks the host for a higher limit before a run ends at one.</summary>
/// <param name="host">The callback of the host.</param>
/// <param name="trace">Describes where the script is.</param>
internal sealed class LimitRaise(Func<LyraNearLimit, long?> host, Func<IReadOnlyList<string>> trace)
{
    private bool _isAsking;
    private long _steps;
    private long _milliseconds;
    private long _bytes;

    /// <summary>The exception with which the callback has failed in this run.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Forgets the last run.</summary>
    /// <param name="limits">The limits of the next one.</param>
    /// <param name="bytes">Its memory limit.</param>
    public void BeginRun(in RunLimits limits, long bytes)
    {
        Failure = null;
        _steps = limits.Limits.MaxSteps ?? 0;
        _milliseconds = (long)(limits.Limits.Timeout?.TotalMilliseconds ?? 0);
        _bytes = bytes;
    }

    /// <summary>The limit that holds from now on: a higher one than the current, or the same, at which the run ends.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="current">Its value.</param>
    public long Ask(LimitKind limit, long current)
    {
        if (_isAsking)
        {
            // The callback runs a script of this engine.
            return current;
        }

        _isAsking = true;
        try
        {
            return Math.Max(current, host(new LyraNearLimit(limit, current, InitialOf(limit), trace())) ?? current);
        }
#pragma warning disable CA1031 // Whatever the host throws, the run ends at the limit.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = e;
            return current;
        }
        finally
        {
            _isAsking = false;
        }
    }

    private long InitialOf(LimitKind limit) => limit switch
    {
        LimitKind.Steps => _steps,
        LimitKind.Time => _milliseconds,
        LimitKind.Memory => _bytes,
        LimitKind.Frames => throw new UnreachableException("A script can catch this limit."),
    };
}
