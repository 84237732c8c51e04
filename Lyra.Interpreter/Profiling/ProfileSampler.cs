using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>The time that a sampler has seen in a block, in units of <see cref="Stopwatch"/>.</summary>
/// <param name="Interpreted">In the interpreter.</param>
/// <param name="Compiled">In compiled code.</param>
internal readonly record struct SampledTime(long Interpreted, long Compiled)
{
    public static SampledTime operator +(SampledTime x, SampledTime y) => new(x.Interpreted + y.Interpreted, x.Compiled + y.Compiled);
}

/// <summary>
/// Reads, on a thread of its own, about a thousand times a second, in which call and block a run is. It also decides when the interpreter
/// times single instructions: in the first ten milliseconds, and in a tenth of the time afterwards, because timing slows it down several
/// times.
/// </summary>
/// <param name="probe">The place of the run.</param>
internal sealed class ProfileSampler(ProfileProbe probe)
{
    private const int Milliseconds = 1;

    /// <summary>The time without a run after which the thread ends, so that a host that forgets a profile does not keep it.</summary>
    private const int MillisecondsToEnd = 1_000;

    /// <summary>One of so many samples is one of timed instructions.</summary>
    private const int TimedOneOf = 10;

    /// <summary>The number of samples that are kept in order; later ones are in the tree of calls only.</summary>
    private const int MaxSequence = 100_000;

    private readonly Dictionary<int, SampledTime> _times = [];
    private readonly List<(CallNode Call, long Time)> _sequence = [];

    private Thread? _thread;
    private long _samples;
    private bool _isRunning;
    private bool _isEnded;

    /// <summary>Begins or resumes to sample.</summary>
    public void Begin()
    {
        lock (_times)
        {
            _isRunning = true;
            Monitor.Pulse(_times);
            if (_thread is null && !_isEnded)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "Lyra profile" };
                _thread.Start();
            }
        }
    }

    /// <summary>Pauses until <see cref="Begin"/>.</summary>
    public void Pause()
    {
        lock (_times)
        {
            _isRunning = false;
        }
    }

    /// <summary>Ends the thread. Code that is still running is not timed any more.</summary>
    public void End()
    {
        lock (_times)
        {
            _isEnded = true;
            Monitor.Pulse(_times);
            probe.IsTiming = false;
        }
    }

    /// <summary>The time of each block that was seen.</summary>
    public Dictionary<int, SampledTime> Times()
    {
        lock (_times)
        {
            return new Dictionary<int, SampledTime>(_times);
        }
    }

    /// <summary>The samples in order: the innermost call, and the time since the sample before.</summary>
    public List<(CallNode Call, long Time)> Sequence()
    {
        lock (_times)
        {
            return [.. _sequence];
        }
    }

    /// <summary>Whether its thread exists. It ends with the profile, with the engine, or if no run begins for a second.</summary>
    public bool HasThread
    {
        get
        {
            lock (_times)
            {
                return _thread is not null;
            }
        }
    }

    /// <summary>The host, whose callees are the procs that it calls.</summary>
    public CallNode Root => probe.Calls.Root;

    private void Run()
    {
        while (WaitForRun())
        {
            long before = Stopwatch.GetTimestamp();
#pragma warning disable RS0030 // The thread belongs to the sampler, and no run waits for it.
            Thread.Sleep(Milliseconds);
#pragma warning restore RS0030
            Take(Stopwatch.GetTimestamp() - before);
        }
    }

    /// <summary>Waits until a run begins; false when the thread must end.</summary>
    private bool WaitForRun()
    {
        lock (_times)
        {
            if (_isEnded || (!_isRunning && !Monitor.Wait(_times, MillisecondsToEnd) && !_isRunning))
            {
                _thread = null;
                return false;
            }

            return true;
        }
    }

    private void Take(long time)
    {
        lock (_times)
        {
            (int block, bool isCompiled, CallNode call) = (probe.Block, probe.IsCompiled, probe.Calls.Current);
            if (!_isRunning || _isEnded || block < 0)
            {
                return;
            }

            _times[block] = _times.GetValueOrDefault(block) + (isCompiled ? new SampledTime(0, time) : new SampledTime(time, 0));
            call.Time += time;
            if (_sequence.Count < MaxSequence)
            {
                _sequence.Add((call, time));
            }

            _samples++;
            probe.IsTiming = _samples < TimedOneOf || _samples % TimedOneOf == 0;
        }
    }
}
