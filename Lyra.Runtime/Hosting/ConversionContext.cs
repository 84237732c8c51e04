using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The context of one conversion to .NET that the host makes, outside a run or in a delegate that a script calls: under the limits of the
/// engine that owns the value. A script can nest a few lists so that their copy has billions of elements.
/// </summary>
internal sealed class ConversionContext : DetachedContext
{
    /// <summary>The steps between two looks at the clock: less than a millisecond.</summary>
    private const long Quantum = 50_000;

    /// <summary>Bytes that a conversion may take within a run before the script's heap is counted.</summary>
    private const long Uncounted = 64 << 10;

    /// <summary>The context of the calling thread, which all its conversions use; null before the first one.</summary>
    [ThreadStatic]
    private static ConversionContext? _ofThread;

    private ConversionLimits _limits;
    private long _start;
    private long _stepsLeft;
    private long _mostBytes;
    private bool _isRunning;

    /// <summary>Whether the heap of the script that called the host was counted for this conversion.</summary>
    private bool _isCounted;

    private ConversionContext()
    {
    }

    /// <summary>The context of the calling thread.</summary>
    public static new ConversionContext OfThread => _ofThread ??= new ConversionContext();

    /// <summary>Whether the conversion of a value copies what a script has made.</summary>
    public static bool IsNeededFor(in Value value) =>
        value.Ref is ListObject or HashTable or TupleObject or RangeObject or BytesObject or StructObject or HostCollection;

    /// <summary>
    /// Reads a value under the limits of its engine. Conversions that the host's code makes meanwhile, in constructors, share them.
    /// </summary>
    /// <exception cref="LyraLimitException">The copy would exceed a limit.</exception>
    public static bool TryRead(in Value value, Type type, out object? result)
    {
        ConversionContext context = OfThread;
        if (context._isRunning)
        {
            return HostReader.TryRead(value, type, context, out result);
        }

        IScriptCaller? owner = EngineDirectory.CallerOf(value);
        context.Begin(owner?.ConversionLimits ?? default);
        try
        {
            return HostReader.TryRead(value, type, context, out result);
        }
        catch (Exception e) when (ErrorObject.From(e) is { } error)
        {
            // In a delegate that a script of the engine calls, the limit ends the script.
            throw LyraException.From(error, context._limits.CountFree is null ? null : owner);
        }
        finally
        {
            (context._isRunning, context._limits) = (false, default);
        }
    }

    public override void OnBudgetSpent()
    {
        CheckClock();
        long missing = -Budget.Left;
        if (missing > _stepsLeft)
        {
            Throw.LimitExceeded(LimitKind.Steps, $"a conversion to .NET may take at most {_limits.MaxSteps:N0} steps, as a run");
        }

        long granted = Math.Min(_stepsLeft, missing + Quantum);
        _stepsLeft -= granted;
        Budget.Left += granted;
    }

    public override void ReleaseCopy(long bytes)
    {
        if (AllocationFails is null)
        {
            Memory.Left += bytes;
        }
        else
        {
            Memory.Withheld += bytes;
        }
    }

    public override void CheckClock()
    {
        if (_limits.Timeout is { } timeout && _limits.Clock.GetElapsedTime(_start) > timeout)
        {
            Throw.LimitExceeded(LimitKind.Time, $"a conversion to .NET may take at most {timeout}, as a run");
        }
    }

    public override void OnMemorySpent(long bytes)
    {
        if (TryRelease())
        {
            return;
        }

        if (_limits.CountFree is { } count && !_isCounted)
        {
            _isCounted = true;
            Memory.Left += Math.Min(_mostBytes, count()) - Uncounted;
        }

        if (Memory.Left < 0)
        {
            RefuseCopy();
        }
    }

    private void RefuseCopy() => Throw.LimitExceeded(
        LimitKind.Memory, $"a conversion to .NET may make at most {_mostBytes:N0} bytes, the memory limit of the engine");

    private void Begin(ConversionLimits limits)
    {
        _isRunning = true;
        _limits = limits;
        _start = limits.Timeout is null ? 0 : limits.Clock.GetTimestamp();
        _stepsLeft = limits.MaxSteps ?? long.MaxValue;
        Budget.Left = 0;
        _mostBytes = limits.MaxBytes ?? ProcessMemory.DefaultLimit;
        _isCounted = false;
        GrantMemory(limits.CountFree is null ? _mostBytes : Math.Min(_mostBytes, Uncounted));
    }
}
