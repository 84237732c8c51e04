using System;
using Lyra.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace RuleService.Metrics;

/// <summary>Collects the figures of Lyra, of the service and of ASP.NET Core with OpenTelemetry.</summary>
internal static class Telemetry
{
    /// <summary>The standard variable with the address of a collector.</summary>
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The bounds of the histograms of run times, in seconds.</summary>
    private static readonly double[] Bounds = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

    /// <summary>Sends the figures to a collector if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
    /// <param name="services">The services of a process.</param>
    /// <param name="export">Adds further exporters.</param>
    public static void AddTelemetry(this IServiceCollection services, Action<MeterProviderBuilder>? export = null) =>
        services.AddOpenTelemetry().ConfigureResource(static resource => resource.AddService("rule-service")).WithMetrics(metrics =>
        {
            metrics.AddMeter(LyraMetrics.EngineMeter, LyraMetrics.HostingMeter, ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting")
                .AddView("*.run.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Bounds });
            export?.Invoke(metrics);
            if (Environment.GetEnvironmentVariable(CollectorVariable) is not null)
            {
                metrics.AddOtlpExporter();
            }
        });
}
