using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The limits of the running script. Steps, time and cancellation share the budget, which it refills; memory has an account. An exceeded
/// limit raises an error that only finally blocks observe. They get a grace of a tenth of the limit (at least 10,000 steps and 50 ms),
/// once. If they exceed another limit, the first one's error is raised again, so that it is the one that the host gets.
/// </summary>
internal sealed class RunLimiter
{
    /// <summary>Steps between two checks of the clock; the next constant says when there are more.</summary>
    private const long Quantum = RunBudget.InterpretedQuantum;

    /// <summary>
    /// Steps between two checks in fast compiled code, which exits for each check and takes down to 0.03 ns for a step. The quantum reaches
    /// this by doubling, as long as the steps before took less than <see cref="ShortTime"/>. If they took more than <see cref="LongTime"/>,
    /// it starts again. The interpreter gets only its own part of it.
    /// </summary>
    private const long LongestQuantum = 8 * Quantum;

    /// <summary>
    /// Steps of the first quantum. Later ones grow with the steps taken, so that at first the loop is entered often enough for the CLR to
    /// recompile it within some million steps (docs/decisions/0006).
    /// </summary>
    private const long FirstQuantum = 8_000;

    /// <summary>Uncollected bytes below which no garbage collection is requested.</summary>
    private const long ToleratedGarbage = 32L << 20;

    /// <summary>
    /// The time that a step takes if it stands for work done by the BCL, which can't be interrupted: 128 bytes copied or compared.
    /// </summary>
    private const long NanosecondsPerStep = 20;

    /// <summary>The registers and frames may take this part of the memory limit.</summary>
    private const int StackShare = 2;

    /// <summary>What they may take under a lower limit. A heap walk counts it all the same.</summary>
    private const long LeastStackBytes = 1 << 17;

    /// <summary>What they may take besides, for finally blocks, once a limit is reached.</summary>
    private const long GraceStackBytes = 1 << 15;

    /// <summary>The time that the operating system takes to provide memory.</summary>
    private const long NanosecondsPerByte = 1;

    /// <summary>More than any object can have. An error says so, unless the host has set a limit.</summary>
    private const long MostBytes = 1L << 36;

    /// <summary>16 µs for each. As measured, it takes 4 to 9 µs, and up to 22 µs if twelve processes share two cores.</summary>
    private const long CallbacksUnwoundPerSecond = 62_500;

    private static readonly long ShortTime = Stopwatch.Frequency / 8_000;
    private static readonly long LongTime = 4 * ShortTime;

    private const long GraceSteps = 10_000;
    private static readonly TimeSpan GraceTime = TimeSpan.FromMilliseconds(50);

    private readonly FrameContext _context;
    private readonly HeapWalk _heap;
    private readonly long _maxMemoryBytes;
    private readonly long _maxValueBytes;

    /// <summary>Compiled code leaves larger allocations to the interpreter, which checks the limits on values.</summary>
    private readonly long _checkedBytes;
    private readonly bool _hasThrottle;
    private readonly bool _isLimitGiven;
    private readonly Action _checkClock;
    /// <summary>The limit on memory, which the host may have raised for the run.</summary>
    private long _memoryLimit;

    /// <summary>The limits with which the last run began; null before the first one.</summary>
    private LyraLimits? _limits;

    private long? _maxSteps;
    private TimeSpan? _timeout;
    private CancellationToken _cancellation;
    private long _stepLimit = long.MaxValue;
    private long _deadline = long.MaxValue;
    private long _quantum = Quantum;

    /// <summary>When the budget was refilled; 0 before the first time in a run.</summary>
    private long _refilledAt;

    private AllocationThrottle _throttle;
    private long _memoryGrace;
    private long _earlierSteps;
    private long _allocatedAtCollection;
    private bool _inGrace;
    private bool _isThrottleDue;
    private bool _isFailureInjected;
    private bool _cancellationSeen;

    /// <summary>
    /// Whether <see cref="Prepare"/> would change nothing for a run with the same limits and no token, as it is between short runs without
    /// a time limit. The host may make millions of these in a second.
    /// </summary>
    private bool _isPrepared;

