using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Running;

namespace RuleService.Api;

/// <summary>Runs of scripts within a request. The end of the request ends the run.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/tenants/{tenant}/scripts/{script}/run", RunAsync);

    private static async Task<IResult> RunAsync(
        string tenant,
        string script,
        JsonElement input,
        HttpContext context,
        ActiveScripts actives,
        ModuleCache modules,
        ScriptRunner runner,
        RunGate gate,
        ServiceMetrics metrics,
        CancellationToken token)
    {
        ActiveScript? active = await actives.FindAsync(tenant, script, token);
        LyraScript? compiled = active is null ? null : await modules.FindAsync(active.Hash, token);
        if (compiled is null)
        {
            return ScriptEndpoints.NoScript(tenant, script);
        }

        using IDisposable? pass = await gate.EnterAsync(tenant, token);
        if (pass is null)
        {
            metrics.CountRefusedRequest();
            return ApiErrors.TooMany(context, $"{tenant} has too many requests at a time; try again, or submit a job.");
        }

        RunResult result = await runner.RunAsync(compiled, input, active!.Limits, token);
        int status = result.Status == RunStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        return Results.Json(new { version = active.Version, result }, Json.Options, statusCode: status);
    }
}
