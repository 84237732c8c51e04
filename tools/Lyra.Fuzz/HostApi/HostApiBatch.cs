using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// Random sequences of calls of the embedding API. Each runs interpreted and compiled, with the same results. What each call allocates, its
/// processor time, and what the process grows by are judged, too.
/// </summary>
/// <param name="folder">The folder for reports.</param>
/// <param name="calls">The API.</param>
internal sealed class HostApiBatch(FindFolder folder, HostCalls calls) : IBatch
{
    /// <summary>The number of sequences between two checks that engines are collected. A check takes some milliseconds.</summary>
    private const int LeakPeriod = 64;

    private const int MaxCollections = 20;

    private static readonly LyraLimits Limits = new() { MaxFrames = 100, MaxMemoryBytes = 4 << 20 };

    /// <summary>
    /// The processor time that a call may take. Its limits allow some milliseconds, and 31 were the most of 14,056 calls in the unoptimized
    /// code of the fuzzer.
    /// </summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(250);

    /// <summary>The bytes by which the process may grow during a sequence: garbage of its calls that is not collected yet.</summary>
    private const long MostGrowth = 256 << 20;

    /// <summary>The number of tries that must all cost too much.</summary>
    private const int Tries = 3;

    private readonly List<WeakReference> _engines = [];
    private readonly CallCosts _costs = new(MostTime);
    private readonly ProcessMeter _meter = new();

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        Tally.Items++;
        List<string> excesses = [];
        for (int i = 0; i < Tries && (i == 0 || excesses.Count > 0); i++)
        {
            excesses.Clear();
            if (Compare(seed, excesses) is { } find)
            {
                return find;
            }
        }

        return excesses.Count > 0 ? Report(seed, "costs", string.Join('\n', excesses))
            : Tally.Items % LeakPeriod == 0 ? CheckLeaks(seed) : null;
    }

    /// <summary>Runs a sequence in both tiers, and adds what costs too much to a list.</summary>
    private Find? Compare(long seed, List<string> excesses)
    {
        _meter.Start();
        (List<string> expected, List<string> faults) = Execute(seed, null, excesses);
        FuzzRandom random = new(unchecked(seed * 7 + 1));
        if (faults.Count == 0)
        {
            (List<string> results, faults) = Execute(seed, random, excesses);
            if (faults.Count == 0 && Difference(expected, results) is { } difference)
            {
                return Report(seed, "difference", difference);
            }
        }

        if (faults.Count > 0)
        {
            return Report(seed, faults[0].Split('\n')[0], string.Join('\n', [.. faults, .. expected]));
        }

        if (_meter.Growth is var growth and > MostGrowth)
        {
            excesses.Add($"the process grew by {growth:N0} bytes");
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return null;
    }

    public Find Report(long seed, string kind, string text) =>
        new(seed, kind, text, folder.Write($"host-{seed}", "report.txt", $"seed {seed}: {kind}\n{text}\n"));

    private static string? Difference(List<string> expected, List<string> results)
    {
        for (int i = 0; i < Math.Min(expected.Count, results.Count); i++)
        {
            if (expected[i] != results[i])
            {
                return $"interpreted\n{expected[i]}\ncompiled\n{results[i]}\nafter\n{string.Join('\n', expected.Take(i))}";
            }
        }

        return null;
    }

    private static LyraOptions Options(TextWriter output, FuzzRandom? random) => new()
    {
        Jit = random is null ? JitMode.Off : JitMode.On,
        HotLoopThreshold = random?.Between(2, 9) ?? 2,
        HotProcThreshold = random?.Between(2, 9) ?? 2,
        HotExitThreshold = 2,
        CompilesInBackground = random?.Chance(25) ?? false,
        Limits = Limits,
        Output = output,
        ModuleLoader = new DictionaryModuleLoader(HostScripts.Modules),
    };

    /// <summary>Not inlined, so that no local of the caller keeps an engine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (List<string> Results, List<string> Faults) Execute(long seed, FuzzRandom? compiled, List<string> excesses)
    {
        using HostSession session = new(HostSettings.Of(seed), _costs, calls, output => Options(output, compiled));
        new HostActions(session, new FuzzRandom(seed)).Execute();
        session.Finish();
        Tally.Runs += session.Results.Count;
        Tally.CompiledSteps += session.CompiledSteps;
        Tally.Compiled += session.CompiledSteps > 0 ? 1 : 0;
        _engines.AddRange(session.Created);
        excesses.AddRange(session.Excesses);
        return (session.Results, session.Faults);
    }

    private Find? CheckLeaks(long seed)
    {
        for (int i = 0; i < MaxCollections && _engines.Exists(engine => engine.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();

            // A compilation in the background may still be using the engine's code.
            Thread.Sleep(i);
        }

        int alive = _engines.Count(engine => engine.IsAlive);
        int count = _engines.Count;
        _engines.Clear();
        return alive > 0 ? Report(seed, "leak", $"{alive} of {count} engines of the last {LeakPeriod} sequences are not collected") : null;
    }
}
