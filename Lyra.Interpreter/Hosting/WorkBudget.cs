using System;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Hosting;

/// <summary>Holds work on a script that no run waits for to limits: compiling, storing and loading it.</summary>
internal sealed class WorkBudget
{
    private readonly string _work;
    private readonly LyraLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private long _free = CompilationCharge.Free;
    private long _bytesLeft;

    /// <param name="work">The work as the subject of a message.</param>
    /// <param name="limits">Its memory and time are limited; null for no limits.</param>
    /// <param name="cancellation">Ends the work.</param>
    public WorkBudget(string work, LyraLimits? limits, CancellationToken cancellation)
    {
        _work = work;
        _limits = limits ?? LyraOptions.Default.Limits;
        _cancellation = cancellation;
        _bytesLeft = _limits.MaxMemoryBytes ?? long.MaxValue;
        Meter = new WorkMeter(Report);
        Report(0, 0);
    }

    /// <summary>
    /// The meter of the work. It throws <see cref="OperationCanceledException"/>, or <see cref="LyraLimitException"/>.
    /// </summary>
    public WorkMeter Meter { get; }

    /// <summary>Checks the limits once more, after the last piece of the work.</summary>
    public void End() => Report(0, 0);

    private void Report(long bytes, long nanoseconds)
    {
        _cancellation.ThrowIfCancellationRequested();
        long free = Math.Min(_free, bytes);
        _free -= free;
        _bytesLeft -= bytes - free;
        if (_bytesLeft < 0)
        {
            throw Exceeded(LimitKind.Memory, $"{_limits.MaxMemoryBytes:N0} bytes");
        }

        if (_limits.Timeout is { } timeout)
        {
            TimeSpan expected = TimeSpan.FromMicroseconds(nanoseconds / 1_000d);
            if (TimeProvider.System.GetElapsedTime(_start) + expected > timeout)
            {
                throw Exceeded(LimitKind.Time, $"{timeout}");
            }
        }
    }

    private LyraException Exceeded(LimitKind limit, string most) =>
        LyraException.From(ErrorObject.LimitExceeded(limit, $"{_work} may take at most {most}"));
}
