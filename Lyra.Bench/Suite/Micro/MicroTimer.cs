using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;

namespace Lyra.Bench.Suite.Micro;

/// <summary>
/// Measures the variants of a group in turns, so that a disturbance of the machine hits all of them. The smallest time counts.
/// </summary>
internal static class MicroTimer
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="rounds">The samples of each variant.</param>
    /// <param name="report">Called after each group; null if nobody follows the progress.</param>
    public static MicroFigure[] Measure(IReadOnlyList<MicroGroup> groups, int rounds, Action? report = null) =>
        [.. groups.SelectMany(group => MeasureAndReport(group, rounds, report))];

    private static MicroFigure[] MeasureAndReport(MicroGroup group, int rounds, Action? report)
    {
        MicroFigure[] figures = Measure(group, rounds);
        report?.Invoke();
        return figures;
    }

    private static MicroFigure[] Measure(MicroGroup group, int rounds)
    {
        Candidate[] candidates = [.. group.Variants.Select(variant => new Candidate(variant))];
        try
        {
            Warm(candidates);
            for (int round = 0; round < rounds; round++)
            {
                foreach (Candidate candidate in candidates)
                {
                    candidate.Measure();
                }
            }

            return [.. candidates.Select(candidate => candidate.Figure(group))];
        }
        finally
        {
            foreach (Candidate candidate in candidates)
            {
                candidate.Dispose();
            }
        }
    }

    /// <summary>
    /// Runs all variants until the CLR has no more of their code to optimize. It begins with that only 100 ms after the last new method, so
    /// one pass is too short.
    /// </summary>
    private static void Warm(Candidate[] candidates)
    {
        long start = Stopwatch.GetTimestamp();
        long compiled = -1;
        for (long now = 0; now != compiled && Stopwatch.GetElapsedTime(start) < LongestWarmUp; now = JitInfo.GetCompiledMethodCount())
        {
            compiled = now;
            foreach (Candidate candidate in candidates)
            {
                candidate.Warm();
            }
        }
    }

    private sealed class Candidate(MicroVariant variant) : IDisposable
    {
        private readonly MicroRun _run = variant.Prepare();
        private readonly List<double> _nanoseconds = [];
        private double _bytes = double.MaxValue;
        private int _calls;

        /// <summary>Runs until the code is compiled, and finds the number of calls that a sample needs.</summary>
        public void Warm()
        {
            const int fewest = 3;
            long start = Stopwatch.GetTimestamp();
            TimeSpan fastest = TimeSpan.MaxValue;
            for (int calls = 0; calls < fewest || Stopwatch.GetElapsedTime(start) < WarmUp; calls++)
            {
                long call = Stopwatch.GetTimestamp();
                _run.Work();
                TimeSpan time = Stopwatch.GetElapsedTime(call);
                fastest = time < fastest ? time : fastest;
            }

            _calls = 1 + (int)(Sample / fastest);
        }

        public void Measure()
        {
            double operations = (double)_calls * MicroVariant.Operations;
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < _calls; i++)
            {
                _run.Work();
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            _bytes = Math.Min(_bytes, (GC.GetAllocatedBytesForCurrentThread() - bytes) / operations);
            _nanoseconds.Add(time.TotalNanoseconds / operations);
        }

        public MicroFigure Figure(MicroGroup group)
        {
            double[] sorted = [.. _nanoseconds.Order()];
            return new MicroFigure(group.Name, variant.Operation, variant.Way, sorted[0], sorted[sorted.Length / 2], _bytes);
        }

        public void Dispose() => _run.Dispose();
    }
}
