using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Lyra.Runtime.Profiling;

/// <summary>
/// The present place of a profiled run. The thread that runs the script moves it; a sampler on another thread reads it. It measures the
/// time of instructions in the interpreter, while <see cref="IsTiming"/>, and the bytes that blocks allocate, in both tiers.
/// </summary>
/// <param name="measuresBytes">Whether it measures the bytes.</param>
internal sealed class ProfileProbe(bool measuresBytes)
{
    private static readonly long Overhead = MeasureOverhead();

    private int _block = -1;
    private bool _isCompiled;
    private bool _isTiming = true;
    private bool _isTimingNew;

    private ProbedCode? _timedCode;
    private int _timedPc;
    private long _timedSince;
    private long _lineTime;
    private int _lineStart;

    private ProbedCode? _allocatingCode;
    private int _allocatingBlock;
    private long _allocated;

    /// <summary>The calls that lead to the present place.</summary>
    public CallTracker Calls { get; } = new();

    /// <summary>The number of the block that was entered last; -1 while no proc is running. Any thread may read it.</summary>
    public int Block => Volatile.Read(ref _block);

    /// <summary>Whether compiled code entered that block. Any thread may read it.</summary>
    public bool IsCompiled => Volatile.Read(ref _isCompiled);

    /// <summary>Whether instructions are timed. Any thread may change it.</summary>
    public bool IsTiming
    {
        get => _isTiming;
        set
        {
            Volatile.Write(ref _isTimingNew, true);
            Volatile.Write(ref _isTiming, value);
        }
    }

    /// <summary>Notes that a block was entered.</summary>
    public void Enter(ProbedCode code, int block, bool isCompiled)
    {
        long began = _timedCode is null ? 0 : Stopwatch.GetTimestamp();
        if (measuresBytes)
        {
            CountBytes(code, block);
        }

        _block = code.FirstBlock + block;
        _isCompiled = isCompiled;
        Calls.Enter(code, block);
        if (measuresBytes)
        {
            // What the profile itself allocates does not count.
            _allocated = GC.GetAllocatedBytesForCurrentThread();
        }

        if (isCompiled)
        {
            // The time of compiled code is not that of the instruction that the interpreter timed last.
            _timedCode = null;
        }
        else if (began > 0)
        {
            _timedSince += Stopwatch.GetTimestamp() - began + Overhead;
        }
    }

    /// <summary>Ends the measurement of the present instruction and begins that of another one, in the interpreter.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Time(ProbedCode code, int pc)
    {
        long now = Stopwatch.GetTimestamp();
        long allocated = measuresBytes ? GC.GetAllocatedBytesForCurrentThread() : 0;
        if (Volatile.Read(ref _isTimingNew))
        {
            Volatile.Write(ref _isTimingNew, false);
            _timedCode = null;
        }

        if (_timedCode is { } timed)
        {
            long time = Math.Max(0, now - _timedSince - Overhead);
            (timed.Times[_timedPc] ??= new TimeHistogram()).Add(time);
            _lineTime += time;
            EndLine(timed, code, pc);
        }
        else
        {
            BeginLine(pc);
        }

        (_timedCode, _timedPc) = (code, pc);
        _allocated += measuresBytes ? GC.GetAllocatedBytesForCurrentThread() - allocated : 0;
        _timedSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Notes that no proc is running: the run has ended, or waits for a task.</summary>
    public void Exit()
    {
        _block = -1;
        Calls.Reset();
        _timedCode = null;
        _allocatingCode = null;
    }

    private static long MeasureOverhead()
    {
        long least = long.MaxValue;
        for (int i = 0; i < 1_000; i++)
        {
            long before = Stopwatch.GetTimestamp();
            least = Math.Min(least, Stopwatch.GetTimestamp() - before);
        }

        return least;
    }

    private void EndLine(ProbedCode timed, ProbedCode next, int pc)
    {
        if (ReferenceEquals(timed, next) && timed.Lines[_timedPc] == next.Lines[pc])
        {
            return;
        }

        int first = Array.IndexOf(timed.Lines, timed.Lines[_lineStart]);
        (timed.LineTimes[first] ??= new TimeHistogram()).Add(_lineTime);
        BeginLine(pc);
    }

    private void BeginLine(int pc)
    {
        _lineTime = 0;
        _lineStart = pc;
    }

    private void CountBytes(ProbedCode code, int block)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (_allocatingCode is { } before && allocated > _allocated)
        {
            before.Bytes[_allocatingBlock] += allocated - _allocated;
            before.Allocations[_allocatingBlock]++;
        }

        (_allocatingCode, _allocatingBlock) = (code, block);
    }
}
