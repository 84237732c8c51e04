using System;
using System.Threading;

namespace Lyra.Jit.Tiering;

/// <summary>
/// A thread that compiles for all engines of the process, one queue at a time. It begins with the first work, and ends after a second
/// without any. While it is busy, other engines' queues run on the thread pool, which therefore bounds the number of threads. A process
/// with one engine never starts the pool, which would take it 6 ms.
/// </summary>
internal sealed class CompilerThread
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new();
    private State _state;

    /// <summary>What the thread was given and has not begun.</summary>
    private IThreadPoolWorkItem? _next;

    private enum State
    {
        /// <summary>There is no thread.</summary>
        None,

        /// <summary>It waits for work, or will after what it does now.</summary>
        Waits,

        /// <summary>It has work.</summary>
        Busy,
    }

    /// <summary>The one of the process.</summary>
    public static CompilerThread Shared { get; } = new();

    /// <summary>
    /// Makes the calling thread the compiler's, unless there is one; then work waits until it calls <see cref="Serve"/>. For a thread that
    /// is busy with something that the work needs anyway.
    /// </summary>
    /// <returns>Whether it is.</returns>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (_state != State.None)
            {
                return false;
            }

            _state = State.Waits;
            return true;
        }
    }

    /// <summary>Runs work, which must not throw, soon and on another thread.</summary>
    public void Run(IThreadPoolWorkItem work)
    {
        if (!TryHandOver(work))
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>Runs the work of the thread that has reserved it, until there has been none for a second.</summary>
    /// <param name="whenIdle">What the thread does once, when there has been no work for a while.</param>
    public void Serve(Action? whenIdle = null)
    {
        while (true)
        {
            if (Next(whenIdle is null ? Patience : Pause) is { } work)
            {
                work.Execute();
            }
            else if (whenIdle is not null)
            {
                whenIdle();
                whenIdle = null;
            }
            else if (TryEnd())
            {
                return;
            }
        }
    }

    /// <summary>Gives work to the thread unless it has other work. If there is none, starts it.</summary>
    private bool TryHandOver(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            if (_state == State.Busy || (_state == State.None && !TryStart()))
            {
                return false;
            }

            _state = State.Busy;
            _next = work;
            Monitor.Pulse(_gate);
            return true;
        }
    }

    private bool TryStart()
    {
        try
        {
            // Without the execution context, which would keep values of the host alive.
            new Thread(() => Serve()) { IsBackground = true, Name = "Lyra compiler" }.UnsafeStart();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The system allows no further thread. The pool may have one.
            return false;
        }
    }

    /// <summary>The next work; null when there was none for some time.</summary>
    private IThreadPoolWorkItem? Next(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_next is null)
            {
                _state = State.Waits;
                Monitor.Wait(_gate, patience);
            }

            IThreadPoolWorkItem? work = _next;
            _next = null;
            return work;
        }
    }

    /// <summary>Ends the thread's service if there is no work.</summary>
    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_next is null)
            {
                _state = State.None;
            }

            return _state == State.None;
        }
    }
}
