using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Results;

/// <summary>The mean of ratios.</summary>
internal static class GeometricMean
{
    /// <summary>The geometric mean of positive numbers.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static double Of(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));
}
