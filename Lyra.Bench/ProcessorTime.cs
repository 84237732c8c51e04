using System;

namespace Lyra.Bench;

/// <summary>Measures processor time; elapsed time would depend on the load of the machine.</summary>
internal static class ProcessorTime
{
    /// <summary>The fewest nanoseconds for an iteration, in several rounds of so many iterations each.</summary>
    public static double Best(int rounds, int iterations, Func<double> round)
    {
        double best = double.MaxValue;
        for (int i = 0; i < rounds; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            round();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / iterations);
        }

        return best;
    }
}
