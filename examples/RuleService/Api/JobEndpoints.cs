using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Model;
using RuleService.Running;
using RuleService.Store;
using RuleService.Workers;

namespace RuleService.Api;

/// <summary>Jobs: runs that happen later, perhaps on another machine.</summary>
internal static class JobEndpoints
{
    private const int MostInputs = 1_000;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tenants/{tenant}/scripts/{script}/jobs", PostAsync).AddEndpointFilter<GateFilter>();
        routes.MapPost("/tenants/{tenant}/scripts/{script}/jobs/batch", PostBatchAsync).AddEndpointFilter<GateFilter>();
        routes.MapGet("/tenants/{tenant}/jobs/{id:guid}", GetAsync);
    }

    /// <summary>Submits a job, whose input is the body.</summary>
    private static async Task<IResult> PostAsync(
        string tenant,
        string script,
        HttpContext context,
        ActiveScripts actives,
        JobSubmitter submitter,
        CancellationToken token)
    {
        JsonElement input = await RequestBody.ReadJsonAsync(context.Request, token);
        if (await actives.FindAsync(tenant, script, token) is not { } active)
        {
            return ScriptEndpoints.NoScript(tenant, script);
        }

        IReadOnlyList<Job> accepted = await submitter.SubmitAsync(active, [input], token);
        return accepted.Count == 0 ? TooMany(context, tenant) : Results.Accepted(PathOf(accepted[0]), new { id = accepted[0].Id });
    }

    /// <summary>Submits a job for each element of the body, a list.</summary>
    private static async Task<IResult> PostBatchAsync(
        string tenant,
        string script,
        HttpContext context,
        ActiveScripts actives,
        JobSubmitter submitter,
        CancellationToken token)
    {
        JsonElement inputs = await RequestBody.ReadJsonAsync(context.Request, token);
        if (inputs.ValueKind != JsonValueKind.Array || inputs.GetArrayLength() is < 1 or > MostInputs)
        {
            return ApiErrors.BadRequest($"The body must be a list of 1 to {MostInputs} inputs.");
        }

        if (await actives.FindAsync(tenant, script, token) is not { } active)
        {
            return ScriptEndpoints.NoScript(tenant, script);
        }

        IReadOnlyList<Job> accepted = await submitter.SubmitAsync(active, [.. inputs.EnumerateArray()], token);
        return accepted.Count == 0
            ? TooMany(context, tenant)
            : Results.Accepted(
                value: new { ids = accepted.Select(static job => job.Id), refused = inputs.GetArrayLength() - accepted.Count });
    }

    private static async Task<IResult> GetAsync(string tenant, Guid id, IRuleStore store, CancellationToken token)
    {
        JobState? state = await store.FindJobAsync(tenant, id, token);
        return state is null
            ? ApiErrors.NotFound($"{tenant} has no job {id}.")
            : Results.Ok(new { id, state = state.Result is null ? "waiting" : "done", result = state.Result?.Result });
    }

    private static string PathOf(Job job) => $"/tenants/{job.Tenant}/jobs/{job.Id}";

    private static IResult TooMany(HttpContext context, string tenant) =>
        ApiErrors.TooMany(context, $"{tenant} has too many waiting jobs; try again when some are done.");
}
