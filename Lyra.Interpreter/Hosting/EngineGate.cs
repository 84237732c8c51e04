using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// Ensures that one thread at a time uses an engine. The thread inside may enter again, as a host delegate that calls the engine does. An
/// asynchronous run holds the gate from its start to its end: while it waits, no thread is inside, and none can enter.
/// </summary>
internal sealed class EngineGate
{
    private const int Free = 0;

    /// <summary>No managed thread has this id.</summary>
    private const int Waiting = -1;

    /// <summary>The id of the thread, which the runtime needs 3 ns to tell; 0 before it is asked for.</summary>
    [ThreadStatic]
    private static int _currentThread;

    private int _thread;
    private int _depth;
    private bool _isDisposed;

    /// <summary>Whether the calling thread is inside.</summary>
    public bool IsInside => Volatile.Read(ref _thread) == CurrentThread();

    /// <exception cref="InvalidOperationException">Another thread, or an asynchronous run, is using the engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public void Enter()
    {
        int current = CurrentThread();
        if (Volatile.Read(ref _thread) != current)
        {
            Take(current);
        }

        _depth++;
        if (_isDisposed)
        {
            // Checked inside the gate: otherwise the engine could be disposed between the check and the entry.
            Exit();
            throw new ObjectDisposedException(typeof(LyraEngine).FullName);
        }
    }

    /// <summary>As <see cref="Enter"/>, for an asynchronous run, which can't wait while another use of the engine is in progress.</summary>
    /// <exception cref="InvalidOperationException">The engine is in use.</exception>
    public void EnterAlone()
    {
        Enter();
        if (_depth > 1)
        {
            Exit();
            throw new InvalidOperationException(
                "RunAsync can't be called by a host delegate while the engine runs: call Run, or return a task that the script awaits.");
        }
    }

    public void Exit()
    {
        if (--_depth == 0)
        {
            Volatile.Write(ref _thread, Free);
        }
    }

    /// <summary>
    /// What the asynchronous run inside awaits: it releases its thread, and continues on any thread, which then is inside. Await the result
    /// in the method that uses the engine afterwards: a second async method in between may complete on one thread before its caller, on
    /// another one, has looked at its task, and the caller would continue there.
    /// </summary>
    public Absence WhileAway(Task work) => new(this, work);

    /// <summary>Runs an action on a thread that substitutes for the thread inside, which waits for it.</summary>
    public void RunOnBehalf(Action body)
    {
        int replaced = Volatile.Read(ref _thread);
        Return();
        try
        {
            body();
        }
        finally
        {
            Volatile.Write(ref _thread, replaced);
        }
    }

    /// <summary>Closes the gate for good.</summary>
    public void Close()
    {
        Enter();
        _isDisposed = true;
        Exit();
    }

    private static int CurrentThread()
    {
        int current = _currentThread;
        return current != 0 ? current : _currentThread = Environment.CurrentManagedThreadId;
    }

    private void Take(int current)
    {
        int holder = Interlocked.CompareExchange(ref _thread, current, Free);
        if (holder != Free)
        {
            throw new InvalidOperationException(holder == Waiting
                ? "The engine is in use: a run that was started by RunAsync is not finished. "
                    + "Await it first, or use a separate engine for each run."
                : "The engine is in use by another thread. An engine serves one thread at a time: "
                    + "use one for each thread; scripts can be shared.");
        }
    }

    private void Return() => Volatile.Write(ref _thread, CurrentThread());

    /// <summary>An await of the run inside, which no thread is during the wait.</summary>
    internal readonly struct Absence(EngineGate gate, Task work) : ICriticalNotifyCompletion
    {
        private ConfiguredTaskAwaitable.ConfiguredTaskAwaiter Inner => work.ConfigureAwait(false).GetAwaiter();

        public bool IsCompleted => work.IsCompleted;

        public Absence GetAwaiter() => this;

        public void OnCompleted(Action continuation)
        {
            Volatile.Write(ref gate._thread, Waiting);
            Inner.OnCompleted(continuation);
        }

        public void UnsafeOnCompleted(Action continuation)
        {
            Volatile.Write(ref gate._thread, Waiting);
            Inner.UnsafeOnCompleted(continuation);
        }

        public void GetResult()
        {
            gate.Return();
            Inner.GetResult();
        }
    }
}
