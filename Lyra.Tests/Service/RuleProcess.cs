using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Workers;

namespace Lyra.Tests.Service;

/// <summary>The service in a process of its own, without servers, that a test can kill.</summary>
internal sealed class RuleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private RuleProcess(string data, string address)
    {
        _process = OwnProcess.Start("api", "--data", data, "--urls", address, "--drain", "5");
        _process.OutputDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.Append(line.Data).Append('\n');
            }
        };
        _process.BeginOutputReadLine();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
    }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>True as soon as the test kills the process.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>What the service has logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The most memory that the process had, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the service on a free port and waits until it answers.</summary>
    public static async Task<RuleProcess> StartAsync(string data)
    {
        RuleProcess process = new(data, $"http://127.0.0.1:{FreePort()}");
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await process.Client.GetAsync(new Uri("/health", UriKind.Relative));
                return process;
            }
            catch (HttpRequestException) when (!process.HasEnded && clock.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"The service has not started: {process.Log}", e);
            }
        }
    }

    /// <summary>Sends JSON, or a source.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage answer = await Client.SendAsync(request);
        return (answer.StatusCode, Json.Read<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }

    public async Task PutAsync(string path, string body)
    {
        (HttpStatusCode status, JsonElement json) = await SendAsync(HttpMethod.Put, path, body);
        if ((int)status >= 300)
        {
            throw new InvalidOperationException($"PUT {path}: {status} {json}");
        }
    }

    /// <summary>Submits a job and returns its identifier.</summary>
    public async Task<string> SubmitAsync(string tenant, string script, string input)
    {
        (HttpStatusCode status, JsonElement json) = await SendAsync(HttpMethod.Post, $"/tenants/{tenant}/scripts/{script}/jobs", input);
        return status == HttpStatusCode.Accepted
            ? json.GetProperty("id").GetString()! : throw new InvalidOperationException($"{status} {json}");
    }

    /// <summary>The result of a job; null while it has none.</summary>
    public async Task<RunResult?> FindResultAsync(string tenant, string id)
    {
        (HttpStatusCode status, JsonElement json) = await SendAsync(HttpMethod.Get, $"/tenants/{tenant}/jobs/{id}");
        return status != HttpStatusCode.OK ? throw new InvalidOperationException($"{status} {json}")
            : json.TryGetProperty("result", out JsonElement result) ? result.Deserialize<RunResult>(Json.Options) : null;
    }

    /// <summary>The result of a job, once it has one.</summary>
    public async Task<RunResult> ResultAsync(string tenant, string id)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            if (await FindResultAsync(tenant, id) is { } result)
            {
                return result;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        Client.Dispose();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
