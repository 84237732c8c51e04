using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Hex1b;
using Hex1b.Tokens;

namespace Lyra.Tests.Harness;

/// <summary>Signals each output that a terminal has applied to its screen, and keeps the control codes that it does not know.</summary>
internal sealed class TerminalOutput : IHex1bTerminalPresentationFilter
{
    private readonly object _lock = new();
    private readonly List<string> _unknown = [];
    private long _count;

    /// <summary>The control codes that the terminal has ignored because it does not know them.</summary>
    public IReadOnlyList<string> Unknown
    {
        get
        {
            lock (_lock)
            {
                return [.. _unknown];
            }
        }
    }

    /// <summary>Checks a condition now and after each output; false if it does not hold in time.</summary>
    public bool WaitUntil(Func<bool> condition, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        long seen = Interlocked.Read(ref _count);
        while (!condition())
        {
            if (!WaitForOutputAfter(ref seen, patience - Stopwatch.GetElapsedTime(start)))
            {
                return false;
            }
        }

        return true;
    }

    public ValueTask<IReadOnlyList<AnsiToken>> OnOutputAsync(
        IReadOnlyList<AppliedToken> appliedTokens, TimeSpan elapsed, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _unknown.AddRange(
                appliedTokens.Select(static t => t.Token).OfType<UnrecognizedSequenceToken>().Select(static t => t.ToString()));
            _count++;
            Monitor.PulseAll(_lock);
        }

        return new([.. appliedTokens.Select(static t => t.Token)]);
    }

    public ValueTask OnSessionStartAsync(int width, int height, DateTimeOffset timestamp, CancellationToken ct = default) => default;

    public ValueTask OnInputAsync(IReadOnlyList<AnsiToken> tokens, TimeSpan elapsed, CancellationToken ct = default) => default;

    public ValueTask OnResizeAsync(int width, int height, TimeSpan elapsed, CancellationToken ct = default) => default;

    public ValueTask OnSessionEndAsync(TimeSpan elapsed, CancellationToken ct = default) => default;

    private bool WaitForOutputAfter(ref long seen, TimeSpan patience)
    {
        lock (_lock)
        {
            while (_count == seen)
            {
                if (patience <= TimeSpan.Zero || !Monitor.Wait(_lock, patience))
                {
                    return false;
                }
            }

            seen = _count;
            return true;
        }
    }
}
