using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using RuleService.Model;
using RuleService.Settings;

namespace Lyra.Tests.Service;

/// <summary>The API of the service in this process, without servers, on a free port.</summary>
internal sealed class RuleApi : IAsyncDisposable
{
    private readonly ScratchFolder? _folder;
    private readonly WebApplication _app;

    private RuleApi(WebApplication app, ScratchFolder? folder)
    {
        _app = app;
        _folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts the API with a folder of its own, or with that of the settings.</summary>
    public static async Task<RuleApi> StartAsync(Func<ServiceSettings, ServiceSettings>? change = null, string? data = null)
    {
        ScratchFolder? folder = data is null ? new ScratchFolder() : null;
        ServiceSettings settings = new() { Urls = "http://127.0.0.1:0", Data = data ?? folder!.Path };
        WebApplication app = await RuleService.Service.BuildApiAsync(change?.Invoke(settings) ?? settings, CancellationToken.None);
        await app.StartAsync();
        return new RuleApi(app, folder);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, CancellationToken token = default)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await Client.SendAsync(request, token);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(token));
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> PostAsync(string path, string? body = null, CancellationToken token = default) =>
        SendAsync(HttpMethod.Post, path, body, token);

    /// <summary>Adds the tenant <c>acme</c> and a script <c>rule</c> of it.</summary>
    /// <param name="source">The source of the script.</param>
    /// <param name="limits">
    /// The limits of the tenant. By default, those of the service, but with the longest time, because the machine may be busy.
    /// </param>
    public async Task<Answer> AddRuleAsync(string source, string limits = """{"timeoutMs": 30000}""")
    {
        await PutAsync("/tenants/acme", limits);
        return await PutAsync("/tenants/acme/scripts/rule", source);
    }

    public Task<Answer> RunAsync(string input = "{}", CancellationToken token = default) =>
        PostAsync("/tenants/acme/scripts/rule/run", input, token);

    /// <summary>Waits until a run has begun, or its request has ended.</summary>
    public async Task UntilRunningAsync(Task request)
    {
        const string Rented = "lyra_hosting_engines_rented{otel_scope_name=\"Lyra.Hosting\"} 1";
        while (!(await GetAsync("/metrics")).Body.Contains(Rented, StringComparison.Ordinal) && !request.IsCompleted)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>The result of a job of <c>acme</c>, once it has one.</summary>
    public async Task<JsonElement> ResultAsync(string id)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonElement answer = (await GetAsync($"/tenants/acme/jobs/{id}")).Json;
            if (answer.GetProperty("state").GetString() == "done")
            {
                return answer.GetProperty("result");
            }

            await Task.Delay(10, patience.Token);
        }
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
    }

    /// <summary>Status and body of a response.</summary>
    internal sealed record Answer(int Status, string Body)
    {
        public JsonElement Json => RuleService.Model.Json.Read<JsonElement>(Body);

        public JsonElement Result => Json.GetProperty("result");

        /// <summary>The error of the response, or of the result in it.</summary>
        public RunError Error =>
            (Json.TryGetProperty("error", out JsonElement error) ? error : Result.GetProperty("error"))
                .Deserialize<RunError>(RuleService.Model.Json.Options)!;
    }
}
