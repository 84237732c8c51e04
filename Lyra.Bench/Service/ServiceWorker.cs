using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Hosting.TierChecks;

namespace Lyra.Bench.Service;

/// <summary>
/// Works off requests for some tenants on one thread. Each cycle is the same sequence of requests, loads, replaced engines and misuse; only the constants in the
/// scripts differ, so that cycles cost the same.
/// </summary>
internal sealed class ServiceWorker(ScriptStore scripts, ServiceCounters counters, int firstVersion, int firstRequest) : IDisposable
{
    private const int Tenants = 4;
    private const int Requests = 40;

    private static readonly LyraOptions Ordinary = new() { HotLoopThreshold = 200, HotProcThreshold = 100, CompilesInBackground = true };

    private static readonly LyraOptions Bounded = Ordinary with
    {
        Limits = new LyraLimits { MaxSteps = 300_000, MaxMemoryBytes = 2 << 20, MaxFrames = 1_000 },
    };

    private readonly Tenant[] _tenants = [.. Enumerable.Range(0, Tenants).Select(_ => new Tenant(Ordinary, scripts, counters))];
    private Tenant _stopped = new(Bounded, scripts, counters);
    private Tenant _overtime = Overtimer(scripts, counters);
    private int _request = firstRequest;
    private bool _hasBegun;

    /// <summary>Each tenant's engine is replaced once, by turns, and two of its scripts are replaced in the middle of its life.</summary>
    /// <param name="number">The number of the cycle, from 0; a service's workers do the same cycle at a time.</param>
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
        counters.CountRequests((Tenants * Tenants * Requests * ServiceKind.All.Count) + Bench.Service.Misuse.Stopped.Count + 1);
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

    private int VersionOf(int cycle, int turn) => 1 + ((firstVersion + (cycle * Tenants) + turn) % 1_000_000);

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

    /// <summary>A part of the scripts that are to be stopped.</summary>
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
        _overtime = Overtimer(scripts, counters);
    }

    private void Replace(ref Tenant tenant, LyraOptions options, bool isDisposed)
    {
        tenant.Drop(isDisposed);
        tenant = new Tenant(options, scripts, counters);
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
