using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>Wrong requests get an answer that says what is wrong, none is a failure of the service, and it lives on.</summary>
[Collection(MeterListening.Collection)]
public sealed class WrongRequestTests
{
    /// <summary>How often a request is sent whose connection the service closed too early for the client.</summary>
    private const int MostAttempts = 5;

    private const int Least = 600;

    [Fact]
    public async Task Wrong_requests_are_refused_with_a_reason()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("request");
        WrongRequest[] all = [.. WrongRequests.All()];
        all.Length.ShouldBeGreaterThanOrEqualTo(Least);

        ConcurrentBag<string> wrong = [];
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, token) =>
        {
            (int status, string body) = await SendAsync(api, request, token);
            if (status is < 400 or >= 500 || ReasonOf(body) is null || LyraCommand.ShowsHostTrace(body))
            {
                wrong.Add($"{request} -> {status} {body}");
            }
        });

        wrong.ShouldBeEmpty();
        (await api.RunAsync("[1]")).Result.GetProperty("value").GetRawText().ShouldBe("[1]");
        (await api.GetAsync("/tenants/acme/scripts/rule")).Json.GetProperty("versions").GetArrayLength().ShouldBe(1);
    }

    /// <summary>Bodies that end before their length, and lengths and chunks that are none.</summary>
    [Theory]
    [InlineData("content-length: 100\r\n\r\n{\"a\": 1")]
    [InlineData("content-length: 100\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n5\r\n[1, 2")]
    [InlineData("transfer-encoding: chunked\r\n\r\nxyz\r\n[1]\r\n0\r\n\r\n")]
    [InlineData("transfer-encoding: chunked\r\n\r\n7fffffff\r\n[1]")]
    [InlineData("content-length: -1\r\n\r\n[1]")]
    [InlineData("content-length: 99999999999\r\n\r\n[1]")]
    [InlineData("content-length: 3\r\ncontent-length: 4\r\n\r\n[1]")]
    [InlineData("content-length: x\r\n\r\n[1]")]
    public async Task Body_that_is_cut_off_is_refused(string rest)
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("request");
        const string Script = "/tenants/acme/scripts/rule";
        foreach (string line in (string[])["PUT /tenants/acme", $"POST {Script}/run", $"POST {Script}/jobs"])
        {
            string answer = await ExchangeAsync(
                api.Client.BaseAddress!, $"{line} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{rest}");

            // The server answers nothing to a client that has closed its side, or 4xx.
            answer.ShouldMatch(@"\A(HTTP/1\.1 4\d\d |\z)");
        }

        (await api.RunAsync("[1]")).Status.ShouldBe(200);
    }

    /// <summary>What is no HTTP gets no further than the server, which answers it itself, without a reason.</summary>
    [Theory]
    [InlineData("GET /tenants/%00 HTTP/1.1\r\nhost: x\r\n\r\n")]
    [InlineData("GET /tenants/acme HTTP/1.1\r\n\r\n")]
    [InlineData("GET /tenants/acme HTTP/9.9\r\nhost: x\r\n\r\n")]
    [InlineData("GET /tenants/acme\u0001 HTTP/1.1\r\nhost: x\r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\nhost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001")]
    [InlineData("GET /tenants/acme HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n")]
    public async Task Request_that_is_no_HTTP_is_refused(string request)
    {
        await using RuleApi api = await RuleApi.StartAsync();

        (await ExchangeAsync(api.Client.BaseAddress!, request)).ShouldMatch(@"\A(HTTP/1\.1 (4\d\d|505) |\z)");

        (await api.GetAsync("/health")).Status.ShouldBe(200);
    }

    /// <summary>
    /// Sends a request. The service may answer and close the connection while it is sent; then the client can't read the answer, and asks
    /// again.
    /// </summary>
    private static async Task<(int Status, string Body)> SendAsync(RuleApi api, WrongRequest wrong, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(api, wrong, token);
            }
            catch (HttpRequestException e) when (e.InnerException is IOException && attempt < MostAttempts)
            {
                (await api.GetAsync("/health")).Status.ShouldBe(200);
            }
        }
    }

    private static async Task<(int Status, string Body)> SendOnceAsync(RuleApi api, WrongRequest wrong, CancellationToken token)
    {
        using HttpRequestMessage request = new(new HttpMethod(wrong.Method), new Uri(wrong.Path, UriKind.Relative));
        if (wrong.Body is not null)
        {
            request.Content = new ByteArrayContent(wrong.Body);
            request.Headers.ExpectContinue = true;
            AddHeader("Content-Type", wrong.ContentType);
            AddHeader("Content-Encoding", wrong.ContentEncoding);
        }

        using HttpResponseMessage response = await api.Client.SendAsync(request, token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(token));

        void AddHeader(string name, string? value)
        {
            if (value is not null)
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }
    }

    /// <summary>The message of the error; null if there is none.</summary>
    private static string? ReasonOf(string body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString() is { Length: > 10 } reason
                ? reason : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or System.Collections.Generic.KeyNotFoundException)
        {
            return null;
        }
    }

    private static async Task<string> ExchangeAsync(Uri address, string request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        client.Client.Shutdown(SocketShutdown.Send);
        byte[] answer = new byte[65_536];
        try
        {
            return Encoding.Latin1.GetString(answer, 0, await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false));
        }
        catch (System.IO.IOException)
        {
            return "";
        }
    }
}
