using System;
using System.Collections.Generic;
using System.IO;

namespace Lyra.Bench.Service;

/// <summary>A customer of the service, with an engine that runs one version of each kind of script.</summary>
internal sealed class Tenant : IDisposable
{
    private readonly LyraEngine _engine;
    private readonly ScriptStore _scripts;
    private readonly ServiceCounters _counters;
    private readonly Dictionary<ServiceKind, int> _versions = [];

    /// <param name="options">The options of its engine.</param>
    /// <param name="scripts">The source of its scripts.</param>
    /// <param name="counters">Receives the counts.</param>
    public Tenant(LyraOptions options, ScriptStore scripts, ServiceCounters counters)
    {
        _engine = new LyraEngine(options with { Output = TextWriter.Null });
        _scripts = scripts;
        _counters = counters;
        ServiceKind.Equip(_engine);
    }

    /// <summary>Regions compiled so far.</summary>
    public long Regions => _engine.Statistics.Jit.TracesCompiled;

    /// <summary>Replaces the current version of a kind by another one.</summary>
    public void Load(ServiceKind kind, int version)
    {
        _engine.Run(_scripts.Get(kind, version));
        _versions[kind] = version;
    }

    /// <summary>Answers a request, and checks the answer.</summary>
    public void Serve(ServiceKind kind, int request)
    {
        LyraValue answer = _engine.Call(kind.Name, kind.Argument(request));
        LyraValue expected = kind.Expected(_versions[kind], request);
        if (!answer.Equals(expected))
        {
            _counters.CountFault($"{kind.Name} version {_versions[kind]} answers request {request} with {answer} instead of {expected}");
        }
    }

    /// <summary>Runs a script that must be stopped.</summary>
    public void Stop(Misuse misuse)
    {
        string outcome = Misuse.Outcome(_engine, _scripts.Get(misuse)) ?? "nothing";
        _counters.CountOutcome(outcome);
        if (outcome != misuse.Name)
        {
            _counters.CountFault($"{misuse.Name} ended with {outcome}");
        }
    }

    /// <summary>Drops the tenant's engine.</summary>
    /// <param name="isDisposed">Whether the engine is disposed; a host may forget to.</param>
    public void Drop(bool isDisposed)
    {
        _counters.CountDropped(_engine, Regions);
        if (isDisposed)
        {
            Dispose();
        }
    }

    public void Dispose() => _engine.Dispose();
}
