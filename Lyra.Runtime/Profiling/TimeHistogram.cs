using System;
using System.Diagnostics;
using System.Numerics;

namespace Lyra.Runtime.Profiling;

/// <summary>
/// A distribution of times with a relative error of at most 1/16: 16 buckets of equal width for each power of two (as in HdrHistogram by
/// Gil Tene).
/// </summary>
internal sealed class TimeHistogram
{
    private const int BucketBits = 4;
    private const int BucketsPerOctave = 1 << BucketBits;

    private int[] _buckets = new int[8 * BucketsPerOctave];

    /// <summary>The number of times.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum, in units of <see cref="Stopwatch"/>.</summary>
    public long Sum { get; private set; }

    /// <summary>The shortest; 0 if there is none.</summary>
    public long Min { get; private set; }

    /// <summary>The longest.</summary>
    public long Max { get; private set; }

    /// <summary>Adds a time, which is not negative.</summary>
    public void Add(long time)
    {
        Min = Count == 0 ? time : Math.Min(Min, time);
        Max = Math.Max(Max, time);
        Count++;
        Sum += time;
        int bucket = BucketOf(time);
        Reserve(bucket + 1);
        _buckets[bucket]++;
    }

    /// <summary>Adds all times of another distribution.</summary>
    public void Add(TimeHistogram other)
    {
        if (other.Count == 0)
        {
            return;
        }

        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Count += other.Count;
        Sum += other.Sum;
        Reserve(other._buckets.Length);
        for (int bucket = 0; bucket < other._buckets.Length; bucket++)
        {
            _buckets[bucket] += other._buckets[bucket];
        }
    }

    /// <summary>The time that a part of all times, 0 to 1, does not exceed.</summary>
    public long Percentile(double part)
    {
        long rank = (long)Math.Ceiling(part * Count);
        long seen = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank && seen > 0)
            {
                return Math.Clamp(MiddleOf(bucket), Min, Max);
            }
        }

        return Max;
    }

    private static int BucketOf(long time)
    {
        if (time < BucketsPerOctave)
        {
            return (int)time;
        }

        int shift = BitOperations.Log2((ulong)time) - BucketBits;
        return ((shift + 1) << BucketBits) + (int)(time >> shift) - BucketsPerOctave;
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < BucketsPerOctave)
        {
            return bucket;
        }

        int shift = (bucket >> BucketBits) - 1;
        long start = (long)(BucketsPerOctave + (bucket & (BucketsPerOctave - 1))) << shift;
        return start + (1L << shift >> 1);
    }

    private void Reserve(int buckets)
    {
        if (buckets > _buckets.Length)
        {
            Array.Resize(ref _buckets, Math.Max(buckets, 2 * _buckets.Length));
        }
    }
}
