using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

// A SemaphoreSlim holds nothing to dispose unless its wait handle is used, and other threads may post at any time.
#pragma warning disable CA1001

/// <summary>
/// The tasks of one engine: ready tasks, timers, and the actions that other threads post. All members except <see cref="Post"/> belong to
/// the thread that runs the engine.
/// </summary>
internal sealed class EventLoop(ScriptContext context) : ITaskScheduler
{
    private const int MinFailedLimit = 16;

    private readonly Queue<TaskObject> _ready = new();

    /// <summary>The timers that are not due; null before the first one.</summary>
    private PriorityQueue<TaskObject, (long Due, long Order)>? _timers;

    private readonly List<TaskObject> _failed = [];
    private readonly SemaphoreSlim _signal = new(0);
    private readonly List<TaskObject> _hostTasks = [];

    /// <summary>What other threads have posted; null before the first post, because few engines get one.</summary>
    private ConcurrentQueue<Action>? _posted;

    /// <summary>The host's waits for tasks of the present run; null before the first one, because few runs have any.</summary>
    private List<TaskCompletionSource<Value>>? _hostWaits;

    private TaskContinuation? _requeue;
    private int _failedLimit = MinFailedLimit;
    private long _order;
    private int _external;
    private int _abandoned;
    private int _run;

