using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RuleService.Keys;
using RuleService.Model;
using RuleService.Running;
using RuleService.Store;

namespace RuleService.Api;

/// <summary>Tenants and their limits.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/tenants/{tenant}", PutAsync).AddEndpointFilter<GateFilter>()
            .RequireAuthorization(KeyRegistration.AdminOnly);
        routes.MapPost("/tenants/{tenant}/key", PostKeyAsync).RequireAuthorization(KeyRegistration.AdminOnly);
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
            : NoTenant(tenant);

    /// <summary>Makes a key for a tenant, in the place of its former one. Only this answer has it.</summary>
    private static async Task<IResult> PostKeyAsync(string tenant, TenantKeys keys, CancellationToken token) =>
        await keys.ReplaceAsync(tenant, token) is { } key ? Results.Ok(new { key }) : NoTenant(tenant);

    private static IResult NoTenant(string tenant) =>
        ApiErrors.NotFound($"There is no tenant {tenant}; PUT /tenants/{tenant} adds it.");
}
