using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Metrics;
using RuleService.Running;

namespace RuleService.Api;

/// <summary>
/// Counts the requests of each tenant that have a body, before it is read. Handlers find the <see cref="RunPass"/> among the features.
/// </summary>
internal sealed class GateFilter(RunGate gate, ServiceMetrics metrics) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        string tenant = (string)context.HttpContext.GetRouteValue("tenant")!;
        using RunPass? pass = gate.Arrive(tenant);
        if (pass is null)
        {
            metrics.CountRefusedRequest();
            return ApiErrors.TooMany(context.HttpContext, $"{tenant} has too many requests at a time; try again, or submit a job.");
        }

        context.HttpContext.Features.Set(pass);
        return await next(context);
    }
}
