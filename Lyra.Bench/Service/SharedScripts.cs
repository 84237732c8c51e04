using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>
/// Sixteen threads create engines in all modes and run the same compiled scripts in them. All of them also try to use one more engine,
/// which admits one thread at a time and reports this to the others.
/// </summary>
internal sealed class SharedScripts : IDisposable
{
    private const int Threads = 16;
    private const int Requests = 30;
    private const int Version = 7;

    private static readonly LyraOptions[] Modes =
    [
        new() { HotLoopThreshold = 50, HotProcThreshold = 30, CompilesInBackground = true },
        new() { HotLoopThreshold = 10, HotProcThreshold = 10, HotExitThreshold = 4, CompilesInBackground = true },
        new() { HotLoopThreshold = 50, HotProcThreshold = 30, CompilesInBackground = false },
        new() { Jit = JitMode.Stress },
        new() { Jit = JitMode.Off },
    ];

    private readonly ScriptStore _scripts = new();
    private readonly ServiceCounters _counters = new();
    private readonly LyraEngine _contested = new();
    private long _engines;
    private long _entered;
    private long _refused;

    /// <summary>Prints a table and the verdict.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(string[] args)
    {
        using SharedScripts shared = new();
        return shared.Report(TimeSpan.FromSeconds(Switches.Number(args, "--seconds", 60)));
    }

    public void Dispose() => _contested.Dispose();

    private int Report(TimeSpan time)
    {
        _contested.Run("proc f(n) { var s = 0; for i in 0..n { s += i }; return s }");
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => Work(i, start, time)))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | threads | engines | requests | regions | uses of one engine by all: let in | told that it is in use |
            |--:|--:|--:|--:|--:|--:|
            | {Threads} | {_engines:N0} | {_counters.Requests:N0} | {_counters.Regions:N0} | {_entered:N0} | {_refused:N0} |
            """));
        Verdict verdict = new();
        foreach (string fault in _counters.Faults)
        {
            verdict.Require(false, fault);
        }

        verdict.Require(_counters.Regions > 0, "nothing was compiled");
        verdict.Require(_counters.CountHeld() == 0, "dropped engines are still reachable");
        return verdict.Print("every answer was right, and no two threads were in one engine at a time");
    }

    private void Work(int thread, long start, TimeSpan time)
    {
        try
        {
            for (int i = thread; Stopwatch.GetElapsedTime(start) < time; i++)
            {
                UseOwnEngine(Modes[i % Modes.Length], i);
                UseContested();
            }
        }
        catch (Exception e)
        {
            // All exceptions are caught on purpose: each is a fault that the verdict names. Uncaught on this thread, it would end the
            // process.
            _counters.CountFault(e.ToString());
        }
    }

    private void UseOwnEngine(LyraOptions options, int first)
    {
        using Tenant tenant = new(options, _scripts, _counters);
        IReadOnlyList<ServiceKind> kinds = ServiceKind.All;
        foreach (ServiceKind kind in kinds)
        {
            tenant.Load(kind, Version);
        }

        for (int i = 0; i < Requests; i++)
        {
            foreach (ServiceKind kind in kinds)
            {
                tenant.Serve(kind, first + i);
            }
        }

        _counters.CountRequests(Requests * kinds.Count);
        Interlocked.Increment(ref _engines);
        tenant.Drop(isDisposed: first % 2 == 0);
    }

    private void UseContested()
    {
        for (int i = 0; i < 20; i++)
        {
            try
            {
                if (_contested.Call("f", 100).As<int>() != 4_950)
                {
                    _counters.CountFault("the contested engine returned a wrong sum");
                }

                Interlocked.Increment(ref _entered);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref _refused);
            }
        }
    }
}
