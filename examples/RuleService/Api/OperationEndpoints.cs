using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Metrics;

namespace RuleService.Api;

/// <summary>What operators watch.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health");
        routes.MapGet("/metrics", static (PrometheusText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4"));
    }
}
