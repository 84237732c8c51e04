using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Keys;

namespace RuleService.Api;

/// <summary>What operators watch.</summary>
internal static class OperationEndpoints
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health").AllowAnonymous();
        routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(KeyRegistration.AdminOnly)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }
}