    /// <summary>The innermost run within a run that has a token of its own; null when there is none.</summary>
    private NestedCancellation? _nested;

    /// <summary>The error of the limit that was exceeded first, or of a cancellation before that.</summary>
    private ErrorObject? _first;

    /// <summary>
    /// The limit error, or cancellation by the host, for which finally blocks run. Whatever they do, the run ends with it.
    /// </summary>
    private ErrorObject? _ending;

    /// <param name="context">The context whose budget and memory account are limited.</param>
    /// <param name="heap">Counts the reachable bytes.</param>
    /// <param name="settings">Its limits on memory and on values.</param>
    public RunLimiter(FrameContext context, HeapWalk heap, InterpreterSettings settings)
    {
        _context = context;
        _heap = heap;
        _maxMemoryBytes = Math.Min(settings.MaxMemoryBytes ?? ProcessMemory.DefaultLimit, ProcessMemory.HighestLimit);
        _memoryLimit = _maxMemoryBytes;
        _isLimitGiven = settings.MaxMemoryBytes is not null;
        _hasThrottle = _maxMemoryBytes < ProcessMemory.DefaultLimit;
        _maxValueBytes = settings.MaxValueBytes;
        _checkedBytes = Math.Min(_maxValueBytes, settings.MaxElements);
        _context.Memory.Most = _checkedBytes == long.MaxValue ? 0 : _checkedBytes;
        _checkClock = CheckClock;
        ResetMemory();
        LimitStacks();
    }

    /// <summary>
    /// Whether fast code gets longer quanta. False where executions must not depend on time: for tier checks, which count the executions of
    /// guards, and for runs with a clock of their own.
    /// </summary>
    public bool AdaptsQuantum { get; init; } = true;

    /// <summary>The clock of time limits, with the frequency of <see cref="Stopwatch"/>.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The checks of the code, for which each refill of the budget is an occasion.</summary>
    public required IntegrityChecks Integrity { get; init; }

    /// <summary>For tests: the heap is walked whenever this many bytes were charged.</summary>
    public long WalkInterval
    {
        get;
        set
        {
            field = value;
            _context.Memory.Left = Math.Min(_context.Memory.Left, value);
            _context.Memory.Withheld = Math.Min(_context.Memory.Withheld, value);
        }
    } = long.MaxValue;

    /// <summary>
    /// For tests: asked at each charge of memory whether the allocation behind it fails, as if the CLR were out of memory; null for never.
    /// </summary>
    public Func<bool>? AllocationFails
    {
        get;
        set
        {
            field = value;
            _isFailureInjected = false;
            MemoryAccount memory = _context.Memory;
            (_context.Memory.Left, _context.Memory.Withheld) =
                value is null ? (memory.Left, memory.Withheld) : (0, memory.Left + memory.Withheld);
        }
    }

    /// <summary>The bytes that the registers and frames may take.</summary>
    private long MostStackBytes => Math.Max(LeastStackBytes, _memoryLimit / StackShare);

    /// <summary>Bytes that are allocated between two checks of the clock: some milliseconds.</summary>
    private long MemoryQuantum => AllocationFails is null ? Math.Min(ProcessMemory.Quantum, _checkedBytes) : 0;

    /// <summary>Asked for a higher limit before the run ends at one; null for nobody.</summary>
    public LimitRaise? Raise
    {
        get;
        set
        {
            field = value;
            _isPrepared = false;
        }
    }

    /// <summary>The bytes that were allocated but not charged.</summary>
    public AllocationThrottle Throttle => _throttle;

    /// <summary>Steps of all runs.</summary>
    public long TotalSteps => _earlierSteps + _context.Budget.Taken;

    /// <summary>
    /// Whether the time limit, or the extra time after a limit, is exceeded. The time that leaving the present callbacks would take counts
    /// as used, because .NET needs microseconds to throw an exception through each.
    /// </summary>
    public bool IsTimeOver => IsTimeOverAfter(0);

