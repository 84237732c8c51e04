using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;

namespace Lyra.Runtime.Bytecode;

/// <summary>Receives the work on a script; may throw to end it.</summary>
/// <param name="bytes">About the bytes that were allocated since the last report.</param>
/// <param name="nanoseconds">The time that will pass until the next report; 0 if that is short.</param>
internal delegate void WorkReport(long bytes, long nanoseconds);

/// <summary>
/// Counts the work of compiling, storing, loading or verifying a script. Each phase counts for what it visits and makes. At regular
/// intervals the meter reports, so that the memory can be charged and the clock be checked.
/// </summary>
/// <param name="report">Null if the work has no limits.</param>
internal sealed class WorkMeter(WorkReport? report = null)
{
    /// <summary>Bytes between two reports: less than a millisecond of work.</summary>
    private const long ByteInterval = 128 << 10;

    /// <summary>Steps between two reports.</summary>
    private const long StepInterval = 8 << 10;

    /// <summary>Shorter times are not reported in advance.</summary>
    private const long LongTime = 1_000_000;

    /// <summary>0 while a test is asked at each count.</summary>
    private readonly long _byteInterval = report is null || AllocationFails is null ? ByteInterval : 0;

    private long _bytesLeft = report is null || AllocationFails is null ? ByteInterval : 0;
    private long _stepsLeft = StepInterval;

    /// <summary>
    /// For tests: asked at each count of a meter with limits that this thread makes whether the allocation behind it fails, as if the CLR
    /// were out of memory; null for never.
    /// </summary>
    [field: ThreadStatic]
    public static Func<bool>? AllocationFails { get; set; }

    /// <summary>Counts something that is made, before it is made if it is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long bytes)
    {
        if ((_bytesLeft -= bytes) < 0)
        {
            Report(0);
        }
    }

    /// <summary>Counts a step of work that makes nothing, such as one of a search. A step takes at most about 100 ns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(long steps = 1)
    {
        if ((_stepsLeft -= steps) < 0)
        {
            Report(0);
        }
    }

    /// <summary>Reports the time of work that counts nothing until it ends.</summary>
    public void Expect(long nanoseconds)
    {
        if (nanoseconds > LongTime)
        {
            Report(nanoseconds);
        }
    }

    private void Report(long nanoseconds)
    {
        long bytes = _byteInterval - _bytesLeft;
        _bytesLeft = _byteInterval;
        _stepsLeft = StepInterval;
        if (bytes > 0 && report is not null)
        {
            InjectedFailure.ThrowIf(AllocationFails);
        }

        report?.Invoke(bytes, nanoseconds);
    }
}
