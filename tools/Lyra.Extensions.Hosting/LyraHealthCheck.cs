using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Lyra.Extensions.Hosting;

/// <summary>Runs a small script in an engine of the pool. The data has the numbers of idle and rented engines.</summary>
internal sealed class LyraHealthCheck(LyraEngines engines, IOptions<LyraSettings> settings) : IHealthCheck
{
    private static readonly LyraScript Sum = LyraScript.Compile("var total = 0\nfor i in 1..5 { total += i }\ntotal", "health.lyra");

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = new() { ["idle"] = engines.IdleCount, ["rented"] = engines.RentedCount };
        try
        {
            using LyraRental rental = engines.Rent(engines.Limits with { Timeout = settings.Value.HealthTimeout });
            int sum = rental.Engine.Run(Sum, cancellationToken).As<int>();
            return Task.FromResult(sum == 10
                ? HealthCheckResult.Healthy("Scripts run.", data)
                : new HealthCheckResult(context.Registration.FailureStatus, $"The sum of 1 to 4 came out as {sum}.", data: data));
        }
        catch (Exception e) when (e is LyraException or ObjectDisposedException)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, e.Message, e, data));
        }
    }
}
