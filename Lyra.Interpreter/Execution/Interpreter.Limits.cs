using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The limits: one budget counter for steps, time and cancellation, one account for memory. A limit that is passed raises an error that only
/// finally blocks see; they get a grace of a tenth of the limit (at least 10,000 steps and 50 ms), once.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// Steps between two looks at the clock: a millisecond or two of interpretation, a tenth of that in compiled code, which is left for each look.
    /// </summary>
    private const long Quantum = 200_000;

    /// <summary>
    /// Steps of the first quantum of all. They grow with the steps taken, so that the loop is left often enough at first to be compiled anew by the CLR
    /// within some million steps (docs/decisions/0006).
    /// </summary>
    private const long FirstQuantum = 8_000;

    private const long NoMemoryLimit = long.MaxValue / 2;
    private const long GraceSteps = 10_000;
    private static readonly TimeSpan GraceTime = TimeSpan.FromMilliseconds(50);

    private RunLimits _limits;
    private long _stepLimit = long.MaxValue;
    private long _deadline = long.MaxValue;
    private long _memoryGrace;
    private long _earlierSteps;
    private bool _inGrace;

    /// <summary>The limit, or cancellation by the host, on whose way finally blocks run: whatever they do, it is what the run ends with.</summary>
    private ErrorObject? _ending;

    private bool _cancellationSeen;

    /// <summary>Steps of all runs.</summary>
    public long TotalSteps => _earlierSteps + StepsTaken;

    /// <inheritdoc/>
    public override TimeSpan? RemainingTime => _deadline == long.MaxValue
        ? null
        : TimeSpan.FromSeconds(Math.Max(0, (_deadline - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void OnBudgetSpent()
    {
        if (InRegion && !TryBuildFrames())
        {
            LeaveRegionUnlessRefilled();
            return;
        }

        CheckClock();
        long remaining = _stepLimit - StepsTaken;
        if (remaining < 0)
        {
            Trip(LimitKind.Steps, $"the limit of {Counts.Of(_limits.MaxSteps ?? 0, "step")} is reached");
        }

        Refill(remaining);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override bool TryRefill()
    {
        long remaining = _stepLimit - StepsTaken;
        if (remaining < 0
            || (_limits.Cancellation.IsCancellationRequested && !_cancellationSeen)
            || (_deadline != long.MaxValue && Stopwatch.GetTimestamp() >= _deadline))
        {
            return false;
        }

        Refill(remaining);
        return true;
    }

    /// <inheritdoc/>
    public override void LookAtClock()
    {
        bool isOver = _deadline != long.MaxValue && Stopwatch.GetTimestamp() >= _deadline;
        if (!isOver && (_cancellationSeen || !_limits.Cancellation.IsCancellationRequested))
        {
            return;
        }

        if (InRegion && !TryBuildFrames())
        {
            throw RegionLeaveException.Instance;
        }

        CheckClock();
    }

    /// <summary>A run that was cancelled before it began does nothing at all, also where it would never look at the clock.</summary>
    private void RefuseCancelled()
    {
        if (_limits.Cancellation.IsCancellationRequested)
        {
            CheckClock();
        }
    }

    private void LeaveRegionUnlessRefilled()
    {
        if (!TryRefill())
        {
            throw RegionLeaveException.Instance;
        }
    }

    private void CheckClock()
    {
        if (_limits.Cancellation.IsCancellationRequested && !_cancellationSeen)
        {
            _cancellationSeen = true;
            StartGrace();
            Throw.Cancelled();
        }

        if (_deadline == long.MaxValue || Stopwatch.GetTimestamp() < _deadline)
        {
            return;
        }

        if (_cancellationSeen)
        {
            Budget = 0;
            Throw.Cancelled();
        }

        Trip(LimitKind.Time, $"the time limit of {(_limits.Timeout ?? TimeSpan.Zero).TotalMilliseconds:0} ms is reached");
    }

    /// <summary>Grants the next quantum, never more than what the step limit leaves.</summary>
    private void Refill(long remaining)
    {
        long grant = Math.Min(remaining, Math.Min(Quantum, FirstQuantum + ((_earlierSteps + StepsTaken) / 8)));
        long missing = Math.Max(0, -Budget);
        grant = remaining - missing < grant ? Math.Max(remaining, 0) + missing : grant + missing;
        Granted += grant;
        Budget += grant;
    }

    private void Trip(LimitKind limit, string message)
    {
        if (_inGrace)
        {
            Budget = 0;
        }
        else
        {
            StartGrace();
        }

        Throw.LimitExceeded(limit, message);
    }

    private void StartGrace()
    {
        _inGrace = true;
        long steps = Math.Max(GraceSteps, (_limits.MaxSteps ?? 0) / 10);
        if (_limits.MaxSteps is not null)
        {
            _stepLimit = StepsTaken + steps;
        }

        TimeSpan time = _limits.Timeout is { } timeout && timeout / 10 > GraceTime ? timeout / 10 : GraceTime;
        if (_limits.Timeout is not null || _cancellationSeen)
        {
            _deadline = After(time);
        }

        _memoryGrace = (_settings.MaxMemoryBytes ?? 0) / 10;
        Granted -= Budget;
        Budget = 0;
    }

    /// <summary>Notes that a limit runs a finally block on its way.</summary>
    private void NoteEnding(ErrorObject error)
    {
        if (error.Limit is not null && EndsRun(error))
        {
            _ending ??= error;
        }
    }

    /// <summary>At the end of the outermost run: a limit that finally blocks have lost, as one that yields and is not gone on with, is its end all the same.</summary>
    private void RequireNotEnding(bool isOuter)
    {
        if (isOuter && _ending is { } error)
        {
            throw new ScriptErrorException(error);
        }
    }

    /// <summary>The timestamp after some time; one that never comes where it is beyond what timestamps count.</summary>
    private static long After(TimeSpan time)
    {
        double stamp = Stopwatch.GetTimestamp() + (time.TotalSeconds * Stopwatch.Frequency);
        return stamp < long.MaxValue / 2 ? (long)stamp : long.MaxValue;
    }

    /// <summary>Starts the account of a run. A run within a run (a host delegate that calls the engine) stays in the outer one's account.</summary>
    private void BeginRun(in RunLimits limits)
    {
        _limits = limits;
        _earlierSteps += StepsTaken;
        Granted = 0;
        Budget = 0;
        _stepLimit = limits.MaxSteps ?? long.MaxValue;
        _deadline = limits.Timeout is { } timeout ? After(timeout - limits.Used) : long.MaxValue;
        _memoryGrace = 0;
        _inGrace = false;
        _cancellationSeen = false;
        _ending = null;
        Refill(_stepLimit);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void OnMemorySpent(long bytes)
    {
        if (_settings.MaxMemoryBytes is not { } limit)
        {
            MemoryLeft = NoMemoryLimit;
            return;
        }

        RequireFrames();
        long left = limit + _memoryGrace - ReachableBytes();

        // With hardly anything left, every other allocation walks the whole heap, and no step pays for that.
        LookAtClock();
        if (bytes <= left)
        {
            MemoryLeft = left - bytes;
            return;
        }

        MemoryLeft = Math.Max(0, left);
        if (!_inGrace)
        {
            StartGrace();
            MemoryLeft += _memoryGrace;
        }

        Throw.LimitExceeded(LimitKind.Memory, $"the memory limit of {Counts.Of(limit, "byte")} is reached");
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override bool TryRefillMemory(long bytes)
    {
        if (_settings.MaxMemoryBytes is not null)
        {
            return false;
        }

        MemoryLeft = NoMemoryLimit;
        return true;
    }

    /// <summary>Bytes of everything the script can reach: its stacks, variables, modules, tasks and what builtins have under construction.</summary>
    public long ReachableBytes()
    {
        HeapVisitor visitor = new();
        visitor.Visit(_result);
        for (int i = 0; i <= _top; i++)
        {
            VisitFrame(visitor, i);
        }

        foreach (GlobalVariable global in Globals.Values)
        {
            global.VisitReferences(visitor);
        }

        foreach (ScriptObject o in _protected)
        {
            visitor.Visit(o);
        }

        VisitAll(visitor, _coroutines);
        VisitAll(visitor, _tasks);
        VisitAll(visitor, _modules.Values);
        _eventLoop.Visit(visitor);
        visitor.Drain();
        return visitor.Bytes + (_stack.Length * 16L) + (_frames.Length * (long)Unsafe.SizeOf<Frame>());
    }

    /// <summary>
    /// A frame's closure and what its registers hold that may still be read: by the instruction that is being executed or by those after it.
    /// Registers keep what was in them before, also from frames that are gone; that is garbage.
    /// </summary>
    private void VisitFrame(HeapVisitor visitor, int index)
    {
        ref Frame frame = ref _frames[index];
        visitor.Visit(frame.Closure);
        LivenessMap liveness = frame.Closure.Code.Liveness;
        int count = frame.Closure.Code.RegisterCount;
        if (index < _top)
        {
            // From there on they are the callee's.
            count = Math.Min(count, _frames[index + 1].Base - frame.Base);
        }

        // A top level that waits for a task stands at the instruction that waits; all others execute the one before their position.
        int running = Math.Max(frame.Pc - 1, 0);
        int waiting = frame.Closure.Code.Kind == ProcKind.Module && frame.Pc < frame.Closure.Code.Code.Length ? frame.Pc : running;
        for (int register = 0; register < count && frame.Base + register < _stack.Length; register++)
        {
            if (liveness.IsLive(running, register) || (waiting != running && MayWait(frame.Closure.Prototype.Code[waiting].Op) && liveness.IsLive(waiting, register)))
            {
                visitor.Visit(_stack[frame.Base + register]);
            }
        }
    }

    private static bool MayWait(Opcode op) => op is Opcode.Await or Opcode.ForEach or Opcode.ForEachPair;

    private static void VisitAll(HeapVisitor visitor, System.Collections.Generic.IEnumerable<ScriptObject> objects)
    {
        foreach (ScriptObject o in objects)
        {
            visitor.Visit(o);
        }
    }

    /// <inheritdoc/>
    public override void WithNativeStack(Action body) => NativeStack.Run(body, OnOtherThread);

    /// <summary>The host's delegates may call the engine from the thread that stands in, too.</summary>
    private void OnOtherThread(Action body)
    {
        if (Host.Caller is { } caller)
        {
            caller.RunInStead(body);
            return;
        }

        body();
    }
}
