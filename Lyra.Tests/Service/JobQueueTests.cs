using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Queue;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>What every queue does.</summary>
public abstract class JobQueueTests
{
    private protected const int Prefetch = 8;

    private protected abstract IJobQueue Open(QueueBounds bounds);

    [Fact]
    public async Task Jobs_of_a_tenant_are_taken_in_their_order()
    {
        await using IJobQueue queue = Open(Bounds(100));
        Job[] jobs = NewJobs("a", 20);
        (await queue.PublishAsync(jobs, CancellationToken.None)).ShouldAllBe(static accepted => accepted);

        await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("a"));
        List<Guid> taken = [];
        foreach (Job _ in jobs)
        {
            JobDelivery delivery = await TakeAsync(consumer);
            delivery.Earlier.ShouldBe(0);
            taken.Add(delivery.Job.Id);
            await delivery.AcknowledgeAsync();
        }

        taken.ShouldBe(jobs.Select(static job => job.Id));
    }

    [Fact]
    public async Task Job_arrives_as_it_was_published()
    {
        await using IJobQueue queue = Open(Bounds(100));
        JsonElement input = Json.Read<JsonElement>("""{"é": [1.5, null]}""");
        Job job = NewJobs("a", 1)[0] with { Limits = new RunLimits(MaxSteps: 5_000), Input = input };
        await queue.PublishAsync([job], CancellationToken.None);

        await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("a"));

        Json.Text((await TakeAsync(consumer)).Job).ShouldBe(Json.Text(job));
    }

    [Fact]
    public async Task Flood_of_one_tenant_does_not_delay_another()
    {
        await using IJobQueue queue = Open(Bounds(1_000));
        await queue.PublishAsync(NewJobs("flood", 500), CancellationToken.None);
        await queue.PublishAsync(NewJobs("small", 1), CancellationToken.None);

        await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("flood", "small"));
        List<string> taken = [];
        while (!taken.Contains("small"))
        {
            taken.Add((await TakeAsync(consumer)).Job.Tenant);
        }

        // Nothing is acknowledged, so the flood has at most its prefetch.
        taken.Count.ShouldBeLessThanOrEqualTo(Prefetch + 1);
    }

    [Fact]
    public async Task Full_queue_refuses_jobs_of_its_tenant_only()
    {
        await using IJobQueue queue = Open(Bounds(10));
        bool[] accepted = [];
        for (int i = 0; i < 20 && Array.TrueForAll(accepted, static one => one); i++)
        {
            accepted = await queue.PublishAsync(NewJobs("full", 10), CancellationToken.None);
        }

        accepted.ShouldContain(false);
        (await queue.PublishAsync(NewJobs("other", 5), CancellationToken.None)).ShouldAllBe(static one => one);
    }

    [Fact]
    public async Task Stopped_consumer_ends()
    {
        await using IJobQueue queue = Open(Bounds(100));
        await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("a"));
        Task<JobDelivery?> waiting = consumer.TakeAsync(CancellationToken.None).AsTask();

        await consumer.StopAsync();

        (await waiting).ShouldBeNull();
        (await consumer.TakeAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Bytes_of_waiting_jobs_are_bounded()
    {
        Job[] jobs = NewJobs("full", 8);
        await using IJobQueue queue = Open(Bounds(1_000) with { MostBytesOfTenant = 2 * Json.Bytes(jobs[0]).Length });

        bool[] accepted = [];
        for (int i = 0; i < 8 && Array.TrueForAll(accepted, static one => one); i++)
        {
            accepted = await queue.PublishAsync([jobs[i]], CancellationToken.None);
        }

        accepted.ShouldBe([false]);
        (await queue.PublishAsync(NewJobs("other", 1), CancellationToken.None)).ShouldBe([true]);
    }

    private protected static QueueBounds Bounds(int mostOfTenant) => QueueBounds.None with { MostOfTenant = mostOfTenant };

    private protected static async Task<JobDelivery> TakeAsync(IJobConsumer consumer)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        return (await consumer.TakeAsync(patience.Token)).ShouldNotBeNull();
    }

    private protected static Func<CancellationToken, Task<IReadOnlyList<string>>> Tenants(params string[] names) =>
        _ => Task.FromResult<IReadOnlyList<string>>(names);

    private protected static Job[] NewJobs(string tenant, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
            new Job(Guid.CreateVersion7(), tenant, "rule", "hash", Json.Read<JsonElement>("{}"), new RunLimits())),
    ];
}
