using System;
using System.Diagnostics;

namespace Lyra.Bench.Suite.Running;

/// <summary>
/// A fixed loop in C# with arithmetic, branches and loads. Times divided by its time can be compared between machines, as far as they
/// differ in speed alone.
/// </summary>
internal static class Calibration
{
    private const int Repetitions = 5;
    private const int Iterations = 20_000_000;
    private const int TableSize = 1 << 12;

    /// <summary>The seconds of the fastest of several repetitions.</summary>
    public static double Measure()
    {
        double fastest = double.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            GC.KeepAlive(Work(new int[TableSize]));
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return fastest;
    }

    private static int Work(int[] table)
    {
        uint state = 12345;
        int sum = 0;
        for (int i = 0; i < Iterations; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            ref int entry = ref table[state & (TableSize - 1)];
            entry += (int)(state & 7);
            sum += (entry & 1) == 0 ? entry : -1;
        }

        return sum;
    }
}
