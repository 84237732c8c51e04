using System;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RuleService.Api;
using RuleService.Model;

namespace RuleService.Keys;

/// <summary>
/// Tells callers by the key in <c>Authorization: Bearer KEY</c>: an admin has the admin key, a tenant that of the tenant in the path.
/// </summary>
internal sealed class KeyHandler(
    IOptionsMonitor<KeyOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TenantKeys tenants)
    : AuthenticationHandler<KeyOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Key";

    /// <summary>The role of a caller that may do everything.</summary>
    public const string Admin = "admin";

    /// <summary>The role of a caller that may do everything with scripts and jobs of the tenant in the path.</summary>
    public const string Tenant = "tenant";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Options.IsOpen || (Options.AdminHash is null && IsLocal()))
        {
            return Accept(Admin);
        }

        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        byte[] hash = ApiKey.HashOf(header[Prefix.Length..].Trim());
        return ApiKey.AreEqual(hash, Options.AdminHash) ? Accept(Admin)
            : await IsOfTenantAsync(hash) ? Accept(Tenant)
            : AuthenticateResult.Fail("The key is not known.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiErrors.Unauthorized("Send the key of the tenant, or the admin key, as 'authorization: Bearer KEY'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiErrors.Forbidden($"{Request.Method} {Request.Path} needs the admin key.").ExecuteAsync(Context);

    private bool IsLocal() => Context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address);

    private async Task<bool> IsOfTenantAsync(byte[] hash) =>
        Context.GetRouteValue("tenant") is string tenant && Names.IsValid(tenant)
            && ApiKey.AreEqual(hash, await tenants.FindHashAsync(tenant, Context.RequestAborted));

    private static AuthenticateResult Accept(string role)
    {
        ClaimsIdentity identity = new([new Claim(ClaimTypes.Role, role)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
