using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RabbitMQ.Client;
using RuleService.Load;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Settings;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>Worker processes that are killed: every job has exactly one result.</summary>
[Collection(Servers.Collection)]
[Trait(Sweep.Category, Sweep.Name)]
[Trait(Sweep.Category, Servers.Name)]
public sealed class KillTests(ServerProcesses servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Ten_thousand_jobs_have_one_result_each_although_workers_are_killed_and_the_broker_restarts()
    {
        ServiceSettings settings = servers.NewSettings() with { Parallel = 1, Prefetch = 4 };
        await using PostgresStore store = await PostgresStore.OpenAsync(settings.Store!, None);
        await using RabbitQueue queue = new(settings.Queue!, settings.QueuePrefix, settings.QueueBounds, NullLogger.Instance, Patience);
        Module module = Module.Compile(
            "square", "var n = 0\nfor i in 0..2000 { n += i % 7 }\nprint(n)\nrequest * request", new RunLimits());
        await store.AddModuleAsync(module, None);
        string[] tenants = [.. Enumerable.Range(0, 4).Select(static i => $"kill{i}-{Guid.NewGuid():N}")];
        await Task.WhenAll(tenants.Select(tenant => store.SetTenantAsync(new Tenant(tenant, new RunLimits()), None)));
        Job[] jobs = [.. Enumerable.Range(0, 10_000).Select(i => NewJob(tenants[i % tenants.Length], module, i))];

        List<WorkerProcess> workers = [.. Enumerable.Range(0, 4).Select(_ => new WorkerProcess(settings))];
        int kills = 0;
        long doneAtKill = 0;
        try
        {
            Task submitting = SubmitAsync(store, queue, jobs);
            Task restarting = RestartBrokerAsync();
            Stopwatch clock = Stopwatch.StartNew();
            while (!submitting.IsCompletedSuccessfully || !restarting.IsCompletedSuccessfully
                || await CountAsync(settings, tenants) < jobs.Length)
            {
                clock.Elapsed.ShouldBeLessThan(Patience, $"{await CountAsync(settings, tenants)} results; {workers[^1].Log}");
                await Task.WhenAll(new[] { submitting, restarting }.Where(static task => task.IsFaulted));
                await Task.Delay(1_000);

                // Without this, nothing but starts of processes would happen on a slow machine.
                long done = await CountAsync(settings, tenants);
                if (done > doneAtKill)
                {
                    doneAtKill = done;
                    workers[0].Dispose();
                    workers.RemoveAt(0);
                    workers.Add(new WorkerProcess(settings));
                    kills++;
                }
            }
        }
        finally
        {
            workers.ForEach(static worker => worker.Dispose());
        }

        kills.ShouldBeGreaterThanOrEqualTo(5);
        await ResultsShouldBeThoseOfAsync(settings, jobs);
        (await store.PendingJobsAsync(None)).Intersect(jobs.Select(static job => job.Id)).ShouldBeEmpty();
        RabbitNames names = new(settings.QueuePrefix);
        (await WaitingAsync(settings, names.DeadLetters)).ShouldBe(0u);
    }

    [Fact]
    public async Task Job_that_kills_three_processes_is_dead_and_says_so_and_its_worker_goes_on()
    {
        ServiceSettings settings = servers.NewSettings() with { Parallel = 2 };
        await using PostgresStore store = await PostgresStore.OpenAsync(settings.Store!, None);
        await using RabbitQueue queue = new(settings.Queue!, settings.QueuePrefix, settings.QueueBounds, NullLogger.Instance, Patience);
        Module endless = Module.Compile("endless", "while true { }", new RunLimits());
        await store.AddModuleAsync(endless, None);
        string tenant = $"poison-{Guid.NewGuid():N}";
        await store.SetTenantAsync(new Tenant(tenant, new RunLimits()), None);
        Job poison = NewJob(tenant, endless, 0) with { Limits = RunLimits.Highest };
        await store.AddJobsAsync([poison], None);
        await queue.PublishAsync([poison], None);

        // The test takes the part of a script that ends its process: it kills each process that runs the job.
        RabbitNames names = new(settings.QueuePrefix);
        for (int i = 0; i < 2; i++)
        {
            await UntilAsync(async () => await WaitingAsync(settings, names.QueueOf(tenant)) == 1);
            using WorkerProcess victim = new(settings);
            await UntilAsync(async () => await WaitingAsync(settings, names.QueueOf(tenant)) == 0);
            await Task.Delay(200);
        }

        using WorkerProcess worker = new(settings);
        await ChildProcesses.KillAsync(worker.Id);

        JobState? state = null;
        await UntilAsync(async () => (state = await store.FindJobAsync(tenant, poison.Id, None))?.Result is not null);
        RunResult result = state!.Result!.Result;
        result.Status.ShouldBe(RunStatus.Dead);
        result.Error.ShouldNotBeNull().Message.ShouldContain("3 times");
        await UntilAsync(async () => await WaitingAsync(settings, names.DeadLetters) == 1);
        worker.HasEnded.ShouldBeFalse(worker.Log);
        (await WaitingAsync(settings, names.QueueOf(tenant))).ShouldBe(0u);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20);
        }
    }

    private async Task RestartBrokerAsync()
    {
        await Task.Delay(3_000);
        await servers.RestartBrokerAsync();
    }

    private static async Task SubmitAsync(PostgresStore store, RabbitQueue queue, Job[] jobs)
    {
        foreach (Job[] chunk in jobs.Chunk(400))
        {
            await store.AddJobsAsync(chunk, None);
            foreach (IGrouping<string, Job> group in chunk.GroupBy(static job => job.Tenant))
            {
                Job[] rest = [.. group];
                while (rest.Length > 0)
                {
                    // A broker that is stopping refuses jobs.
                    bool[] accepted = await queue.PublishAsync(rest, None);
                    rest = [.. rest.Where((_, i) => !accepted[i])];
                }
            }
        }
    }

    private static async Task ResultsShouldBeThoseOfAsync(ServiceSettings settings, Job[] jobs)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(settings.Store!);
        await using NpgsqlCommand command = source.CreateCommand("select body from results where tenant = any (@tenants)")
            .With(("tenants", jobs.Select(static job => job.Tenant).Distinct().ToArray()));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<JobResult> results = [];
        while (await reader.ReadAsync())
        {
            results.Add(Json.Read<JobResult>(reader.GetString(0)));
        }

        results.Count.ShouldBe(jobs.Length);
        Dictionary<Guid, RunResult> byId = results.ToDictionary(static result => result.Id, static result => result.Result);
        string[] wrong =
        [
            .. jobs.Where(job => byId[job.Id] is not { Status: RunStatus.Ok } result || result.Value!.Value.GetInt64() != Square(job))
                .Select(job => Json.Text(byId[job.Id])),
        ];
        wrong.ShouldBeEmpty();
    }

    private static long Square(Job job) => job.Input.GetInt64() * job.Input.GetInt64();

    private static async Task<long> CountAsync(ServiceSettings settings, string[] tenants)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(settings.Store!);
        await using NpgsqlCommand command = source.CreateCommand("select count(*) from results where tenant = any (@tenants)")
            .With(("tenants", tenants));
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The messages of a queue that wait to be delivered.</summary>
    private static async Task<uint> WaitingAsync(ServiceSettings settings, string queue)
    {
        ConnectionFactory factory = new() { Uri = new Uri(settings.Queue!) };
        await using IConnection connection = await factory.CreateConnectionAsync();
        await using IChannel channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    private static Job NewJob(string tenant, Module module, int input) => new(
        Guid.CreateVersion7(), tenant, "test", module.Hash, Json.Read<JsonElement>($"{input}"), new RunLimits());
}
