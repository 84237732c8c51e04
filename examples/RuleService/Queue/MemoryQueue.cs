using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>A queue within the process. The store has its jobs too, so a new process queues them again.</summary>
/// <remarks>Jobs wait as JSON, as they would with a broker: parsed, they would take up to eight times as much memory.</remarks>
/// <param name="bounds">How many jobs may wait.</param>
internal sealed class MemoryQueue(QueueBounds bounds) : IJobQueue, IJobConsumer
{
    private readonly FairSchedule<byte[]> _waiting = new(bounds);

    public bool IsDurable => false;

    public Task<bool[]> PublishAsync(IReadOnlyList<Job> jobs, CancellationToken token)
    {
        bool[] accepted = new bool[jobs.Count];
        for (int i = 0; i < jobs.Count; i++)
        {
            byte[] message = Json.Bytes(jobs[i]);
            accepted[i] = _waiting.TryAdd(jobs[i].Tenant, message, message.Length);
        }

        return Task.FromResult(accepted);
    }

    public IJobConsumer Consume(int prefetch, Func<CancellationToken, Task<IReadOnlyList<string>>> tenants) => this;

    public async ValueTask<JobDelivery?> TakeAsync(CancellationToken token) =>
        await _waiting.TakeAsync(token) is { } message ? new Delivery(Json.Read<Job>(message)) : null;

    /// <summary>Drops the jobs that wait, which the store has.</summary>
    public Task StopAsync()
    {
        _waiting.Clear();
        _waiting.Complete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _waiting.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Delivery(Job job) : JobDelivery(job, earlier: 0)
    {
        public override Task AcknowledgeAsync() => Task.CompletedTask;

        public override Task RejectAsync() => Task.CompletedTask;
    }
}
