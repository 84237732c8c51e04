using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Settings;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The queue in RabbitMQ.</summary>
[Collection(Servers.Collection)]
[Trait(Sweep.Category, Sweep.Name)]
[Trait(Sweep.Category, Servers.Name)]
public sealed class RabbitQueueTests(ServerProcesses servers) : JobQueueTests
{
    [Fact]
    public async Task Job_of_a_lost_consumer_is_delivered_again_and_the_deliveries_are_counted()
    {
        await using IJobQueue queue = Open(Bounds(100));
        Job job = NewJobs("a", 1)[0];
        await queue.PublishAsync([job], CancellationToken.None);

        for (int earlier = 0; earlier < 4; earlier++)
        {
            await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("a"));
            JobDelivery delivery = await TakeAsync(consumer);

            delivery.Job.Id.ShouldBe(job.Id);
            delivery.Earlier.ShouldBe(earlier);
        }
    }

    [Fact]
    public async Task Broker_that_restarts_keeps_jobs_and_its_clients_connect_again()
    {
        await using IJobQueue queue = Open(Bounds(100));
        Job[] jobs = NewJobs("a", 20);
        await queue.PublishAsync(jobs[..10], CancellationToken.None);
        await using IJobConsumer consumer = queue.Consume(Prefetch, Tenants("a"));
        JobDelivery held = await TakeAsync(consumer);

        await servers.RestartBrokerAsync();
        await held.AcknowledgeAsync();
        await queue.PublishAsync(jobs[10..], CancellationToken.None);

        // The deliveries of the lost connection that were not taken are gone; the broker has sent all jobs again.
        System.Collections.Generic.HashSet<Guid> taken = [];
        while (taken.Count < jobs.Length)
        {
            JobDelivery delivery = await TakeAsync(consumer);
            taken.Add(delivery.Job.Id);
            await delivery.AcknowledgeAsync();
        }

        taken.ShouldBe(jobs.Select(static job => job.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Unreachable_broker_is_an_error_that_says_so()
    {
        const string Nobody = "amqp://guest:guest@127.0.0.1:1";
        RabbitQueue queue = new(Nobody, "none", QueueBounds.None, NullLogger.Instance, patience: TimeSpan.FromSeconds(1));
        await using (queue)
        {
            (await Should.ThrowAsync<QueueUnavailableException>(() => queue.PublishAsync(NewJobs("a", 1), CancellationToken.None)))
                .Message.ShouldBe("The queue of jobs cannot be reached.");
        }
    }

    private protected override IJobQueue Open(QueueBounds bounds)
    {
        ServiceSettings settings = servers.NewSettings();
        return new RabbitQueue(settings.Queue!, settings.QueuePrefix, bounds, NullLogger.Instance);
    }
}
