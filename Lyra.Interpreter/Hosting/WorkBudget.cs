using System;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Hosting;

/// <summary>Holds work on a script that no run waits for to limits: compiling, storing and loading it.</summary>
internal sealed class WorkBudget
{
    private readonly string _work;
    private readonly LyraLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private long _free = CompilationCharge.Free;
    private readonly long _mostBytes;
    private long _bytesLeft;

    /// <param name="work">The work as the subject of a message.</param>
    /// <param name="limits">Its memory and time are limited; null for no limits.</param>
    /// <param name="cancellation">Ends the work.</param>
    public WorkBudget(string work, LyraLimits? limits, CancellationToken cancellation)
    {
        _work = work;
        _limits = limits ?? LyraOptions.Default.Limits;
        _cancellation = cancellation;
        _bytesLeft = _mostBytes = _limits.MaxMemoryBytes ?? ProcessMemory.DefaultLimit;
    }

    /// <summary>Does the work, which counts itself by the meter that it gets.</summary>
    /// <exception cref="LyraLimitException">A limit was reached, or the process is out of memory.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public T Do<T>(Func<WorkMeter, T> work)
    {
        try
        {
            Report(0, 0);
            T result = work(new WorkMeter(Report));
            Report(0, 0);
            return result;
        }
        catch (Exception e) when (e is not LyraException && ErrorObject.From(e) is { } error)
        {
            throw LyraException.From(error);
        }
    }

    private void Report(long bytes, long nanoseconds)
    {
        _cancellation.ThrowIfCancellationRequested();
        long free = Math.Min(_free, bytes);
        _free -= free;
        _bytesLeft -= bytes - free;
        if (_bytesLeft < 0)
        {
            throw Exceeded(LimitKind.Memory, $"{_mostBytes:N0} bytes");
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