    /// <summary>
    /// Called at each look at the clock and at the beginning of a run, for tools that measure the time between two looks. The argument is
    /// the time in nanoseconds that the next operation is expected to take without a look.
    /// </summary>
    public Action<long>? Looked
    {
        get;
        set
        {
            field = value;
            _isPrepared = false;
        }
    }

    private long TimeToUnwind => _context.Callbacks * Stopwatch.Frequency / CallbacksUnwoundPerSecond;

    /// <summary>The token of the run; that of the innermost nested run if it has one.</summary>
    public CancellationToken Cancellation => _nested?.Token ?? _cancellation;

    /// <summary>The token whose cancellation ended the run.</summary>
    public CancellationToken CancelledBy { get; private set; }

    private bool IsCancellationNew =>
        !_cancellationSeen && (_cancellation.IsCancellationRequested || (_nested is not null && _nested.IsRequested));

    /// <summary>
    /// Starts the accounting of a run. A run within a run (a host delegate that calls the engine) is charged to the outer one.
    /// </summary>
    public void BeginRun(in RunLimits limits)
    {
        _earlierSteps += _context.Budget.Taken;
        if (!_isPrepared || !ReferenceEquals(limits.Limits, _limits) || limits.Cancellation.CanBeCanceled)
        {
            Prepare(limits);
        }

        GrantFirst();
    }

    /// <summary>Sets what depends on the limits of a run, and undoes what the runs before have changed.</summary>
    private void Prepare(in RunLimits limits)
    {
        _limits = limits.Limits;
        _maxSteps = _limits.MaxSteps;
        _timeout = _limits.Timeout;
        Raise?.BeginRun(limits, _maxMemoryBytes);
        if (_inGrace || _memoryLimit != _maxMemoryBytes)
        {
            (_memoryLimit, _memoryGrace, _inGrace) = (_maxMemoryBytes, 0, false);
            LimitStacks();
        }

        if (_cancellation != limits.Cancellation)
        {
            _cancellation = limits.Cancellation;
        }

        _stepLimit = _maxSteps ?? long.MaxValue;
        _deadline = _timeout is { } timeout ? After(timeout - limits.Used) : long.MaxValue;
        (_cancellationSeen, _nested, _first, _ending) = (false, null, null, null);
        Looked?.Invoke(0);
        (_quantum, _refilledAt) = (Quantum, 0);
        if (_hasThrottle)
        {
            _throttle.Reset(_context);
        }

        _isPrepared = !limits.Cancellation.CanBeCanceled && _timeout is null && !_hasThrottle && Raise is null && Looked is null;
    }

    /// <summary>Allows the whole memory again; the next heap walk corrects it by what is still reachable.</summary>
    public void ResetMemory() => (_context.Memory.Left, _context.Memory.Withheld) = (0, _maxMemoryBytes);

    /// <summary>Rejects a run that was cancelled before it began, even if it would end before the first check of the clock.</summary>
    public void RefuseCancelled()
    {
        if (IsCancellationNew)
        {
            ThrowIfStopped();
        }
    }

    /// <summary>Begins a run within a run, whose token cancels it alone.</summary>
    /// <param name="depth">The number of runs, with this one.</param>
    /// <param name="token">The token.</param>
    public void BeginNested(int depth, CancellationToken token)
    {
        _isPrepared = false;
        _nested = new NestedCancellation(depth, _nested, token)
        {
            StepLimit = _stepLimit,
            Deadline = _deadline,
            MemoryGrace = _memoryGrace,
            InGrace = _inGrace,
            First = _first,
            Ending = _ending,
        };
    }

    /// <summary>
    /// Ends a run within a run. If its own token has cancelled it, what it changed is undone: the run that encloses it may go on.
    /// </summary>
    public void EndNested(int depth)
    {
        if (_nested is not { } nested || nested.Depth != depth)
        {
            return;
        }

        bool wasCancelled = _cancellationSeen && CancelledBy == nested.Token && !_cancellation.IsCancellationRequested;
        _nested = nested.Outer;
        if (!wasCancelled || nested.Outer is { IsRequested: true } || _first is not { Class: ErrorClass.RunCancellation })
        {
            return;
        }

        (_stepLimit, _deadline, _memoryGrace, _inGrace) = (nested.StepLimit, nested.Deadline, nested.MemoryGrace, nested.InGrace);
        LimitStacks();
        (_first, _ending, _cancellationSeen) = (nested.First, nested.Ending, false);
        _context.Budget.Revoke();
    }

