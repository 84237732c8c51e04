using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Bench.Suite.Pages;

/// <summary>A horizontal logarithmic axis that contains 1.</summary>
internal sealed class LogAxis
{
    private readonly double _left;
    private readonly double _width;
    private readonly double _least;
    private readonly double _most;

    public LogAxis(double left, double width, IEnumerable<double> values)
    {
        double[] all = [1, .. values];
        _left = left;
        _width = width;
        _least = Math.Log(all.Min()) - 0.1;
        _most = Math.Log(all.Max()) + 0.1;
    }

    public double At(double value) => _left + ((Math.Log(value) - _least) / (_most - _least) * _width);

    /// <summary>1, 2 and 5 times the powers of ten that the axis contains.</summary>
    public IEnumerable<double> Ticks()
    {
        for (int power = -3; power <= 4; power++)
        {
            foreach (int digit in (int[])[1, 2, 5])
            {
                double tick = digit * Math.Pow(10, power);
                if (Math.Log(tick) >= _least && Math.Log(tick) <= _most)
                {
                    yield return tick;
                }
            }
        }
    }
}
