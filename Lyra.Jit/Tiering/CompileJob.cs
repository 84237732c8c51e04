using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Tiering;

/// <summary>
/// One compilation, which may run on a different thread than the script. Until its result is taken, it owns the profile, and no recording
/// changes it.
/// </summary>
/// <param name="profile">The profile to compile.</param>
/// <param name="version">The number of the version.</param>
/// <param name="compile">Makes the region.</param>
internal sealed class CompileJob(RegionProfile profile, int version, Func<RegionProfile, int, CompileResult> compile)
{
    private readonly object _gate = new();
    private CompileResult _result;
    private ExceptionDispatchInfo? _fault;
    private bool _isDone;

    /// <summary>The number of instructions in the profile; the time of the compilation is roughly proportional.</summary>
    public int Size => profile.Instructions;

    /// <summary>Whether an earlier version is installed, whose exits cost time until this one replaces it.</summary>
    public bool IsGrowth => version > 1;

    /// <summary>The number of later jobs that were run first.</summary>
    public int Overtaken { get; set; }

    /// <summary>Whether there is a result. A thread that reads true also sees everything that the compilation has written.</summary>
    public bool IsDone => Volatile.Read(ref _isDone);

    /// <summary>How long the compilation took.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>The bytes that the compilation allocated, without those of the CLR's own compiler.</summary>
    public long Bytes { get; private set; }

    /// <summary>Compiles the profile to machine code. It never throws.</summary>
    public void Run()
    {
        long start = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _result = compile(profile, version);
            if (_result.Region is { } region)
            {
                RuntimeHelpers.PrepareDelegate((Delegate?)region.Loop ?? region.Entry!);
            }
        }
        catch (Exception e)
        {
            // Everything is caught: on another thread an exception would end the process. A fault in the compiler costs speed only.
            _fault = ExceptionDispatchInfo.Capture(e);
            _result = CompileResult.Failed(AbortReason.CompilerFault, e.ToString());
        }

        Bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Time = Stopwatch.GetElapsedTime(start);
        lock (_gate)
        {
            Volatile.Write(ref _isDone, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until there is a result, or for some time. If the host interrupts the thread, its next wait will throw.</summary>
    public void Await(TimeSpan longest)
    {
        try
        {
            lock (_gate)
            {
                if (!_isDone)
                {
                    Monitor.Wait(_gate, longest);
                }
            }
        }
        catch (ThreadInterruptedException)
        {
            // It is meant for a wait of the host's own code, not for this one.
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>The result.</summary>
    /// <param name="throwsFaults">Whether a fault in the compiler is thrown here, instead of being an abort reason.</param>
    public CompileResult Take(bool throwsFaults)
    {
        if (throwsFaults)
        {
            _fault?.Throw();
        }

        return _result;
    }
}