    /// <inheritdoc cref="ScriptContext.OnBudgetSpent"/>
    public void OnBudgetSpent()
    {
        if (_context.InRegion && !_context.TryBuildFrames())
        {
            ExitRegionUnlessRefilled();
            return;
        }

        ThrowIfStopped(TimeOfCharge());
        if (IsThrottleDue())
        {
            RaiseMemory(LimitReached());
        }

        long remaining = _stepLimit - _context.Budget.Taken;
        if (remaining < 0)
        {
            remaining += RaisedSteps();
            if (remaining < 0)
            {
                RaiseLimit(LimitKind.Steps, $"the limit of {Counts.Of(_maxSteps ?? 0, "step")} is reached");
            }
        }

        if (Integrity.IsDue)
        {
            Integrity.Check();
        }

        Refill(remaining);
    }

    /// <inheritdoc cref="ScriptContext.TryRefill"/>
    public bool TryRefill()
    {
        long remaining = _stepLimit - _context.Budget.Taken;
        if (remaining < 0 || _heap.IsSweepDue || IsCancellationNew || IsTimeOverAfter(TimeOfCharge()) || IsThrottleDue())
        {
            return false;
        }

        Refill(remaining);
        return true;
    }

    /// <inheritdoc cref="ScriptContext.CheckClock"/>
    public void CheckClock() => CheckClock(0);

    /// <inheritdoc cref="ScriptContext.OnMemorySpent"/>
    public void OnMemorySpent(long bytes)
    {
        FailIfInjected();
        if (bytes > _maxValueBytes)
        {
            _context.Memory.Refund(bytes);
            _context.RequireFrames();
            RaiseValue(Counts.Of(_maxValueBytes, "byte"));
        }

        if (bytes > MostBytes && !_isLimitGiven)
        {
            _context.Memory.Refund(bytes);
            return;
        }

        if (!_context.Memory.Release(MemoryQuantum))
        {
            WalkHeap(bytes);
        }

        if (!ProcessMemory.Has(bytes + MemoryQuantum))
        {
            _context.RequireFrames();
            RaiseMemory(ErrorObject.MemoryRefused());
        }

        CheckClock(TimeToAllocate(bytes));
    }

    /// <summary>
    /// Charges memory for compiled code if neither the heap must be walked nor a limit of time or a cancellation ends the run; otherwise
    /// returns false.
    /// </summary>
    public bool TryRefillMemory(long bytes)
    {
        ref MemoryAccount memory = ref _context.Memory;
        if (memory.Left + memory.Withheld < bytes
            || bytes > _checkedBytes
            || IsFailureInjected()
            || IsCancellationNew
            || IsTimeOverAfter(TimeToAllocate(bytes))
            || !ProcessMemory.Has(bytes + MemoryQuantum))
        {
            return false;
        }

        memory.Release(bytes + MemoryQuantum);
        return memory.TryCharge(bytes);
    }

    /// <summary>
    /// Tells the stacks how many bytes they may take: a part of the memory limit, and some more for finally blocks once it is reached.
    /// </summary>
    public void LimitStacks() => _context.Stack.LimitBytes(MostStackBytes + (_inGrace ? GraceStackBytes : 0));

    /// <inheritdoc cref="FrameContext.OnStackSpent"/>
    public void OnStackSpent(long bytes)
    {
        long raised = RaisedMemory();
        _context.Memory.Withheld += raised;
        if (raised == 0 || bytes > MostStackBytes)
        {
            RaiseMemory(LimitReached());
        }
    }

    /// <inheritdoc cref="FrameContext.OnStackGrowth"/>
    public void OnStackGrowth(long bytes)
    {
        if (!ProcessMemory.Has(bytes))
        {
            RaiseMemory(ErrorObject.MemoryRefused());
        }

        CheckClock(TimeToAllocate(bytes));
    }

