using System.Collections.Generic;
using System.Threading;

namespace Lyra.Jit.Tiering;

/// <summary>
/// Runs the compilations of an engine one after another on another thread, so that they use one core at most. Without work it has no
/// thread. Its length is bounded, because each job holds a profile, and a script can make loops hot faster than they are compiled.
/// <para>
/// A next version is compiled before larger regions that were added earlier: otherwise a small proc that exits at each call until then
/// would wait for all regions around it.
/// </para>
/// </summary>
internal sealed class CompileQueue : IThreadPoolWorkItem
{
    /// <summary>The largest number of jobs that wait: some hundred milliseconds of work, and at most 50 MB of profiles.</summary>
    public const int MaxJobs = 64;

    /// <summary>A job that has been overtaken by so many others is run next, so that it does not wait for ever.</summary>
    private const int MaxOvertaken = 8;

    private readonly Lock _lock = new();

    /// <summary>In the order of their additions.</summary>
    private readonly List<CompileJob> _jobs = [];
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

            _jobs.Add(job);
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
            _isRunning = _jobs.Count > 0;
            return _isRunning ? TakeNext() : null;
        }
    }

    /// <summary>Takes the first job, or the smallest next version that overtakes it.</summary>
    private CompileJob TakeNext()
    {
        int next = 0;

        // No job has been overtaken more often than the first.
        for (int i = 1; i < _jobs.Count && _jobs[0].Overtaken < MaxOvertaken; i++)
        {
            next = _jobs[i].IsGrowth && _jobs[i].Size < _jobs[next].Size ? i : next;
        }

        for (int i = 0; i < next; i++)
        {
            _jobs[i].Overtaken++;
        }

        CompileJob job = _jobs[next];
        _jobs.RemoveAt(next);
        return job;
    }
}
