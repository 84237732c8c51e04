using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lyra;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        routes.MapPut("/tenants/{tenant}/scripts/{script}", PutAsync);
        routes.MapGet("/tenants/{tenant}/scripts/{script}", GetAsync);
        routes.MapPost("/tenants/{tenant}/scripts/{script}/versions/{version:int}/activate", ActivateAsync);
        routes.MapPost("/tenants/{tenant}/scripts/{script}/rollback", RollBackAsync);
    }

    /// <summary>Adds a version, whose source is the body, and activates it unless the query says <c>activate=false</c>.</summary>
    private static async Task<IResult> PutAsync(
        string tenant,
        string script,
        HttpRequest request,
        IRuleStore store,
        ScriptRunner runner,
        ActiveScripts active,
        CancellationToken token,
        bool activate = true)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string source = await reader.ReadToEndAsync(token);
        if (source.Length > LongestSource)
        {
            return ApiErrors.BadRequest($"The source has {source.Length} characters; at most {LongestSource} are allowed.");
        }

        if (await store.FindTenantAsync(tenant, token) is null)
        {
            return ApiErrors.NotFound($"There is no tenant {tenant}; PUT /tenants/{tenant} adds it.");
        }

        Module module;
        try
        {
            module = Module.Compile(script, source);
        }
        catch (LyraCompileException e)
        {
            return ApiErrors.Compile(RunError.Of(e.Diagnostics));
        }

        if (RunError.Of(runner.Check(module.Load())) is { Length: > 0 } errors)
        {
            return ApiErrors.Compile(errors);
        }

        await store.AddModuleAsync(module, token);
        ScriptVersion added = await store.AddVersionAsync(tenant, script, module.Hash, activate, token);
        active.Forget(tenant, script);
        return Results.Created($"/tenants/{tenant}/scripts/{script}", new { version = added.Number, hash = added.Hash, active = activate });
    }

    private static async Task<IResult> GetAsync(string tenant, string script, IRuleStore store, CancellationToken token) =>
        await store.FindScriptAsync(tenant, script, token) is { } state ? Answer(state) : NoScript(tenant, script);

    private static async Task<IResult> ActivateAsync(
        string tenant, string script, int version, IRuleStore store, ActiveScripts active, CancellationToken token)
    {
        bool exists = await store.ActivateAsync(tenant, script, version, token);
        active.Forget(tenant, script);
        return exists
            ? await GetAsync(tenant, script, store, token)
            : ApiErrors.NotFound($"{tenant} has no version {version} of a script {script}.");
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

    public static IResult NoScript(string tenant, string script) =>
        ApiErrors.NotFound($"{tenant} has no active version of a script {script}; PUT /tenants/{tenant}/scripts/{script} adds one.");
}
