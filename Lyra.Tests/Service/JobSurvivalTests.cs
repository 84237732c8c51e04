using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Store;
using RuleService.Workers;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>No job ends the service, and none comes back for ever.</summary>
[Collection(MeterListening.Collection)]
public sealed class JobSurvivalTests
{
    private const string Nest = "var v = []\nfor i in 1..request { v = [v] }\nv";

    [Fact]
    public async Task Result_of_any_depth_is_an_answer_and_a_result_of_its_job()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync(Nest);
        foreach (int depth in (int[])[1, 50, 99, 100, 101, 102, 109, 110, 125, 126, 127, 128, 130, 500, 998, 999, 1_000, 1_001, 5_000])
        {
            string? kind = depth <= Json.MostValueDepth ? null : depth <= 1_000 ? "ResultTooDeep" : "NotJson";

            RuleApi.Answer answer = await api.RunAsync($"{depth}");
            RuleApi.Answer job = await api.PostAsync("/tenants/acme/scripts/rule/jobs", $"{depth}");
            JsonElement result = await api.ResultAsync(job.Json.GetProperty("id").GetString()!);

            answer.Status.ShouldBe(kind is null ? 200 : 422, $"depth {depth}: {answer.Body}");
            foreach (JsonElement one in (JsonElement[])[answer.Result, result])
            {
                RunResult read = one.Deserialize<RunResult>(Json.Options)!;
                (read.Status, read.Error?.Kind).ShouldBe((kind is null ? RunStatus.Ok : RunStatus.Failed, kind), $"depth {depth}");
            }
        }
    }

    /// <summary>The tenant has 32 MB; the value has 300 MB as JSON, or 4 million lists that are one.</summary>
    [Theory]
    [InlineData("[\"s\" * 1000000] * 300")]
    [InlineData("var a = []\nfor i in 0..22 { a = [a, a] }\na")]
    [InlineData("\"s\" * 15000000")]
    public async Task Conversion_of_a_result_stays_within_the_limits_of_the_tenant(string source)
    {
        using ScratchFolder data = new();
        using RuleProcess service = await RuleProcess.StartAsync(data.Path);
        await service.PutAsync("/tenants/acme", """{"timeoutMs": 30000}""");
        await service.PutAsync("/tenants/acme/scripts/rule", source);
        for (int i = 0; i < 3; i++)
        {
            (HttpStatusCode status, JsonElement json) = await service.SendAsync(HttpMethod.Post, "/tenants/acme/scripts/rule/run", "1");
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, $"{json}");
            (await service.ResultAsync("acme", await service.SubmitAsync("acme", "rule", "1"))).Status
                .ShouldBeOneOf(RunStatus.Limit, RunStatus.Failed);
        }

        service.PeakMemory.ShouldBeLessThan(500L << 20);
    }

    /// <summary>The test takes the part of a script that ends its process: it kills each process that runs the job.</summary>
    [Fact]
    public async Task Job_that_kills_three_processes_is_dead_after_restarts_and_the_service_goes_on()
    {
        using ScratchFolder data = new();
        string id;
        using (RuleProcess first = await RuleProcess.StartAsync(data.Path))
        {
            await first.PutAsync("/tenants/acme", $$"""{"maxSteps": {{RunLimits.Highest.MaxSteps}}, "timeoutMs": 30000}""");
            await first.PutAsync("/tenants/acme/scripts/poison", "while true { }");
            await first.PutAsync("/tenants/acme/scripts/good", "request + 1");
            id = await first.SubmitAsync("acme", "poison", "1");
            await BegunAsync(data.Path, id, 1);
            first.Kill();
        }

        using (RuleProcess second = await RuleProcess.StartAsync(data.Path))
        {
            await BegunAsync(data.Path, id, 2);
            second.Kill();
        }

        using RuleProcess third = await RuleProcess.StartAsync(data.Path);
        await BegunAsync(data.Path, id, 3);
        await ChildProcesses.KillAsync(third.Id);

        RunResult result = await third.ResultAsync("acme", id);
        (result.Status, result.Error!.Kind).ShouldBe((RunStatus.Dead, "Dead"));
        (await third.ResultAsync("acme", await third.SubmitAsync("acme", "good", "1"))).Value!.Value.GetInt32().ShouldBe(2);
        third.HasEnded.ShouldBeFalse(third.Log);
    }

    [Fact]
    public async Task Result_that_cannot_be_stored_becomes_a_failure_and_the_others_are_stored()
    {
        Job[] jobs = [.. Enumerable.Range(0, 5).Select(static _ =>
            new Job(Guid.CreateVersion7(), "acme", "rule", "hash", Json.Read<JsonElement>("1"), new RunLimits()))];
        Dictionary<Guid, RunResult> committed = [];
        using ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<ServiceMetrics>().BuildServiceProvider();
        ResultCommitter committer = new(CommitAsync, services.GetRequiredService<ServiceMetrics>(), NullLogger.Instance);
        foreach (Job job in jobs)
        {
            JobResult result = new(job.Id, job.Tenant, job.Script, job.Hash, new RunResult(RunStatus.Ok));
            committer.Add(new Finished(new SilentDelivery(job), result));
        }

        committer.Complete();
        await committer.RunAsync(CancellationToken.None);

        committed.Keys.ShouldBe(jobs.Select(static job => job.Id), ignoreOrder: true);
        committed.Values.Count(static result => result.Status == RunStatus.Ok).ShouldBe(4);
        committed[jobs[2].Id].Error!.Kind.ShouldBe("NotStored");

        Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token)
        {
            if (results.Any(result => result.Id == jobs[2].Id && result.Result.Status == RunStatus.Ok))
            {
                throw new JsonException("A possible object cycle was detected.");
            }

            foreach (JobResult result in results)
            {
                committed.Add(result.Id, result.Result);
            }

            return Task.FromResult(results.Count);
        }
    }

    [Fact]
    public async Task Part_that_fails_ends_the_process_with_an_error()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHostedService<FailingPart>();

        (await Should.ThrowAsync<RuleService.PartFailedException>(() => RuleService.Program.RunHostAsync(builder.Build())))
            .Message.ShouldBe("FailingPart has failed and ended the process.");
    }

    private static async Task BegunAsync(string data, string id, int times)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using SqliteSession session = new(System.IO.Path.Combine(data, "rules.db"));
        while (session.One(
            "select attempts from jobs where id = $id", static row => row.GetInt32(0), ("$id", Guid.Parse(id).ToByteArray(true))) < times)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(20);
        }
    }

    private sealed class FailingPart : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("failed");
        }
    }

    private sealed class SilentDelivery(Job job) : JobDelivery(job, 0)
    {
        public override Task AcknowledgeAsync() => Task.CompletedTask;

        public override Task RejectAsync() => Task.CompletedTask;
    }
}
