using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// What a profile measures: the modules of an engine. Each is instrumented once, so its counts are the sums over all runs. Thread-safe
/// where the compiler uses it, which links procs of the library on its own thread.
/// </summary>
internal sealed class ProfileSession
{
    private readonly Dictionary<CompiledModule, InstrumentedModule> _modules = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CompiledModule, CompiledModule> _originals = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _lock = new();
    private readonly ProfileProbe? _probe;
    private readonly Instrumenter _instrumenter;
    private long _runBegan;
    private long _runTime;
    private bool _isRunning;

    public ProfileSession(ProfileLevel level)
    {
        Level = level;
        if (level >= ProfileLevel.Detailed)
        {
            _probe = new ProfileProbe(measuresBytes: level == ProfileLevel.Full);
            Sampler = new ProfileSampler(_probe);
        }

        _instrumenter = new Instrumenter(GranularityOf(level), countsBranches: level == ProfileLevel.Full, _probe);
    }

    /// <summary>What is measured.</summary>
    public ProfileLevel Level { get; }

    /// <summary>The times of blocks and calls; null where times are not measured.</summary>
    public ProfileSampler? Sampler { get; }

    /// <summary>The elapsed time of all runs, in units of <see cref="Stopwatch"/>.</summary>
    public long RunTime => _runTime + (_isRunning ? Stopwatch.GetTimestamp() - _runBegan : 0);

    /// <summary>The copy of a module that measures what it executes.</summary>
    public CompiledModule Instrument(CompiledModule module)
    {
        lock (_lock)
        {
            if (!_modules.TryGetValue(module, out InstrumentedModule? known))
            {
                known = _instrumenter.Instrument(module);
                _modules.Add(module, known);
                _originals.Add(known.Copy, module);
            }

            return known.Copy;
        }
    }

    /// <summary>The module whose copy measures; null if it is none of this profile.</summary>
    public CompiledModule? OriginalOf(CompiledModule copy)
    {
        lock (_lock)
        {
            return _originals.GetValueOrDefault(copy);
        }
    }

    /// <summary>The modules instrumented so far, in the order in which they were loaded.</summary>
    public IReadOnlyList<InstrumentedModule> Modules()
    {
        lock (_lock)
        {
            return [.. _modules.Values];
        }
    }

    /// <summary>Notes the beginning of an outermost run.</summary>
    public void BeginRun()
    {
        _isRunning = true;
        _runBegan = Stopwatch.GetTimestamp();
        Sampler?.Begin();
    }

    /// <summary>Notes the end of an outermost run.</summary>
    public void EndRun()
    {
        if (_isRunning)
        {
            _isRunning = false;
            _runTime += Stopwatch.GetTimestamp() - _runBegan;
        }

        Sampler?.Pause();
        _probe?.Exit();
    }

    /// <summary>Notes that the event loop looks for a task to continue. It may wait, which takes no time of any proc.</summary>
    public void BeginTurn() => _probe?.Exit();

    /// <summary>Ends the measurement of times, also in the middle of a run.</summary>
    public void End()
    {
        EndRun();
        Sampler?.End();
    }

    private static BlockGranularity GranularityOf(ProfileLevel level) => level switch
    {
        ProfileLevel.Basic => BlockGranularity.Block,
        ProfileLevel.Detailed => BlockGranularity.Line,
        ProfileLevel.None or ProfileLevel.Full => BlockGranularity.Instruction,
    };
}
