using System;
using System.Diagnostics;
using System.Threading;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Makes the warm-up wait while the first script of the process is young. Both load code then, and the CLR does that for one thread at a
/// time: a script of 10 ms took up to half as long again, and gained nothing. The pause begins when a script begins, and ends when it
/// has been hot for a while, or after some time.
/// </summary>
/// <param name="longest">The longest time from the beginning to the end.</param>
internal sealed class WarmUpPause(TimeSpan longest)
{
    /// <summary>The longest pause of a process. A script that is not hot by then works in builtins, or waits.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromMilliseconds(30);

    private const int None = 0;
    private const int Begun = 1;
    private const int Over = 2;

    private readonly object _gate = new();
    private int _state;
    private long _begunAt;

    /// <summary>The one of the process.</summary>
    public static WarmUpPause Shared { get; } = new(Youth);

    /// <summary>Called when a script begins. Only the first call does anything.</summary>
    public void Begin()
    {
        if (Volatile.Read(ref _state) == None)
        {
            lock (_gate)
            {
                if (_state == None)
                {
                    _begunAt = Stopwatch.GetTimestamp();
                    Volatile.Write(ref _state, Begun);
                }
            }
        }
    }

    /// <summary>Ends the pause, for good.</summary>
    public void End()
    {
        if (Volatile.Read(ref _state) != Over)
        {
            lock (_gate)
            {
                Volatile.Write(ref _state, Over);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Called by the warm-up between its steps: waits while there is a pause.</summary>
    public void Await()
    {
        if (Volatile.Read(ref _state) == Begun)
        {
            lock (_gate)
            {
                WaitForEnd();
            }
        }
    }

    private void WaitForEnd()
    {
        while (_state == Begun)
        {
            TimeSpan left = longest - Stopwatch.GetElapsedTime(_begunAt);
            if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
            {
                Volatile.Write(ref _state, Over);
            }
        }
    }
}
