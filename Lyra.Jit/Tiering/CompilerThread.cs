using System;
using System.Threading;

namespace Lyra.Jit.Tiering;

/// <summary>
/// The thread that compiles for all engines of the process, one queue at a time. It begins with the first work, and ends after a second
/// without any. While it is busy, other engines' queues run on the thread pool, which therefore bounds the number of threads. A process
/// with one engine never starts the pool, which would take it 4 to 9 ms.
/// </summary>
internal static class CompilerThread
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly object Gate = new();
    private static IThreadPoolWorkItem? _next;
    private static bool _exists;

    /// <summary>Whether the thread waits for work, or will after what it does now.</summary>
    private static bool _waits;

    /// <summary>
    /// Makes the calling thread the compiler's, unless there is one; then work waits until it calls <see cref="Serve"/>. For a thread that
    /// is busy with something that the work needs anyway.
    /// </summary>
    /// <returns>Whether it is.</returns>
    public static bool TryReserve()
    {
        lock (Gate)
        {
            if (_exists)
            {
                return false;
            }

            _exists = true;
            _waits = true;
            return true;
        }
    }

    /// <summary>Runs work, which must not throw, soon and on another thread.</summary>
    public static void Run(IThreadPoolWorkItem work)
    {
        if (!TryHandOver(work))
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>Runs the work of the thread that has reserved it, until there has been none for a second.</summary>
    /// <param name="whenIdle">What the thread does once, when there has been no work for a while.</param>
    public static void Serve(Action? whenIdle = null)
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
    private static bool TryHandOver(IThreadPoolWorkItem work)
    {
        lock (Gate)
        {
            if (_waits)
            {
                _waits = false;
                Monitor.Pulse(Gate);
            }
            else if (!_exists)
            {
                _exists = TryStartThread();
            }
            else
            {
                return false;
            }

            _next = _exists ? work : null;
            return _exists;
        }
    }

    private static bool TryStartThread()
    {
        try
        {
            // Without the execution context, which would keep values of the host alive.
            new Thread(static () => Serve()) { IsBackground = true, Name = "Lyra compiler" }.UnsafeStart();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The system allows no further thread. The pool may have one.
            return false;
        }
    }

    /// <summary>The next work; null when there was none for some time.</summary>
    private static IThreadPoolWorkItem? Next(TimeSpan patience)
    {
        lock (Gate)
        {
            _waits = _next is null;
            if (_next is null)
            {
                Monitor.Wait(Gate, patience);
            }

            IThreadPoolWorkItem? work = _next;
            _next = null;
            return work;
        }
    }

    /// <summary>Ends the thread's service if there is no work.</summary>
    private static bool TryEnd()
    {
        lock (Gate)
        {
            if (_next is not null)
            {
                return false;
            }

            _waits = false;
            _exists = false;
            return true;
        }
    }
}
