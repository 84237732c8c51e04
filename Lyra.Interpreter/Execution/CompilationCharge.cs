using System;
using Lyra.Interpreter.Syntax;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Charges the memory of a compilation to the run that waits for it, until the compilation ends. The limits and the cancellation of the run
/// end the compilation.
/// </summary>
internal sealed class CompilationCharge : IDisposable
{
    /// <summary>Bytes that are not charged, so that a usual source needs no part of a small memory limit.</summary>
    private const long Free = 16 << 20;

    private readonly Interpreter _interpreter;
    private long _free = Free;
    private long _charged;

    public CompilationCharge(Interpreter interpreter)
    {
        _interpreter = interpreter;
        Meter = new CompilationMeter(Charge);
    }

    /// <summary>The meter of the compilation.</summary>
    public CompilationMeter Meter { get; }

    /// <summary>Refunds the memory. What the compiler allocated is not the script's.</summary>
    public void Dispose()
    {
        _interpreter.Memory.Walks -= _charged;
        _interpreter.Memory.Left += _charged;
        _charged = 0;
        _interpreter.HasForeignAllocations = true;
    }

    private void Charge(long bytes, long nanoseconds)
    {
        _free -= bytes;
        if (_free < 0)
        {
            _interpreter.ChargeMemory(bytes);
            _interpreter.Memory.Walks += bytes;
            _charged += bytes;
        }

        _interpreter.Limiter.CheckClock(nanoseconds);
    }
}
