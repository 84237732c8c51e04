using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RuleService.Model;
using RuleService.Running;
using RuleService.Store;

namespace RuleService.Api;

/// <summary>Scripts and their versions.</summary>
internal static class ScriptEndpoints
{
    private const int LongestSource = 262_144;

    public static void MapScripts(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/tenants/{tenant}/scripts/{script}", PutAsync).AddEndpointFilter<GateFilter>();
        routes.MapGet("/tenants/{tenant}/scripts/{script}", GetAsync);
        routes.MapDelete("/tenants/{tenant}/scripts/{script}/versions/{version:int}", DeleteAsync);
        routes.MapPost("/tenants/{tenant}/scripts/{script}/versions/{version:int}/activate", ActivateAsync);
        routes.MapPost("/tenants/{tenant}/scripts/{script}/rollback", RollBackAsync);
    }

    public static IResult NoScript(string tenant, string script) =>
        ApiErrors.NotFound($"{tenant} has no active version of a script {script}; PUT /tenants/{tenant}/scripts/{script} adds one.");

    /// <summary>Adds a version, whose source is the body, and activates it unless the query says <c>activate=false</c>.</summary>
    private static async Task<IResult> PutAsync(
        string tenant,
        string script,
        HttpContext context,
        IRuleStore store,
        ScriptCompiler compiler,
        CancellationToken token,
        bool activate = true)
    {
        string source = await RequestBody.ReadTextAsync(context.Request, token);
        if (source.Length > LongestSource)
        {
            return ApiErrors.BadRequest($"The source has {source.Length} characters; at most {LongestSource} are allowed.");
        }

        if (await store.FindTenantAsync(tenant, token) is not { } owner)
        {
            return ApiErrors.NotFound($"There is no tenant {tenant}; PUT /tenants/{tenant} adds it.");
        }

        await context.Features.GetRequiredFeature<RunPass>().BeginAsync(token);
        (Module? module, IReadOnlyList<RunError> errors) = compiler.Compile(script, source, owner.Limits, token);
        if (module is null)
        {
            return ApiErrors.Compile(errors);
        }

        if (await compiler.ExcessAsync(tenant, module, token) is { } excess)
        {
            return ApiErrors.Conflict($"{excess} DELETE /tenants/{tenant}/scripts/{script}/versions/{{n}} removes a version.");
        }

        ScriptVersion added = await compiler.AddAsync(tenant, script, module, activate, token);
        return Results.Created($"/tenants/{tenant}/scripts/{script}", new { version = added.Number, hash = added.Hash, active = activate });
    }

    private static async Task<IResult> GetAsync(string tenant, string script, IRuleStore store, CancellationToken token) =>
        await store.FindScriptAsync(tenant, script, token) is { } state ? Answer(state) : NoScript(tenant, script);

    private static async Task<IResult> DeleteAsync(
        string tenant, string script, int version, IRuleStore store, CancellationToken token)
    {
        if (await store.RemoveVersionAsync(tenant, script, version, token))
        {
            return await GetAsync(tenant, script, store, token);
        }

        return await store.FindScriptAsync(tenant, script, token) is { } state && state.Versions.Any(found => found.Number == version)
            ? ApiErrors.Conflict($"Version {version} of {script} is the active or the newest one and stays.")
            : NoVersion(tenant, script, version);
    }

    private static async Task<IResult> ActivateAsync(
        string tenant, string script, int version, IRuleStore store, ActiveScripts active, CancellationToken token)
    {
        bool exists = await store.ActivateAsync(tenant, script, version, token);
        active.Forget(tenant, script);
        return exists
            ? await GetAsync(tenant, script, store, token)
            : NoVersion(tenant, script, version);
    }

    private static async Task<IResult> RollBackAsync(
        string tenant, string script, IRuleStore store, ActiveScripts active, CancellationToken token)
    {
        bool isDone = await store.RollBackAsync(tenant, script, token);
        active.Forget(tenant, script);
        return isDone
            ? await GetAsync(tenant, script, store, token)
            : ApiErrors.Conflict($"No version of {script} was active before the present one.");
    }

    private static IResult Answer(ScriptState state) => Results.Ok(new { active = state.Active?.Number, versions = state.Versions });

    private static IResult NoVersion(string tenant, string script, int version) =>
        ApiErrors.NotFound($"{tenant} has no version {version} of a script {script}.");
}
