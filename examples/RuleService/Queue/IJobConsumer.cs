using System;
using System.Threading;
using System.Threading.Tasks;

namespace RuleService.Queue;

/// <summary>Takes jobs, one of each tenant in turn.</summary>
internal interface IJobConsumer : IAsyncDisposable
{
    /// <summary>The next job; null when the consumer was stopped and holds no more jobs.</summary>
    ValueTask<JobDelivery?> TakeAsync(CancellationToken token);

    /// <summary>Takes no further jobs from the queue. Those that the consumer already holds can still be taken.</summary>
    Task StopAsync();
}
