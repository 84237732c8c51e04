using System.Collections.Generic;
using System.Threading;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Runs the compilations of an engine one after another on another thread, so that they use one core at most. Without work it has no
/// thread. Its length is bounded, because each job holds a profile, and a script can make loops hot faster than they are compiled.
/// </summary>
internal sealed class CompileQueue : IThreadPoolWorkItem
{
    /// <summary>The largest number of jobs that wait: some hundred milliseconds of work, and at most 50 MB of profiles.</summary>
    public const int MaxJobs = 64;

    private readonly Lock _lock = new();
    private readonly Queue<CompileJob> _jobs = [];
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Whether no thread runs its jobs.</summary>
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

    /// <summary>Whether the queue takes no job now. Only the script's thread adds jobs, so false stays false until it does.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _jobs.Count >= MaxJobs;
            }
        }
    }

    /// <summary>Runs a job soon; never after the queue was closed. The caller has checked <see cref="IsFull"/>.</summary>
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

        CompilerThread.Shared.Run(this);
    }

    /// <summary>Drops the jobs that have not begun. A running job finishes, and its result is not used.</summary>
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
