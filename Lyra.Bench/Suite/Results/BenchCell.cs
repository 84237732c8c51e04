using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace Lyra.Bench.Suite.Results;

/// <summary>All runs of a program in one column.</summary>
/// <param name="State">How they ended; the first run that is not measured ends them.</param>
/// <param name="Seconds">The times of the runs, in their order.</param>
/// <param name="Reason">Why the program is not measured; empty if it is.</param>
internal sealed record BenchCell(SampleState State, IReadOnlyList<double> Seconds, string Reason)
{
    [JsonIgnore]
    public bool IsMeasured => State == SampleState.Measured && Seconds.Count > 0;

    /// <summary>The smallest time; 0 if the program is not measured.</summary>
    public double Minimum => IsMeasured ? Seconds.Min() : 0;

    /// <summary>The median of the times; 0 if the program is not measured.</summary>
    public double Median
    {
        get
        {
            if (!IsMeasured)
            {
                return 0;
            }

            double[] sorted = [.. Seconds.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