    private void FailIfInjected()
    {
        if (IsFailureInjected())
        {
            _isFailureInjected = false;
            InjectedFailure.Throw();
        }
    }

    /// <summary>Whether the allocation fails. Compiled code that exits because of it leaves the failure to the interpreter.</summary>
    private bool IsFailureInjected() => _isFailureInjected |= AllocationFails is { } fails && fails();

    /// <summary>Records that a finally block runs because of an error, which may be a limit error.</summary>
    public void NoteEnding(ErrorObject error)
    {
        if (error.Limit is not null && ScriptErrors.EndsRun(error))
        {
            _isPrepared = false;
            _ending ??= error;
        }
    }

    /// <summary>
    /// At the end of the outermost run: throws a limit error that finally blocks have discarded, for example by a yield that was not
    /// resumed. Also checks the clock, because the last quantum may have exceeded the time limit.
    /// </summary>
    public void CheckEnd(bool isOuter)
    {
        if (isOuter && (!_isPrepared || Integrity.IsDue))
        {
            CheckOutermostEnd();
        }
    }

    private void CheckOutermostEnd()
    {
        if (_ending is { } error)
        {
            throw new ScriptErrorException(error);
        }

        if (IsTimeOver)
        {
            ThrowIfStopped();
        }

        if (Integrity.IsDue)
        {
            Integrity.Check();
        }
    }

    /// <summary>The timestamp after some time; a timestamp that is never reached if the time exceeds the range of timestamps.</summary>
    private long After(TimeSpan time) => Later(Clock.GetTimestamp(), time);

    private static long Later(long timestamp, TimeSpan time)
    {
        double stamp = timestamp + (time.TotalSeconds * Stopwatch.Frequency);
        return stamp < long.MaxValue / 2 ? (long)stamp : long.MaxValue;
    }

    private static long TimeToAllocate(long bytes) => bytes > ProcessMemory.Quantum && bytes <= MostBytes ? bytes * NanosecondsPerByte : 0;

    /// <summary>
    /// The time in nanoseconds that the charge which has exhausted the budget stands for, if it is long. Builtins charge before they work.
    /// </summary>
    private long TimeOfCharge() => _context.Budget.Left < -Quantum ? -_context.Budget.Left * NanosecondsPerStep : 0;

    /// <summary>
    /// Looks at the clock. An operation that can't be interrupted counts as done, because the next look is behind it.
    /// </summary>
    private bool IsTimeOverAfter(long nanoseconds)
    {
        Looked?.Invoke(nanoseconds);
        if (_deadline == long.MaxValue)
        {
            return false;
        }

        long ahead = (long)(nanoseconds * 1e-9 * Stopwatch.Frequency) + (_inGrace ? 0 : TimeToUnwind);
        return Clock.GetTimestamp() + ahead >= _deadline;
    }

    /// <summary>Checks the clock before an operation that takes some time and can't be interrupted.</summary>
    public void CheckClock(long nanoseconds)
    {
        if (!IsTimeOverAfter(nanoseconds) && !IsCancellationNew)
        {
            return;
        }

        _context.RequireFrames();
        ThrowIfStopped(nanoseconds);
    }

    /// <summary>
    /// Whether the thread has allocated much more than was charged. The answer is given once, so a compiled region that exits because of it
    /// repeats it to the interpreter.
    /// </summary>
    private bool IsThrottleDue()
    {
        _isThrottleDue |= _hasThrottle && _throttle.Trips(_context, _memoryLimit);
        bool isDue = _isThrottleDue && !_inGrace;
        _isThrottleDue = isDue && _context.InRegion;
        return isDue;
    }

    /// <summary>The bytes that the reachable heap leaves.</summary>
    public long CountFreeBytes() => Math.Max(0, _memoryLimit - _heap.ReachableBytes());

