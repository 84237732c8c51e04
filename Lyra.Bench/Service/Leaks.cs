using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lyra.Bench.Service;

/// <summary>
/// Creates and drops engines and regions in three series: engines that run briefly, some of them with compiled code; engines that compile,
/// whose regions are dropped with them; and scripts in one engine, each of which replaces the previous one with its regions. The memory of
/// the process after the last tenth is compared with that after the second tenth, when everything has been loaded.
/// </summary>
internal sealed class Leaks : IDisposable
{
    private const int Tenths = 10;
    private const int WarmUps = 200;

    /// <summary>
    /// The number of threads by which a series may grow. The CLR adds threads for its pool, timers and recompilation depending on the load
    /// of the machine. Engines that keep a thread exceed it: 80 of the 2,000 engines of the gate's run compile on another thread.
    /// </summary>
    private const int ThreadsOfClr = 20;
    private const string HotLoop = "var s = 0\nfor i in 0..40 { s += i * k }\ns";

    /// <summary>The part that stays while the scripts that use it are replaced.</summary>
    private const string Library = """
        proc depth(n) { if n <= 0 { return 0 }; return 1 + depth(n - 1) }
        proc each(f, n) { for i in 0..n { f(i) } }
        """;

    private static readonly LyraOptions Hot = new() { HotLoopThreshold = 10, HotProcThreshold = 10, CompilesInBackground = false };

    private readonly LyraValue _doubled = LyraValue.From(new[] { 2, 4, 6 });
    private readonly LyraScript _small = LyraScript.Compile("proc twice(x) { return x * 2 }\nlet xs = [1, 2, 3]\nxs.map(twice)");
    private readonly LyraScript _hot = LyraScript.Compile(HotLoop);
    private readonly List<object> _kept = [];
    private readonly Verdict _verdict = new();
    private readonly LyraEngine _reloaded = new(Hot);
    private readonly int _count;
    private readonly bool _keeps;
    private long _regions;

    private Leaks(int count, bool keeps)
    {
        _count = count;
        _keeps = keeps;
        _reloaded.Run(Library, "library.lyra");
    }

    /// <summary>Prints a table for each series, and the verdict.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(string[] args)
    {
        using Leaks leaks = new(Switches.Number(args, "--count", 100_000), Switches.Has(args, "--keep"));
        return leaks.Report();
    }

    public void Dispose() => _reloaded.Dispose();

    private int Report()
    {
        WarmUp();
        Series("engines", _count, MakeEngine);
        Series("regions, with their engines", _count / 2, MakeCompilingEngine);
        Series("regions, with their scripts, in one engine", _count / 2, ReplaceScript);
        GC.KeepAlive(_kept);
        return _verdict.Print($"{_count:N0} engines and {_count:N0} compiled scripts, memory flat");
    }

    /// <summary>Runs until the CLR has loaded everything, and has compiled most of it with full optimization.</summary>
    private void WarmUp()
    {
        for (int i = 0; i < WarmUps; i++)
        {
            MakeEngine(0);
            MakeCompilingEngine(i);
            ReplaceScript(i);
        }
    }

    private void Series(string title, int size, Action<int> make)
    {
        Console.WriteLine(
            $"\n{title}\n\n| made | regions | managed KB | private KB | threads | µs of processor time each |\n|--:|--:|--:|--:|--:|--:|");
        ProcessMemory early = default;
        ProcessMemory late = default;
        long regionsBefore = _regions;
        for (int tenth = 0; tenth < Tenths; tenth++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < size / Tenths; i++)
            {
                make((tenth * (size / Tenths)) + i);
            }

            double each = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / (size / Tenths);
            late = ProcessMemory.Read();
            early = tenth == 1 ? late : early;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(tenth + 1) * (size / Tenths):N0} | {_regions - regionsBefore:N0} | {late.Managed / 1024:N0} | "
                    + $"{late.Private / 1024:N0} | {late.Threads} | {each:N0} |"));
        }

        _verdict.RequireFlat($"{title}: managed memory", early.Managed, late.Managed, 0.02, 128 << 10);
        _verdict.RequireFlat($"{title}: private memory", early.Private, late.Private, 0.05, 6 << 20);
        _verdict.Require(late.Threads <= early.Threads + ThreadsOfClr, $"{title}: threads grew from {early.Threads} to {late.Threads}");
    }

    /// <summary>Creates an engine. One in twenty compiles in the background and is dropped meanwhile; one in two is not disposed.</summary>
    private void MakeEngine(int i)
    {
        bool compiles = i % 20 == 0;
        LyraEngine engine = new(compiles ? Hot with { CompilesInBackground = true } : LyraOptions.Default);
        engine.Globals["k"] = i;
        engine.Define("log", (int x) => x + engine.Options.SlabSlots);
        Check(engine.Run(compiles ? _hot : _small), compiles ? 780L * i : _doubled);
        Drop(engine, i);
    }

    private void MakeCompilingEngine(int i)
    {
        LyraEngine engine = new(Hot);
        engine.Globals["k"] = i;
        Check(engine.Run(_hot), 780L * i);
        _regions += engine.Statistics.Jit.TracesCompiled;
        Drop(engine, i);
    }

    private void ReplaceScript(int i)
    {
        long before = _reloaded.Statistics.Jit.TracesCompiled;
        _reloaded.Globals["k"] = i;
        Check(_reloaded.Run(LyraScript.Compile(Reloaded(i), $"work-{i}.lyra")), 780L + 60 + i);
        _regions += _reloaded.Statistics.Jit.TracesCompiled - before;
        Keep(_reloaded.Globals["work"]);
    }

    /// <summary>
    /// A script that calls a compiled proc of the library, is called by another one, and contains a loop that changes its types.
    /// </summary>
    private static string Reloaded(int i) => $$"""
        proc work(n) { var t = {{i}}; for j in 0..n { t += j }; return t }
        each(work, 1)
        each(x => depth(x), 30)
        work(40) + depth(60)
        """;

    private void Drop(LyraEngine engine, int i)
    {
        Keep(engine);
        if (i % 2 == 0)
        {
            engine.Dispose();
        }
    }

    /// <summary>Implements <c>--keep</c>, which shows that the verdict fails if objects are retained.</summary>
    private void Keep(object what)
    {
        if (_keeps)
        {
            _kept.Add(what);
        }
    }

    private void Check(in LyraValue actual, in LyraValue expected) =>
        _verdict.Require(actual.Equals(expected), $"{actual} is not {expected}");
}
