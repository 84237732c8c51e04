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
    private static readonly object Gate = new();
    private static IThreadPoolWorkItem? _next;
    private static bool _exists;

    /// <summary>Whether the thread waits for work.</summary>
    private static bool _waits;

    /// <summary>Starts the thread, if there is none, and lets it wait for work.</summary>
    public static void Start()
    {
        lock (Gate)
        {
            if (!_exists)
            {
                _waits = true;
                StartThread();
            }
        }
    }

    /// <summary>Runs work, which must not throw, soon and on another thread.</summary>
    public static void Run(IThreadPoolWorkItem work)
    {
        lock (Gate)
        {
            if (_waits || !_exists)
            {
                _waits = false;
                _next = work;
                if (_exists)
                {
                    Monitor.Pulse(Gate);
                }
                else
                {
                    StartThread();
                }

                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    private static void StartThread()
    {
        _exists = true;

        // Without the execution context, which would keep values of the host alive.
        new Thread(Work) { IsBackground = true, Name = "Lyra compiler" }.UnsafeStart();
    }

    private static void Work()
    {
        while (Wait() is { } work)
        {
            work.Execute();
        }
    }

    /// <summary>The next work; null when there was none for too long.</summary>
    private static IThreadPoolWorkItem? Wait()
    {
        lock (Gate)
        {
            _waits = _next is null;
            while (_next is null)
            {
                if (!Monitor.Wait(Gate, Patience) && _next is null)
                {
                    _waits = false;
                    _exists = false;
                    return null;
                }
            }

            IThreadPoolWorkItem work = _next;
            _next = null;
            return work;
        }
    }
}