    /// <summary>Whether a task can still run or finish.</summary>
    public bool HasWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _ready.Count > 0 || _timers is { Count: > 0 } || _external > 0 || _posted is { IsEmpty: false };
    }

    /// <summary>Whether tasks remain at the end of a run: some that can still run or finish, or failures to report.</summary>
    public bool HasRemains
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HasWork || _failed.Count > 0;
    }

    /// <summary>
    /// Whether a task of the host that an earlier run left behind is still running. Only a script that awaits it waits for it.
    /// </summary>
    public bool HasAbandoned => _abandoned > 0;

    public void Enqueue(TaskObject task) => _ready.Enqueue(task);

    public bool TryDequeue(out TaskObject? task)
    {
        while (_posted is { } posted && posted.TryDequeue(out Action? action))
        {
            action();
        }

        FireTimers();
        return _ready.TryDequeue(out task);
    }

    public TaskObject Sleep(TimeSpan time)
    {
        context.ChargeMemory(TaskObject.Bytes);
        TaskObject timer = new("sleep");
        if (time <= TimeSpan.Zero)
        {
            time = TimeSpan.Zero;
        }

        long due = Now + (long)(time.TotalSeconds * context.Host.Time.TimestampFrequency);
        _timers ??= new(TimerOrder.Instance);
        _timers.Enqueue(timer, (due, _order++));
        return timer;
    }

    public TaskObject CreatePending(string name)
    {
        context.ChargeMemory(TaskObject.Bytes);
        return new TaskObject(name);
    }

    /// <summary>A task of the host: the event loop waits for it. Finish it by <see cref="Post"/> and <see cref="EndExternal"/>.</summary>
    /// <param name="name">Names the task in reports.</param>
    /// <param name="run">The number of the run, to pass to <see cref="EndExternal"/>.</param>
    public TaskObject BeginExternal(string name, out int run)
    {
        TaskObject task = CreatePending(name);
        if (_hostTasks.Count > 2 * (_external + 8))
        {
            _hostTasks.RemoveAll(t => t.IsDone);
        }

        _hostTasks.Add(task);
        _external++;
        run = _run;
        return task;
    }

    /// <summary>Finishes a task of the host from any thread.</summary>
    public void EndExternal(int run, Action finish) => Post(() =>
    {
        if (run == _run)
        {
            _external--;
        }
        else
        {
            _abandoned--;
        }

        finish();
    });

    /// <summary>Runs an action on the engine's thread, between two tasks. Any thread may call this member, and no other one.</summary>
    public void Post(Action action)
    {
        ConcurrentQueue<Action> posted = Volatile.Read(ref _posted) ?? Interlocked.CompareExchange(ref _posted, new(), null) ?? _posted;
        posted.Enqueue(action);
        Wake();
    }

    public void Complete(TaskObject task, in Value result)
    {
        if (!task.IsDone)
        {
            task.Result = result;
            Finish(task, TaskState.Finished);
        }
    }

    public void Fail(TaskObject task, ErrorObject error)
    {
        if (task.IsDone)
        {
            return;
        }

        if (error.Class == ErrorClass.Cancellation)
        {
            Finish(task, TaskState.Cancelled);
            return;
        }

        task.Error = error;
        if (_failed.Count >= _failedLimit)
        {
            // A long run may have any number of failures, which are needed only until they are observed.
            _failed.RemoveAll(static t => t.IsObserved);
            _failedLimit = Math.Max(MinFailedLimit, 2 * _failed.Count);
        }

        _failed.Add(task);
        Finish(task, TaskState.Failed);
    }

    public void Cancel(TaskObject task)
    {
        if (task.IsDone || task.IsCancelRequested)
        {
            return;
        }

        // A chain of tasks that wait for each other may have any length.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            CancelApart(task);
            return;
        }

        task.IsCancelRequested = true;
        task.OnCancel?.Invoke();
        if (task.State == TaskState.Running)
        {
            return;
        }

        TaskObject? inner = task.WaitsFor;
        if (task.Frame is { Pc: > 0 })
        {
            Enqueue(task);
        }
        else
        {
            Finish(task, TaskState.Cancelled);
        }

        if (inner is not null)
        {
            Cancel(inner);
        }
    }

    public void Suspend(TaskObject self, TaskObject awaited)
    {
        self.State = TaskState.Pending;
        self.WaitsFor = awaited;
        WhenFinished(awaited, self, _requeue ??= Requeue);
    }

    public void WhenFinished(TaskObject task, TaskObject waiter, TaskContinuation continuation)
    {
        if (task.IsDone)
        {
            continuation(waiter, task);
            return;
        }

        task.Add(waiter, continuation);
    }

    /// <summary>The first task that failed and was never awaited; null when there is none. Forgets all failures.</summary>
    public TaskObject? TakeUnobservedFailure()
    {
        TaskObject? found = _failed.Find(t => !t.IsObserved);
        _failed.Clear();
        return found;
    }

    /// <summary>A .NET task for a task of the present run, whose event loop completes it.</summary>
    public Task<Value> HostTaskOf(TaskObject task)
    {
        context.ChargeMemory(TaskObject.ContinuationBytes);
        task.IsObserved = true;
        TaskCompletionSource<Value> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (_hostWaits ??= []).Add(source);
        WhenFinished(task, task, (_, finished) =>
        {
            _hostWaits?.Remove(source);
            SetResult(source, finished);
        });
        return source.Task;
    }

    /// <summary>Drops all queued tasks and timers, after a run that ended early.</summary>
    public void Clear()
    {
        if (_hostWaits is { } waits)
        {
            _hostWaits = null;
            waits.ForEach(static w => w.TrySetException(new InvalidOperationException("The run ended before the task of the script.")));
        }

        _ready.Clear();
        _timers?.Clear();
        _failed.Clear();
        _hostTasks.Clear();
        _abandoned += _external;
        _external = 0;
        _run++;
    }

    /// <summary>Blocks until a timer is due or something is posted, but only a few milliseconds, so that limits are checked.</summary>
    public void WaitForWork()
    {
        if (Blocking?.RunPosted() is not true)
        {
            _signal.Wait(WaitTime());
        }
    }

    /// <summary>The synchronization context of the run that blocks the thread; null if that thread had none.</summary>
    public BlockingRunContext? Blocking { get; set; }

    /// <summary>Ends <see cref="WaitForWork"/>. Any thread may call it.</summary>
    public void Wake() => _signal.Release();

    /// <summary>As <see cref="WaitForWork"/>, without blocking the thread.</summary>
    public Task WaitForWorkAsync() => _signal.WaitAsync(WaitTime());

    public void Visit(HeapVisitor visitor)
    {
        // The queues keep their capacity when they are emptied.
        long timers = 32L * (_timers?.Capacity ?? 0);
        visitor.VisitShared(_ready, (8L * _ready.Capacity) + timers + (8L * (_failed.Capacity + _hostTasks.Capacity)));
        foreach (TaskObject task in _ready)
        {
            visitor.Visit(task);
        }

        if (_timers is not null)
        {
            foreach ((TaskObject task, _) in _timers.UnorderedItems)
            {
                visitor.Visit(task);
            }
        }

        _failed.RemoveAll(static t => t.IsObserved);
        foreach (TaskObject task in _failed)
        {
            visitor.Visit(task);
        }

        foreach (TaskObject task in _hostTasks)
        {
            if (!task.IsDone)
            {
                visitor.Visit(task);
            }
        }
    }

    private long Now => context.Host.Time.GetTimestamp();

    private TimeSpan WaitTime()
    {
        TimeSpan longest = TimeSpan.FromMilliseconds(10);
        if (_timers is null || !_timers.TryPeek(out _, out (long Due, long Order) next))
        {
            return longest;
        }

        double seconds = (next.Due - Now) / (double)context.Host.Time.TimestampFrequency;
        double milliseconds = Math.Clamp(Math.Ceiling(seconds * 1000), 0, longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private void FireTimers()
    {
        if (_timers is not { Count: > 0 })
        {
            return;
        }

        long now = Now;
        while (_timers.TryPeek(out TaskObject? timer, out (long Due, long Order) at) && (timer.IsDone || at.Due <= now))
        {
            _timers.Dequeue();
            Complete(timer, Value.Nil);
        }
    }

    /// <summary>Queues a task when the task that it awaits is finished, unless it was cancelled meanwhile and is queued already.</summary>
    private void Requeue(TaskObject task, TaskObject awaited)
    {
        if (!task.IsDone && !task.IsCancelRequested && ReferenceEquals(task.WaitsFor, awaited))
        {
            Enqueue(task);
        }
    }

    private void Finish(TaskObject task, TaskState state)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            FinishApart(task, state);
            return;
        }

        task.State = state;
        task.RunContinuations();
    }

    private void SetResult(TaskCompletionSource<Value> source, TaskObject task)
    {
        try
        {
            Value result = TaskRunner.ResultOf(task);
            EngineBoundary.Exit(context, result);
            source.TrySetResult(result);
        }
        catch (ScriptErrorException e)
        {
            source.TrySetException(LyraException.From(e.Error, context.Host.Caller));
        }
    }

    private void CancelApart(TaskObject task) => context.WithNativeStack(() => Cancel(task));

    /// <summary>Finishes on a new native stack. A separate method, because otherwise every task would allocate the closure.</summary>
    private void FinishApart(TaskObject task, TaskState state) => context.WithNativeStack(() => Finish(task, state));

    /// <summary>The earliest timer is first; of equal ones, the one that was made first.</summary>
    private sealed class TimerOrder : IComparer<(long Due, long Order)>
    {
        public static readonly TimerOrder Instance = new();

        public int Compare((long Due, long Order) x, (long Due, long Order) y) =>
            x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Order.CompareTo(y.Order);
    }
}
