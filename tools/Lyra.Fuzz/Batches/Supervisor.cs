using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Batches;

/// <summary>
/// Runs children that try seeds. A seed that crashes a child, or takes too long, is a find like any other. A new child continues after that
/// seed.
/// </summary>
/// <param name="batch">The batch that the children try; here it only writes the reports of crashed children.</param>
/// <param name="arguments">The batch's arguments on the children's command lines.</param>
/// <param name="folder">The folder for reports.</param>
/// <param name="output">The writer for progress.</param>
internal sealed class Supervisor(IReportsSeeds batch, IReadOnlyList<string> arguments, string folder, TextWriter output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CheckpointPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Names the progress files: one process may have several supervisors.</summary>
    private readonly Guid _id = Guid.NewGuid();

    private readonly Tally _ended = new();
    private readonly List<ChildProcess> _children = [];
    private long[] _lanes = [];

    /// <summary>The processor time limit for one seed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether .NET optimizes the code that the children emit. Optimization takes longer than everything else.</summary>
    public bool Optimizes { get; init; }

    /// <summary>Called every ten seconds and at the end. <see cref="Lanes"/> and <see cref="Tally"/> then belong together.</summary>
    public Action? Checkpoint { get; init; }

    public List<Find> Finds { get; } = [];

    /// <summary>The next seed of each child, as of its last message.</summary>
    public IReadOnlyList<long> Lanes => _lanes;

    public Coverage Coverage { get; } = new();

    /// <summary>The total counts of all children.</summary>
    public Tally Tally
    {
        get
        {
            Tally sum = new();
            sum.Add(_ended);
            foreach (ChildProcess child in _children)
            {
                sum.Add(child.Tally);
            }

            sum.Finds = Finds.Count;
            return sum;
        }
    }

    /// <summary>Tries all seeds.</summary>
    /// <param name="lanes">The first seed of each child. Each child tries every nth seed, where n is the number of children.</param>
    /// <param name="end">The seed after the last one.</param>
    /// <param name="seconds">The time limit in seconds; null for none.</param>
    public void Run(IReadOnlyList<long> lanes, long end, double? seconds)
    {
        Stopwatch watch = Stopwatch.StartNew();
        _lanes = [.. lanes];
        for (int i = 0; i < _lanes.Length; i++)
        {
            Start(i, new WorkOrder(_lanes[i], end, _lanes.Length, seconds, PathOf(i)));
        }

        try
        {
            TimeSpan reported = TimeSpan.Zero;
            TimeSpan kept = TimeSpan.Zero;
            while (_children.Count > 0)
            {
                Thread.Sleep(Pause);
                for (int i = _children.Count - 1; i >= 0; i--)
                {
                    Look(_children[i], watch);
                }

                if (watch.Elapsed - reported > ReportPeriod)
                {
                    reported = watch.Elapsed;
                    output.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss} {Tally.Items} done, {Finds.Count} found");
                }

                if (watch.Elapsed - kept > CheckpointPeriod)
                {
                    kept = watch.Elapsed;
                    Checkpoint?.Invoke();
                }
            }
        }
        finally
        {
            _children.ForEach(child => child.Dispose());
            Checkpoint?.Invoke();
        }
    }

    private string PathOf(int child) => Path.Combine(Path.GetTempPath(), $"lyra-fuzz-{_id:N}-{child}.progress");

    private void Start(int lane, WorkOrder order) =>
        _children.Add(new ChildProcess(arguments, order, folder, Optimizes) { Lane = lane });

    private void Look(ChildProcess child, Stopwatch watch)
    {
        bool hasExited = child.HasExited;
        if (hasExited && child.HasEndedWell)
        {
            Take(child);
            Retire(child);
            return;
        }

        Take(child);
        if (hasExited)
        {
            Replace(child, "crash", child.Errors, watch);
        }
        else if (child.IsStuck(Patience))
        {
            child.Kill();
            Replace(child, "hang", child.WhyStuck(Patience), watch);
        }
    }

    private void Take(ChildProcess child)
    {
        while (child.TryTake(out Message? message))
        {
            _lanes[child.Lane] = message!.Next;
            if (message.Find is not null)
            {
                Report(message.Find);
            }

            if (message.Coverage is not null)
            {
                Coverage.Add(message.Coverage);
            }
        }
    }

    private void Report(Find find)
    {
        Finds.Add(find);
        output.WriteLine($"FOUND seed {find.Seed}: {find.Kind} in {find.Folder}\n{FirstLines(find.Text)}");
    }

    private static string FirstLines(string text) => text.Length <= 600 ? text : text[..600] + "…";

    /// <summary>Continues after the seed at which a child died.</summary>
    private void Replace(ChildProcess child, string kind, string text, Stopwatch watch)
    {
        long seed = child.Seed;
        if (batch.Report(seed, kind, text) is { } find)
        {
            Report(find);
        }

        WorkOrder order = child.Order;
        Retire(child);
        _lanes[child.Lane] = seed + order.Stride;
        double? left = order.Seconds - watch.Elapsed.TotalSeconds;
        if (seed + order.Stride < order.End && left is null or > 0)
        {
            Start(child.Lane, order with { From = seed + order.Stride, Seconds = left });
        }
    }

    private void Retire(ChildProcess child)
    {
        _ended.Add(child.Tally);
        _children.Remove(child);
        child.Dispose();
    }
}
