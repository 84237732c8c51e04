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

    /// <summary>One of so many samples is one of timed instructions.</summary>
    private const int TimedOneOf = 10;

    /// <summary>The number of samples that are kept in order; later ones are in the tree of calls only.</summary>
    private const int MaxSequence = 100_000;

    private readonly Dictionary<int, SampledTime> _times = [];
    private readonly List<(CallNode Call, long Time)> _sequence = [];

    private Thread? _thread;
    private bool _isRunning;
    private bool _isEnded;

    /// <summary>Begins or resumes to sample.</summary>
    public void Begin()
    {
        Set(ref _isRunning, true);
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "Lyra profile" };
            _thread.Start();
        }
    }

    /// <summary>Pauses until <see cref="Begin"/>.</summary>
    public void Pause() => Set(ref _isRunning, false);

    /// <summary>Ends the thread.</summary>
    public void End() => Set(ref _isEnded, true);

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

    /// <summary>The host, whose callees are the procs that it calls.</summary>
    public CallNode Root => probe.Calls.Root;

    private void Set(ref bool state, bool value)
    {
        lock (_times)
        {
            state = value;
            Monitor.Pulse(_times);
        }
    }

    private void Run()
    {
        int sample = 0;
        while (WaitForRun())
        {
            long before = Stopwatch.GetTimestamp();
            Thread.Sleep(Milliseconds);
            if (Take(Stopwatch.GetTimestamp() - before))
            {
                sample++;
                probe.IsTiming = sample < TimedOneOf || sample % TimedOneOf == 0;
            }
        }
    }

    /// <summary>Waits until a run begins; false when the profile has ended.</summary>
    private bool WaitForRun()
    {
        lock (_times)
        {
            while (!_isRunning && !_isEnded)
            {
                Monitor.Wait(_times);
            }

            return !_isEnded;
        }
    }

    private bool Take(long time)
    {
        lock (_times)
        {
            (int block, bool isCompiled, CallNode call) = (probe.Block, probe.IsCompiled, probe.Calls.Current);
            if (!_isRunning || block < 0)
            {
                return false;
            }

            _times[block] = _times.GetValueOrDefault(block) + (isCompiled ? new SampledTime(0, time) : new SampledTime(time, 0));
            call.Time += time;
            if (_sequence.Count < MaxSequence)
            {
                _sequence.Add((call, time));
            }

            return true;
        }
    }
}
