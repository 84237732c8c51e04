using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Model;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>Many tenants, and tenants that send too much.</summary>
[Collection(MeterListening.Collection)]
public sealed class FloodTests
{
    private const string Generous = """{"maxSteps": 10000000000, "timeoutMs": 30000}""";

    /// <summary>400 jobs of 864 KB are 346 MB; 32 MB of one tenant may wait. No job ends before all are sent, and makes room.</summary>
    [Fact]
    public async Task Bytes_of_waiting_jobs_are_bounded()
    {
        using ScratchFolder data = new();
        using RuleProcess service = await RuleProcess.StartAsync(data.Path);
        await service.PutAsync("/tenants/acme", Generous);
        await service.PutAsync("/tenants/acme/scripts/slow", "await sleep(25000)");
        string input = $"\"{new string('x', 864_000)}\"";

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, 100).Select(async i =>
        {
            await Task.Yield();
            return (await service.SendAsync(HttpMethod.Post, "/tenants/acme/scripts/slow/jobs", input)).Status;
        })));

        int accepted = answers.Count(static status => status == HttpStatusCode.Accepted);
        accepted.ShouldBeInRange(10, 45);
        answers.Count(static status => status == HttpStatusCode.TooManyRequests).ShouldBe(answers.Length - accepted);
        service.PeakMemory.ShouldBeLessThan(600L << 20);
        (await service.SendAsync(HttpMethod.Get, "/tenants/acme")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Versions_are_bounded_and_can_be_removed()
    {
        await using RuleApi api = await RuleApi.StartAsync(static settings => settings with { MostVersions = 3, MostVersionMegabytes = 1 });
        foreach (int version in (int[])[1, 2, 3])
        {
            (await api.AddRuleAsync($"{version}")).Status.ShouldBe(201);
        }

        RuleApi.Answer full = await api.AddRuleAsync("4");
        full.Status.ShouldBe(409);
        full.Error.Message.ShouldBe(
            "acme has 3 versions, as many as it may have. DELETE /tenants/acme/scripts/rule/versions/{n} removes a version.");
        (await api.SendAsync(HttpMethod.Delete, "/tenants/acme/scripts/rule/versions/3")).Error.Message
            .ShouldBe("Version 3 of rule is the active or the newest one and stays.");
        (await api.SendAsync(HttpMethod.Delete, "/tenants/acme/scripts/rule/versions/1")).Json.GetProperty("versions").GetArrayLength()
            .ShouldBe(2);
        (await api.SendAsync(HttpMethod.Delete, "/tenants/acme/scripts/rule/versions/1")).Status.ShouldBe(404);

        (await api.AddRuleAsync($"\"{new string('x', 250_000)}\"")).Status.ShouldBe(201);
        await api.SendAsync(HttpMethod.Delete, "/tenants/acme/scripts/rule/versions/2");
        (await api.AddRuleAsync($"\"{new string('y', 250_000)}\"")).Error.Message.ShouldContain("more than 1 MB of sources and code");
        (await api.RunAsync()).Json.GetProperty("version").GetInt32().ShouldBe(4);
    }

    /// <summary>The first source needs much time and memory for its length; the second one is a long list.</summary>
    [Fact]
    public async Task Compiling_has_the_limits_of_the_tenant()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        string names = string.Join(", ", Enumerable.Range(0, 16_000).Select(static i => $"a{i}"));
        string lambdas = string.Concat(Enumerable.Repeat("()=>", 1_900));
        RuleApi.Answer nested = await api.AddRuleAsync($"proc f({names}) {{ return {lambdas}[{names}] }}");
        nested.Status.ShouldBe(422, nested.Body);

        string list = $"[{string.Concat(Enumerable.Repeat("1,", 120_000))}1]";
        (await api.AddRuleAsync(list, """{"maxMemoryBytes": 1048576, "timeoutMs": 30000}""")).Error.Kind.ShouldBe("MemoryLimit");
        (await api.AddRuleAsync("request")).Status.ShouldBe(201);
        (await api.RunAsync("7")).Result.GetProperty("value").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Compilations_and_jobs_count_as_requests_of_their_tenant()
    {
        await using RuleApi api = await RuleApi.StartAsync(static settings => settings with { Parallel = 1, MostRequests = 1 });
        await api.AddRuleAsync("while true { }", Generous);
        using CancellationTokenSource abort = new();
        Task<RuleApi.Answer> endless = api.RunAsync(token: abort.Token);
        await api.UntilRunningAsync(endless);

        const string Script = "/tenants/acme/scripts/rule";
        foreach ((string method, string path) in ((string, string)[])
            [("PUT", Script), ("POST", Script + "/jobs"), ("POST", Script + "/jobs/batch")])
        {
            RuleApi.Answer answer = await api.SendAsync(new HttpMethod(method), path, "[1]");

            answer.Status.ShouldBe(429, $"{method} {path}: {answer.Body}");
            answer.Error.Message.ShouldContain("too many requests");
        }

        await abort.CancelAsync();
        await Should.ThrowAsync<System.OperationCanceledException>(() => endless);
    }

    [Fact]
    public async Task Thousand_tenants_have_scripts_runs_and_jobs_of_their_own()
    {
        using ScratchFolder data = new();
        using RuleProcess service = await RuleProcess.StartAsync(data.Path);
        string[] jobs = new string[1_000];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = 16 };
        await Parallel.ForAsync(0, jobs.Length, parallel, async (i, _) =>
        {
            await service.PutAsync($"/tenants/t{i}", $$"""{"maxSteps": {{100_000 + i}}, "timeoutMs": 30000}""");
            await service.PutAsync($"/tenants/t{i}/scripts/own", $"request + {i}");
            jobs[i] = await service.SubmitAsync($"t{i}", "own", "1000");
        });

        await Parallel.ForAsync(0, jobs.Length, parallel, async (i, _) =>
        {
            (HttpStatusCode status, JsonElement json) = await service.SendAsync(HttpMethod.Post, $"/tenants/t{i}/scripts/own/run", "2000");
            status.ShouldBe(HttpStatusCode.OK, $"{json}");
            json.GetProperty("result").GetProperty("value").GetInt32().ShouldBe(2_000 + i);
            RunResult result = await service.ResultAsync($"t{i}", jobs[i]);
            result.Value.ShouldNotBeNull(Json.Text(result)).GetInt32().ShouldBe(1_000 + i);
        });

        service.PeakMemory.ShouldBeLessThan(600L << 20);
    }
}
