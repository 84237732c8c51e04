using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>Who may call what, if callers need keys.</summary>
[Collection(MeterListening.Collection)]
public sealed class KeyTests
{
    private const string AdminKey = "0123456789abcdef0123456789abcdef";

    /// <summary>
    /// Each request of the service, with its status for an admin, for the tenant of the path, and for all others. Where the path names no
    /// tenant, the key of one is not known.
    /// </summary>
    [Theory]
    [InlineData("GET", "/health", 200, 200, 200)]
    [InlineData("GET", "/metrics", 200, 401, 401)]
    [InlineData("PUT", "/tenants/acme", 200, 403, 401)]
    [InlineData("POST", "/tenants/acme/key", 200, 403, 401)]
    [InlineData("GET", "/tenants/acme", 200, 200, 401)]
    [InlineData("PUT", "/tenants/acme/scripts/rule", 201, 201, 401)]
    [InlineData("GET", "/tenants/acme/scripts/rule", 200, 200, 401)]
    [InlineData("POST", "/tenants/acme/scripts/rule/run", 200, 200, 401)]
    [InlineData("POST", "/tenants/acme/scripts/rule/jobs", 202, 202, 401)]
    [InlineData("POST", "/tenants/acme/scripts/rule/jobs/batch", 400, 400, 401)]
    [InlineData("GET", "/tenants/acme/jobs/00000000-0000-0000-0000-000000000000", 404, 404, 401)]
    [InlineData("POST", "/tenants/acme/scripts/rule/rollback", 409, 409, 401)]
    [InlineData("POST", "/tenants/acme/scripts/rule/versions/1/activate", 200, 200, 401)]
    [InlineData("DELETE", "/tenants/acme/scripts/rule/versions/1", 409, 409, 401)]
    [InlineData("GET", "/nothing", 404, 401, 401)]
    public async Task Requests_need_the_key_that_may_make_them(string method, string path, int admin, int tenant, int other)
    {
        await using RuleApi api = await StartAsync();
        string key = await KeyOfAsync(api, "acme");
        string foreign = await KeyOfAsync(api, "other");
        foreach ((string? caller, int status) in ((string?, int)[])
            [(foreign, other), (null, other), ("", other), ("x", other), (AdminKey[..^1], other), (AdminKey + "0", other), (key, tenant)])
        {
            RuleApi.Answer answer = await SendAsync(api, method, path, caller);

            answer.Status.ShouldBe(status, $"{caller} {answer.Body}");
            if (status is 401 or 403)
            {
                answer.Error.Message.ShouldContain("key");
            }
        }

        (await SendAsync(api, method, path, AdminKey)).Status.ShouldBe(admin);
    }

    [Fact]
    public async Task New_key_replaces_the_former_one_and_limits_keep_it()
    {
        await using RuleApi api = await StartAsync();
        string first = await KeyOfAsync(api, "acme");
        (await SendAsync(api, "GET", "/tenants/acme", first)).Status.ShouldBe(200);

        string second = await KeyOfAsync(api, "acme");

        second.ShouldNotBe(first);
        (await SendAsync(api, "GET", "/tenants/acme", first)).Status.ShouldBe(401);
        (await SendAsync(api, "PUT", "/tenants/acme", AdminKey)).Status.ShouldBe(200);
        (await SendAsync(api, "GET", "/tenants/acme", second)).Status.ShouldBe(200);
        (await SendAsync(api, "POST", "/tenants/none/key", AdminKey)).Error.Message.ShouldContain("PUT /tenants/none adds it");
    }

    [Fact]
    public async Task Tenant_without_a_key_has_none_that_fits()
    {
        await using RuleApi api = await StartAsync();
        await SendAsync(api, "PUT", "/tenants/keyless", AdminKey);

        (await SendAsync(api, "GET", "/tenants/keyless", "")).Status.ShouldBe(401);
        (await SendAsync(api, "GET", "/tenants/keyless", null)).Status.ShouldBe(401);
    }

    private static Task<RuleApi> StartAsync() => RuleApi.StartAsync(static settings => settings with { AdminKey = AdminKey });

    /// <summary>Adds a tenant with a script and a new key.</summary>
    private static async Task<string> KeyOfAsync(RuleApi api, string tenant)
    {
        await SendAsync(api, "PUT", $"/tenants/{tenant}", AdminKey);
        if ((await SendAsync(api, "GET", $"/tenants/{tenant}/scripts/rule", AdminKey)).Status == 404)
        {
            await SendAsync(api, "PUT", $"/tenants/{tenant}/scripts/rule", AdminKey);
        }

        return (await SendAsync(api, "POST", $"/tenants/{tenant}/key", AdminKey)).Json.GetProperty("key").GetString()!;
    }

    private static Task<RuleApi.Answer> SendAsync(RuleApi api, string method, string path, string? key)
    {
        api.Client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return api.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");
    }
}
