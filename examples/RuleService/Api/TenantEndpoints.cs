using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Model;
using RuleService.Running;
using RuleService.Store;

namespace RuleService.Api;

/// <summary>Tenants and their limits.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/tenants/{tenant}", PutAsync).AddEndpointFilter<GateFilter>();
        routes.MapGet("/tenants/{tenant}", GetAsync);
    }

    private static async Task<IResult> PutAsync(
        string tenant, HttpRequest request, IRuleStore store, ActiveScripts active, CancellationToken token)
    {
        RunLimits limits = await RequestBody.ReadJsonAsync<RunLimits>(request, token);
        string[] faults = [.. limits.Faults()];
        if (faults.Length > 0)
        {
            return ApiErrors.BadRequest(string.Join(" ", faults));
        }

        await store.SetTenantAsync(new Tenant(tenant, limits), token);
        active.Forget(tenant);
        return Results.Ok(limits);
    }

    private static async Task<IResult> GetAsync(string tenant, IRuleStore store, CancellationToken token) =>
        await store.FindTenantAsync(tenant, token) is { } found
            ? Results.Ok(found.Limits)
            : ApiErrors.NotFound($"There is no tenant {tenant}; PUT /tenants/{tenant} adds it.");
}
