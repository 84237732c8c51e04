using System;
using System.Collections.Generic;

namespace Lyra.Interpreter.Execution;

/// <summary>Asks the host for a higher limit before a run ends at one.</summary>
/// <param name="host">The callback of the host.</param>
/// <param name="trace">Describes where the script is.</param>
internal sealed class LimitRaise(Func<LyraNearLimit, long?> host, Func<IReadOnlyList<string>> trace)
{
    private bool _isAsking;

    /// <summary>The exception with which the callback has failed in this run.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Forgets the last run.</summary>
    public void BeginRun() => Failure = null;

    /// <summary>The limit that holds from now on: a higher one than the current, or the same, at which the run ends.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="current">Its value.</param>
    /// <param name="initial">Its value when the run began.</param>
    public long Ask(LimitKind limit, long current, long initial)
    {
        if (_isAsking)
        {
            // The callback runs a script of this engine.
            return current;
        }

        _isAsking = true;
        try
        {
            return Math.Max(current, host(new LyraNearLimit(limit, current, initial, trace())) ?? current);
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
}
