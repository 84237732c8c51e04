using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>Random sequences of calls of the embedding API. Each runs interpreted and compiled, with the same results.</summary>
/// <param name="folder">The folder for reports.</param>
internal sealed class HostApiBatch(FindFolder folder) : IBatch
{
    /// <summary>The number of sequences between two checks that engines are collected. A check takes some milliseconds.</summary>
    private const int LeakPeriod = 64;

    private const int MaxCollections = 20;

    private static readonly ProgramLimits Limits = new(Steps: 20_000, Frames: 100, Memory: 4 << 20);

    private readonly List<WeakReference> _engines = [];

    public Tally Tally { get; } = new();

    public Coverage? Coverage => null;

    public Find? Try(long seed)
    {
        Tally.Items++;
        (List<string> expected, List<string> faults) = Execute(seed, null);
        FuzzRandom random = new(unchecked(seed * 7 + 1));
        if (faults.Count == 0)
        {
            (List<string> results, faults) = Execute(seed, random);
            if (faults.Count == 0 && Difference(expected, results) is { } difference)
            {
                return Report(seed, "difference", difference);
            }
        }

        if (faults.Count > 0)
        {
            return Report(seed, faults[0].Split('\n')[0], string.Join('\n', [.. faults, .. expected]));
        }

        return Tally.Items % LeakPeriod == 0 ? CheckLeaks(seed) : null;
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
        Limits = new LyraLimits { MaxSteps = Limits.Steps, MaxFrames = Limits.Frames, MaxMemoryBytes = Limits.Memory },
        Output = output,
        ModuleLoader = new DictionaryModuleLoader(HostScripts.Modules),
    };

    /// <summary>Not inlined, so that no local of the caller keeps an engine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (List<string> Results, List<string> Faults) Execute(long seed, FuzzRandom? compiled)
    {
        using HostSession session = new(output => Options(output, compiled));
        new HostActions(session, new FuzzRandom(seed)).Execute();
        session.Finish();
        Tally.Runs += session.Results.Count;
        Tally.CompiledSteps += session.CompiledSteps;
        Tally.Compiled += session.CompiledSteps > 0 ? 1 : 0;
        _engines.AddRange(session.Created);
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
