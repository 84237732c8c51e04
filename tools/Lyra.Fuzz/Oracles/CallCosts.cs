using System;

namespace Lyra.Fuzz.Oracles;

/// <summary>
/// Judges what one call of the host costs its thread: the bytes that it allocates and the processor time that it takes must be in
/// proportion to the limits of the engine.
/// </summary>
/// <param name="mostTime">The processor time that a call may take.</param>
internal sealed class CallCosts(TimeSpan mostTime)
{
    private int _thread;
    private long _allocated;
    private TimeSpan _time;

    /// <summary>The most bytes that a call has allocated.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>The longest processor time of a call.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>A call begins on this thread.</summary>
    public void Begin() =>
        (_thread, _allocated, _time) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);

    /// <summary>The call has ended, on the same thread.</summary>
    /// <param name="mostBytes">The bytes that it may have allocated.</param>
    /// <returns>What is wrong with its costs; null if nothing.</returns>
    public string? End(long mostBytes)
    {
        if (_thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException("A call ends on the thread on which it began.");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        TimeSpan time = ThreadClock.Now - _time;
        MostAllocated = Math.Max(MostAllocated, allocated);
        Longest = time > Longest ? time : Longest;
        return allocated > mostBytes ? $"{allocated:N0} bytes allocated, {mostBytes:N0} allowed"
            : time > mostTime ? $"{time.TotalMilliseconds:0} ms of processor time, {mostTime.TotalMilliseconds:0} allowed"
            : null;
    }
}
