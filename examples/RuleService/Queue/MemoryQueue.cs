using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>A queue within the process. The store has its jobs too, so a new process queues them again.</summary>
/// <param name="mostOfTenant">The most jobs of one tenant that wait.</param>
internal sealed class MemoryQueue(int mostOfTenant) : IJobQueue, IJobConsumer
{
    private readonly FairSchedule<JobDelivery> _waiting = new(mostOfTenant);

    public bool IsDurable => false;

    public Task<bool[]> PublishAsync(IReadOnlyList<Job> jobs, CancellationToken token)
    {
        bool[] accepted = new bool[jobs.Count];
        for (int i = 0; i < jobs.Count; i++)
        {
            accepted[i] = _waiting.TryAdd(jobs[i].Tenant, new Delivery(jobs[i]));
        }

        return Task.FromResult(accepted);
    }

    public IJobConsumer Consume(int prefetch, Func<CancellationToken, Task<IReadOnlyList<string>>> tenants) => this;

    public ValueTask<JobDelivery?> TakeAsync(CancellationToken token) => _waiting.TakeAsync(token);

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
