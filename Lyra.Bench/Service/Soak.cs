using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>
/// A simulated service that runs for any time: workers whose tenants' scripts are called with changing types, replaced, stopped by limits,
/// and dropped with their engines. All cycles are the same work, so that windows can be compared. The cost of a request is processor time
/// of the process, because elapsed time depends on the load of the machine. A starved virtual machine miscounts processor time, by a factor
/// of five in windows that got a tenth of the cores. Windows with too little processor time are therefore ignored for throughput; if there
/// are many of them, throughput is not judged.
/// </summary>
internal sealed class Soak : IDisposable
{
    /// <summary>
    /// The windows are compared by fifths: throughput of the last fifth with the best, memory of the last fifth with the second, when the
    /// CLR has loaded and compiled nearly everything.
    /// </summary>
    private const int Parts = 5;

    private const double Tolerance = 0.05;
    private const double FairShare = 0.75;

    /// <summary>The allowed variation of the number of pool threads.</summary>
    private const int PoolThreads = 8;
    private const int ShortWindows = 6;
    private const int ShortCycles = 1;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ScriptStore _scripts = new();
    private readonly ServiceCounters _counters = new();
    private readonly ServiceWorker[] _workers;
    private readonly List<SoakWindow> _windows = [];
    private readonly List<object> _kept = [];
    private readonly bool _keeps;
    private int _cycles;

    private Soak(int workers, int seed, bool keeps)
    {
        _keeps = keeps;
        _workers = [.. Enumerable.Range(0, workers).Select(i => new ServiceWorker(_scripts, _counters, seed * 1_000, i))];
    }

    /// <summary>Prints a table with a row for each window, and the verdict.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(string[] args)
    {
        using Soak soak = new(Switches.Number(args, "--workers", 2), Switches.Number(args, "--seed", 1), Switches.Has(args, "--keep"));
        PrintHead();
        if (Switches.Has(args, "--short"))
        {
            soak.RunWindows(ShortWindows, static (cycles, _) => cycles < ShortCycles);
            return soak.Judge(judgesThroughput: false);
        }

        soak.RunWindows(Switches.Number(args, "--minutes", 120), static (_, time) => time < Minute);
        return soak.Judge(judgesThroughput: true);
    }

    public void Dispose()
    {
        foreach (ServiceWorker worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static void PrintHead() => Console.WriteLine("""
        | window | requests | per s | cores | CPU µs | of best | managed KB | private KB | threads | engines | regions | held | ended |
        |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """);

    private void RunWindows(int count, Func<int, TimeSpan, bool> goesOn)
    {
        for (int i = 0; i < count; i++)
        {
            SoakWindow window = RunWindow(goesOn);
            _windows.Add(window);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {_windows.Count} | {window.Requests:N0} | {window.Requests / window.Time.TotalSeconds:N0} | {window.Share:P0} | "
                    + $"{window.Cost:0} | {_windows.Min(static w => w.Cost) / window.Cost:P1} | {window.Memory.Managed >> 10:N0} | "
                    + $"{window.Memory.Private >> 10:N0} | {window.Memory.Threads} | {window.Engines:N0} | {window.Regions:N0} | "
                    + $"{window.Held} | {_counters.Outcomes.Values.Sum():N0} |"));
        }
    }

    private SoakWindow RunWindow(Func<int, TimeSpan, bool> goesOn)
    {
        long requests = _counters.Requests;
        long engines = _counters.Engines;
        long regions = _counters.Regions;
        long start = Stopwatch.GetTimestamp();
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        RunCycles(goesOn);
        TimeSpan processor = Environment.CpuUsage.TotalTime - processorStart;
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        ProcessMemory memory = ProcessMemory.Read();
        int held = _counters.CountHeld();
        return new SoakWindow
        {
            Requests = _counters.Requests - requests,
            Time = time,
            Processor = processor,
            Engines = _counters.Engines - engines,
            Regions = _counters.Regions - regions,
            Held = held,
            Share = processor / (time * Math.Min(_workers.Length, Environment.ProcessorCount)),
            Memory = memory,
        };
    }

