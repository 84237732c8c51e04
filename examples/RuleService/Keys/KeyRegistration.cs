using System;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using RuleService.Settings;
using RuleService.Store;

namespace RuleService.Keys;

/// <summary>Adds keys to a service.</summary>
internal static class KeyRegistration
{
    /// <summary>The policy of what only an admin may do.</summary>
    public const string AdminOnly = "admin only";

    /// <summary>Whatever asks for no other policy is for admins, and for the tenant in the path.</summary>
    public static void AddKeys(this IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(static provider => new TenantKeys(provider.GetRequiredService<IRuleStore>(), TimeProvider.System));
        services.AddAuthentication(KeyHandler.SchemeName).AddScheme<KeyOptions, KeyHandler>(KeyHandler.SchemeName, options =>
        {
            options.AdminHash = settings.AdminKey is null ? null : ApiKey.HashOf(settings.AdminKey);
            options.IsOpen = settings.IsOpen;
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(AdminOnly, static policy => policy.RequireRole(KeyHandler.Admin))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(KeyHandler.Admin, KeyHandler.Tenant).Build());
    }
}
