using System;
using System.Linq;
using Lyra.Runtime.Profiling;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Profiling;

public sealed class TimeHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_have_a_relative_error_of_a_sixteenth(int seed)
    {
        Random random = new(seed);
        long[] times = [.. Enumerable.Range(0, 5_000).Select(_ => (long)Math.Exp(random.NextDouble() * 25))];
        TimeHistogram histogram = new();
        foreach (long time in times)
        {
            histogram.Add(time);
        }

        Array.Sort(times);
        foreach (double part in new[] { 0.01, 0.5, 0.95, 0.99, 1.0 })
        {
            long exact = times[(int)Math.Ceiling(part * times.Length) - 1];
            ((double)histogram.Percentile(part)).ShouldBe(exact, (exact / 16.0) + 0.5, $"{part}");
        }

        (histogram.Count, histogram.Sum, histogram.Min, histogram.Max).ShouldBe((times.Length, times.Sum(), times[0], times[^1]));
    }

    [Fact]
    public void Adding_a_histogram_adds_its_times()
    {
        TimeHistogram all = new();
        TimeHistogram odd = new();
        TimeHistogram even = new();
        for (long time = 0; time < 100_000; time += 7)
        {
            all.Add(time);
            (time % 2 == 0 ? even : odd).Add(time);
        }

        odd.Add(even);
        odd.Add(new TimeHistogram());
        (odd.Count, odd.Sum, odd.Min, odd.Max).ShouldBe((all.Count, all.Sum, all.Min, all.Max));
        odd.Percentile(0.9).ShouldBe(all.Percentile(0.9));
    }

    [Fact]
    public void An_empty_histogram_has_zeros() => new TimeHistogram().Percentile(0.5).ShouldBe(0);
}
