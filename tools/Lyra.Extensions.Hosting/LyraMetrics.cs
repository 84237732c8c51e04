using System;
using System.Diagnostics.Metrics;

namespace Lyra.Extensions.Hosting;

/// <summary>The names of the meters, and the instruments of the pools.</summary>
public sealed class LyraMetrics : IDisposable
{
    /// <summary>The meter of the engines themselves: runs, limits, steps, compiled code.</summary>
    public const string EngineMeter = "Lyra";

    /// <summary>The meter of the pools.</summary>
    public const string HostingMeter = "Lyra.Hosting";

    private readonly Meter _meter;

    internal LyraMetrics(IMeterFactory meters, LyraEngines engines)
    {
        _meter = meters.Create(HostingMeter);
        _meter.CreateObservableUpDownCounter(
            "lyra.hosting.engines.idle", () => engines.IdleCount, "{engine}", "Engines ready to be rented.");
        _meter.CreateObservableUpDownCounter("lyra.hosting.engines.rented", () => engines.RentedCount, "{engine}", "Engines in use.");
    }

    /// <summary>Removes the instruments.</summary>
    public void Dispose() => _meter.Dispose();
}
