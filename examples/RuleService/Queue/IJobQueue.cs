using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>Jobs that wait, a queue for each tenant. Thread-safe.</summary>
internal interface IJobQueue : IAsyncDisposable
{
    /// <summary>True if jobs outlive the process. If not, the store's pending jobs are queued again when the process starts.</summary>
    bool IsDurable { get; }

    /// <summary>Queues jobs of one tenant. When it returns, the queue has stored the accepted ones.</summary>
    /// <returns>For each job, whether it was accepted; the queue refuses jobs of a tenant that has too many.</returns>
    /// <exception cref="QueueUnavailableException">The queue cannot be reached. It may have some of the jobs.</exception>
    Task<bool[]> PublishAsync(IReadOnlyList<Job> jobs, CancellationToken token);

    /// <summary>Starts to take jobs.</summary>
    /// <param name="prefetch">The most jobs of one tenant that the consumer holds and has not acknowledged.</param>
    /// <param name="tenants">Returns the present tenants; called again and again.</param>
    IJobConsumer Consume(int prefetch, Func<CancellationToken, Task<IReadOnlyList<string>>> tenants);
}
