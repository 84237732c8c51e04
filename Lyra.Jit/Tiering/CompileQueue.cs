using System.Collections.Generic;
using System.Threading;

namespace Lyra.Jit.Tiering;

/// <summary>
/// An engine's compilations, one after the other on a thread of the pool, so that they take one core at most from what else runs. Without work there
/// is no thread.
/// </summary>
internal sealed class CompileQueue : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<CompileJob> _jobs = [];
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Whether no thread works for it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return !_isRunning;
            }
        }
    }

    /// <summary>Has a job run soon; never when the queue is closed.</summary>
    public void Add(CompileJob job)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _jobs.Enqueue(job);
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        // Without the execution context, whose values of the host would stay alive with it.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Drops what has not begun. The job that runs comes to its end, and nobody asks for its result.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _jobs.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Next() is { } job)
        {
            job.Run();
        }
    }

    private CompileJob? Next()
    {
        lock (_lock)
        {
            _isRunning = _jobs.TryDequeue(out CompileJob? job);
            return job;
        }
    }
}
