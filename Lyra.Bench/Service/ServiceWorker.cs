using System;
using System.Collections.Generic;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra.Bench.Service;

/// <summary>
/// Processes requests for several tenants on one thread. Each cycle is the same sequence of requests, loads, replaced engines and misuse.
/// Only the constants in the scripts differ, so all cycles cost the same.
/// </summary>
internal sealed class ServiceWorker : IDisposable
{
    private const int Tenants = 4;
    private const int Requests = 40;

    private static readonly LyraOptions Ordinary = new() { HotLoopThreshold = 200, HotProcThreshold = 100, CompilesInBackground = true };

    private static readonly LyraOptions Bounded = Ordinary with
    {
        Limits = new LyraLimits { MaxSteps = 300_000, MaxMemoryBytes = 2 << 20, MaxFrames = 1_000 },
    };

    private readonly ScriptStore _scripts;
    private readonly ServiceCounters _counters;
    private readonly int _firstVersion;
    private readonly Tenant[] _tenants = new Tenant[Tenants];
    private Tenant _stopped;
    private Tenant _overtime;
    private int _request;
    private bool _hasBegun;

    /// <param name="scripts">The source of the scripts.</param>
    /// <param name="counters">Receives the counts.</param>
    /// <param name="firstVersion">The first version of each script.</param>
    /// <param name="firstRequest">The number of the first request.</param>
    public ServiceWorker(ScriptStore scripts, ServiceCounters counters, int firstVersion, int firstRequest)
    {
        _scripts = scripts;
        _counters = counters;
        _firstVersion = firstVersion;
        _request = firstRequest;
        for (int i = 0; i < Tenants; i++)
        {
            _tenants[i] = new Tenant(Ordinary, scripts, counters);
        }

        _stopped = new Tenant(Bounded, scripts, counters);
        _overtime = Overtimer(scripts, counters);
    }

    /// <summary>
    /// Runs one cycle. Each tenant's engine is replaced once, in turn, and two of its scripts are replaced in the middle of its life.
    /// </summary>
    /// <param name="number">The number of the cycle, from 0; all workers of a service run the same cycle at the same time.</param>
    public void Cycle(int number)
    {
        if (!_hasBegun)
        {
            LoadAll(_tenants, VersionOf(number, 0));
            _hasBegun = true;
        }

        for (int turn = 0; turn < Tenants; turn++)
        {
            int version = VersionOf(number, turn);
            Replace(ref _tenants[turn], Ordinary, isDisposed: turn % 2 == 0);
            LoadAll(_tenants.AsSpan(turn, 1), version);
            Reload(_tenants[(turn + 2) % Tenants], turn, version);
            ServeAll();
            Misuse(turn);
        }

        RenewMisused();
        _counters.CountRequests((Tenants * Tenants * Requests * ServiceKind.All.Count) + Bench.Service.Misuse.Stopped.Count + 1);
    }

    public void Dispose()
    {
        foreach (Tenant tenant in (ReadOnlySpan<Tenant>)[.. _tenants, _stopped, _overtime])
        {
            tenant.Dispose();
        }
    }

    private static Tenant Overtimer(ScriptStore scripts, ServiceCounters counters) =>
        new(Ordinary with { Limits = new LyraLimits { Timeout = TimeSpan.FromSeconds(5) }, Time = new SteppingClock() }, scripts, counters);

    private int VersionOf(int cycle, int turn) => 1 + ((_firstVersion + (cycle * Tenants) + turn) % 1_000_000);

    private void ServeAll()
    {
        for (int i = 0; i < Requests; i++)
        {
            _request = (_request + 1) % 1_000_000;
            foreach (Tenant tenant in _tenants)
            {
                foreach (ServiceKind kind in ServiceKind.All)
                {
                    tenant.Serve(kind, _request);
                }
            }
        }
    }

    /// <summary>Runs some of the scripts that must be stopped.</summary>
    private void Misuse(int turn)
    {
        IReadOnlyList<Misuse> stopped = Bench.Service.Misuse.Stopped;
        for (int i = turn; i < stopped.Count; i += Tenants)
        {
            _stopped.Stop(stopped[i]);
        }

        if (turn == Tenants - 1)
        {
            _overtime.Stop(Bench.Service.Misuse.Overtime);
        }
    }

    private void RenewMisused()
    {
        Replace(ref _stopped, Bounded, isDisposed: true);
        _overtime.Drop(isDisposed: false);
        _overtime = Overtimer(_scripts, _counters);
    }

    private void Replace(ref Tenant tenant, LyraOptions options, bool isDisposed)
    {
        tenant.Drop(isDisposed);
        tenant = new Tenant(options, _scripts, _counters);
    }

    private static void LoadAll(ReadOnlySpan<Tenant> tenants, int version)
    {
        foreach (Tenant tenant in tenants)
        {
            foreach (ServiceKind kind in ServiceKind.All)
            {
                tenant.Load(kind, version);
            }
        }
    }

    private static void Reload(Tenant tenant, int turn, int version)
    {
        IReadOnlyList<ServiceKind> kinds = ServiceKind.All;
        tenant.Load(kinds[turn % kinds.Count], version);
        tenant.Load(kinds[(turn + 3) % kinds.Count], version);
    }
}
