using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using Lyra.Jit.Recording;

namespace Lyra.Jit.Tiering;

/// <summary>
/// One compilation, which may run on another thread than the script. While it is pending its profile belongs to it: nothing is recorded into that.
/// </summary>
/// <param name="profile">What is compiled.</param>
/// <param name="version">The version that comes of it.</param>
/// <param name="compile">Makes the region.</param>
internal sealed class CompileJob(RegionProfile profile, int version, Func<RegionProfile, int, CompileResult> compile)
{
    private CompileResult _result;
    private ExceptionDispatchInfo? _fault;
    private bool _isDone;

    /// <summary>Whether there is a result. Whoever sees true sees all that the compilation has written.</summary>
    public bool IsDone => Volatile.Read(ref _isDone);

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Compiles, the machine code too. Never throws.</summary>
    public void Run()
    {
        long start = Stopwatch.GetTimestamp();
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
            // All, on purpose: on a thread of the pool an exception would end the process. A fault of the compiler costs speed, never the program.
            _fault = ExceptionDispatchInfo.Capture(e);
            _result = new CompileResult(null, AbortReason.CompilerFault, e.ToString());
        }

        Time = Stopwatch.GetElapsedTime(start);
        Volatile.Write(ref _isDone, true);
    }

    /// <summary>What came of it.</summary>
    /// <param name="throwsFaults">Whether a fault of the compiler is thrown here, instead of being a reason.</param>
    public CompileResult Take(bool throwsFaults)
    {
        if (throwsFaults)
        {
            _fault?.Throw();
        }

        return _result;
    }
}
