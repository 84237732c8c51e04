using System;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Charges the memory of a compilation to the run that waits for it, until the compilation ends. The limits and the cancellation of the run
/// end the compilation.
/// </summary>
internal sealed class CompilationCharge : IDisposable
{
    /// <summary>Bytes that are not charged, so that a usual source needs no part of a small memory limit.</summary>
    public const long Free = 16 << 20;

    private readonly ScriptContext _context;
    private readonly RunLimiter _limiter;
    private long _free = Free;
    private long _charged;

    public CompilationCharge(ScriptContext context, RunLimiter limiter)
    {
        _context = context;
        _limiter = limiter;
        Meter = new WorkMeter(Charge);
    }

    /// <summary>The meter of the compilation.</summary>
    public WorkMeter Meter { get; }

    /// <summary>Refunds the memory. What the compiler allocated is not the script's.</summary>
    public void Dispose()
    {
        _context.ReleaseHeld(_charged);
        _charged = 0;
        _context.HasForeignAllocations = true;
    }

    private void Charge(long bytes, long nanoseconds)
    {
        _free -= bytes;
        if (_free < 0)
        {
            _context.HoldMemory(bytes);
            _charged += bytes;
        }

        _limiter.CheckClock(nanoseconds);
    }
}