    /// <summary>Runs whole cycles, which all workers begin together, until a condition ends them.</summary>
    private void RunCycles(Func<int, TimeSpan, bool> goesOn)
    {
        long start = Stopwatch.GetTimestamp();
        int first = _cycles;
        bool isOver = false;
        using Barrier barrier = new(_workers.Length, _ =>
        {
            _cycles++;
            _scripts.Clear();
            isOver = !goesOn(_cycles - first, Stopwatch.GetElapsedTime(start));
        });
        Thread[] threads = [.. _workers.Select(worker => new Thread(() => Work(worker)))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        void Work(ServiceWorker worker)
        {
            while (!isOver)
            {
                RunCycle(worker);
                barrier.SignalAndWait();
            }
        }
    }

    private void RunCycle(ServiceWorker worker)
    {
        try
        {
            worker.Cycle(_cycles);
            if (_keeps)
            {
                lock (_kept)
                {
                    _kept.Add(new byte[1 << 20]);
                }
            }
        }
        catch (Exception e)
        {
            // All exceptions are caught on purpose: each is a fault that the verdict names, and the other workers wait for this one.
            _counters.CountFault(e.ToString());
        }
    }

    private int Judge(bool judgesThroughput)
    {
        Verdict verdict = new();
        int part = Math.Max(1, _windows.Count / Parts);
        SoakWindow[] early = [.. _windows.Skip(part).Take(part)];
        SoakWindow[] late = [.. _windows.TakeLast(part)];
        verdict.RequireFlat("managed memory", early.Average(static w => w.Memory.Managed), late.Average(static w => w.Memory.Managed), 0.02,
            512 << 10);
        verdict.RequireFlat("private memory", early.Average(static w => w.Memory.Private), late.Average(static w => w.Memory.Private), 0.05,
            8 << 20);
        double threads = early.Average(static w => w.Memory.Threads);
        double lateThreads = late.Average(static w => w.Memory.Threads);
        verdict.Require(lateThreads <= threads + PoolThreads, $"threads grew from {threads} to {lateThreads}");
        verdict.Require(_windows.TrueForAll(static w => w.Held == 0), "dropped engines are still reachable");
        verdict.Require(_windows.TrueForAll(static w => w.Regions > w.Engines), "hardly anything was compiled");
        JudgeOutcomes(verdict);
        string throughput = judgesThroughput ? JudgeThroughput(verdict) : "not judged";
        GC.KeepAlive(_kept);
        Console.WriteLine($"\nstopped, by cause: {string.Join(", ", _counters.Outcomes.Select(static o => $"{o.Key} {o.Value}"))}");
        return verdict.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"{_counters.Requests:N0} requests, {_counters.Engines:N0} engines and {_counters.Regions:N0} regions dropped, memory flat, "
                + $"throughput {throughput}"));
    }

    /// <summary>In each cycle, every worker must be stopped once by each cause, and by nothing else.</summary>
    private void JudgeOutcomes(Verdict verdict)
    {
        foreach (string fault in _counters.Faults)
        {
            verdict.Require(false, fault);
        }

        long expected = (long)_cycles * _workers.Length;
        foreach (Misuse misuse in (ReadOnlySpan<Misuse>)[.. Misuse.Stopped, Misuse.Overtime])
        {
            long actual = _counters.Outcomes.GetValueOrDefault(misuse.Name);
            verdict.Require(actual == expected, $"{misuse.Name} stopped scripts {actual} times instead of {expected}");
        }
    }

    /// <summary>
    /// Compares the last fifth of the windows with the best consecutive fifth, because the best single window may be an outlier.
    /// </summary>
    private string JudgeThroughput(Verdict verdict)
    {
        double[] costs = [.. _windows.Where(static w => w.Share >= FairShare).Select(static w => w.Cost)];
        if (2 * costs.Length < _windows.Count)
        {
            return $"not judged: the machine was busy with something else in {_windows.Count - costs.Length} of {_windows.Count} windows";
        }

        int part = Math.Max(1, costs.Length / Parts);
        double best = Enumerable.Range(0, costs.Length - part + 1).Min(first => costs.Skip(first).Take(part).Average());
        double share = best / costs.TakeLast(part).Average();
        verdict.Require(share >= 1 - Tolerance,
            string.Create(CultureInfo.InvariantCulture, $"throughput at the end is {share:P1} of the best"));
        return string.Create(CultureInfo.InvariantCulture, $"at the end {share:P1} of the best");
    }
}