    /// <summary>Sets the account to what the reachable heap leaves, or throws.</summary>
    private void WalkHeap(long bytes)
    {
        _context.RequireFrames();
        bool trips = IsThrottleDue();
        long left = _memoryLimit + _memoryGrace - _heap.ReachableBytes(_checkClock);

        // Near the limit, every other allocation walks the whole heap, and walks cost no steps.
        CheckClock(0);
        if (bytes > left || trips)
        {
            left += RaisedMemory();
        }

        if (bytes <= left && !trips)
        {
            (_context.Memory.Left, _context.Memory.Withheld) = (0, Math.Min(left - bytes, WalkInterval));
            _throttle.Reset(_context);
            return;
        }

        (_context.Memory.Left, _context.Memory.Withheld) = (Math.Max(0, left), 0);
        RaiseMemory(LimitReached());
    }

    private ErrorObject LimitReached() =>
        ErrorObject.LimitExceeded(LimitKind.Memory, $"the memory limit of {Counts.Of(_memoryLimit, "byte")} is reached", Raise?.Failure);

    /// <summary>Ends the run because a single value would be too large.</summary>
    /// <param name="most">The limit.</param>
    public void RaiseValue(string most) => RaiseLimit(LimitKind.Memory, $"the limit of {most} for one value is reached");

    [DoesNotReturn]
    private void RaiseMemory(ErrorObject error)
    {
        if (!_inGrace)
        {
            StartGrace();
            _context.Memory.Refund(_memoryGrace);
        }

        _throttle.Reset(_context);
        ThrowFirst(error);
    }

    private void ExitRegionUnlessRefilled()
    {
        if (!TryRefill())
        {
            throw RegionExitException.Instance;
        }
    }

    private void ThrowIfStopped(long nanoseconds = 0)
    {
        if (IsCancellationNew)
        {
            _cancellationSeen = true;
            CancelledBy = _cancellation.IsCancellationRequested ? _cancellation : _nested!.Requested;
            StartGrace();
            ThrowFirst(ScriptErrors.RunCancellation());
        }

        if (IsTimeOverAfter(nanoseconds) && !IsTimeRaised(nanoseconds))
        {
            RaiseLimit(LimitKind.Time, $"the time limit of {(_timeout ?? TimeSpan.Zero).TotalMilliseconds:0} ms is reached");
        }
    }

    /// <summary>
    /// After a walk: requests a garbage collection if the process has much more memory in use than the limit and this thread has allocated
    /// much of it since the last one. The CLR lets the heap grow to several times its live size, in particular if large objects survive a
    /// few collections. A concurrent collection may fall behind a script that makes garbage fast, so the script waits for one beyond twice
    /// the limit.
    /// </summary>
    public void CollectGarbageIfDue()
    {
        long limit = _maxMemoryBytes;
        long inUse = GC.GetTotalMemory(forceFullCollection: false);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (inUse > limit + (limit / 2) + ToleratedGarbage && Math.Abs(allocated - _allocatedAtCollection) > Math.Max(limit / 2, inUse / 4))
        {
            _allocatedAtCollection = allocated;
#pragma warning disable RS0030 // Garbage of a script must not make the process much larger than the limit.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: inUse > (2 * limit) + ToleratedGarbage);
#pragma warning restore RS0030
        }
    }

    /// <summary>
    /// Grants the next quantum of steps, limited to the remaining ones, and of memory, because the clock was just checked. The steps are
    /// none while the stacks must be swept, because the loop must be entered again for that.
    /// </summary>
    private void Refill(long remaining)
    {
        AdaptQuantum();
        Integrity.Count();
        long quantum = _heap.IsSweepDue ? 0 : Math.Min(_quantum, FirstQuantum + (TotalSteps / 8));
        long grant = Math.Min(remaining, quantum);
        long missing = Math.Max(0, -_context.Budget.Left);
        grant = remaining - missing < grant ? Math.Max(remaining, 0) + missing : grant + missing;
        _context.Budget.Grant(grant);
        _context.Budget.Withheld = 0;
        if (!_context.InRegion)
        {
            _context.Budget.BeginInterpreter();
        }

        _context.Memory.Release(MemoryQuantum);
    }

