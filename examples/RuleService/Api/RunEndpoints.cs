using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RuleService.Model;
using RuleService.Running;

namespace RuleService.Api;

/// <summary>Runs of scripts within a request. The end of the request ends the run.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/tenants/{tenant}/scripts/{script}/run", RunAsync).AddEndpointFilter<GateFilter>();

    private static async Task<IResult> RunAsync(
        string tenant,
        string script,
        HttpContext context,
        ActiveScripts actives,
        StoredScripts scripts,
        CancellationToken token)
    {
        JsonElement input = await RequestBody.ReadJsonAsync(context.Request, token);
        if (await actives.FindAsync(tenant, script, token) is not { } active)
        {
            return ScriptEndpoints.NoScript(tenant, script);
        }

        await context.Features.GetRequiredFeature<RunPass>().BeginAsync(token);
        if (await scripts.RunAsync(active.Hash, input, active.Limits, token) is not { } result)
        {
            return ScriptEndpoints.NoScript(tenant, script);
        }

        int status = result.Status == RunStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Results.Json(new { version = active.Version, result }, Json.Options, statusCode: status);
    }
}
