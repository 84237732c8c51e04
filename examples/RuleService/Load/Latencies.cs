using System;
using System.Threading;

namespace RuleService.Load;

/// <summary>Times in buckets that are 2 % wide, so that memory does not grow with their number. Thread-safe.</summary>
internal sealed class Latencies
{
    private const double Width = 1.02;
    private const double Smallest = 0.01;

    private readonly long[] _buckets = new long[1_024];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(TimeSpan time)
    {
        double bucket = Math.Log(Math.Max(time.TotalMilliseconds / Smallest, 1), Width);
        Interlocked.Increment(ref _buckets[Math.Min((int)bucket, _buckets.Length - 1)]);
        Interlocked.Increment(ref _count);
    }

    /// <summary>The time, in milliseconds, that this share of the requests did not exceed.</summary>
    public double Quantile(double share)
    {
        long rank = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (int i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= rank)
            {
                return Smallest * Math.Pow(Width, i + 1);
            }
        }

        return double.NaN;
    }
}