    /// <summary>As <see cref="Refill"/>, for the first quantum of a run: nothing was taken, no region runs, and no clock is read.</summary>
    private void GrantFirst()
    {
        Integrity.Count();
        long quantum = _heap.IsSweepDue ? 0 : Math.Min(Quantum, FirstQuantum + (_earlierSteps >> 3));
        long grant = Math.Min(_stepLimit, quantum);
        _context.Budget = new RunBudget { Left = grant, Granted = grant };
        if (_context.Memory.Left < MemoryQuantum)
        {
            _context.Memory.Release(MemoryQuantum);
        }
    }

    /// <summary>Chooses the next quantum by the time that the last one took.</summary>
    private void AdaptQuantum()
    {
        long now = Stopwatch.GetTimestamp();
        long taken = now - _refilledAt;
        bool isFirst = _refilledAt == 0;
        _isPrepared = false;
        _refilledAt = now;
        if (isFirst)
        {
            return;
        }

        if (taken > LongTime)
        {
            _quantum = Quantum;
        }
        else if (taken < ShortTime && AdaptsQuantum)
        {
            _quantum = Math.Min(2 * _quantum, LongestQuantum);
        }
    }

    /// <summary>The steps by which the host raises the limit.</summary>
    private long RaisedSteps()
    {
        if (Raise is null || _inGrace || _maxSteps is not { } current)
        {
            return 0;
        }

        long more = AskHost(LimitKind.Steps, current) - current;
        _maxSteps = current + more;
        _stepLimit += more;
        return more;
    }

    /// <summary>The bytes by which the host raises the limit, as far as the process can fulfil it.</summary>
    private long RaisedMemory()
    {
        if (Raise is null || _inGrace)
        {
            return 0;
        }

        long current = _memoryLimit;
        _isPrepared = false;
        _memoryLimit = Math.Max(current, Math.Min(AskHost(LimitKind.Memory, current), ProcessMemory.HighestLimit));
        LimitStacks();
        return _memoryLimit - current;
    }

    private bool IsTimeRaised(long nanoseconds)
    {
        if (Raise is null || _inGrace || _timeout is not { } current)
        {
            return false;
        }

        long milliseconds = (long)current.TotalMilliseconds;
        long most = (long)TimeSpan.MaxValue.TotalMilliseconds / 2;
        long more = Math.Min(AskHost(LimitKind.Time, milliseconds), most) - milliseconds;
        if (more <= 0)
        {
            return false;
        }

        _timeout = current + TimeSpan.FromMilliseconds(more);
        _deadline = Later(_deadline, TimeSpan.FromMilliseconds(more));
        return !IsTimeOverAfter(nanoseconds);
    }

    private long AskHost(LimitKind limit, long current)
    {
        _context.HasForeignAllocations = true;
        return Raise!.Ask(limit, current);
    }

    private void RaiseLimit(LimitKind limit, string message)
    {
        if (_inGrace)
        {
            _context.Budget.Left = 0;
        }
        else
        {
            StartGrace();
        }

        ThrowFirst(ErrorObject.LimitExceeded(limit, message, Raise?.Failure));
    }

    [DoesNotReturn]
    private void ThrowFirst(ErrorObject error) => throw new ScriptErrorException(_first ??= error);

    /// <summary>Starts the grace, or bounds its time if the host cancels the run meanwhile.</summary>
    private void StartGrace()
    {
        if (_inGrace)
        {
            _deadline = Math.Min(_deadline, After(GraceTime));
            return;
        }

        _isPrepared = false;
        _inGrace = true;
        long steps = Math.Max(GraceSteps, (_maxSteps ?? 0) / 10);
        if (_maxSteps is not null)
        {
            _stepLimit = _context.Budget.Taken + steps;
        }

        TimeSpan time = _timeout is { } timeout && timeout / 10 > GraceTime ? timeout / 10 : GraceTime;
        if (_timeout is not null || _cancellationSeen)
        {
            _deadline = After(time);
        }

        _memoryGrace = _maxMemoryBytes / 10;
        LimitStacks();
        _context.Budget.Revoke();
    }
}
