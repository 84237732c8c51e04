using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RabbitMQ.Client;

namespace RuleService.Queue;

/// <summary>The queues in RabbitMQ and how they are declared.</summary>
/// <param name="prefix">The first part of all names. Services with different prefixes share a broker.</param>
internal sealed class RabbitNames(string prefix)
{
    /// <summary>The queue of jobs that ended three processes. Nothing consumes it; an operator looks at it.</summary>
    public string DeadLetters { get; } = prefix + ".dead";

    public string QueueOf(string tenant) => $"{prefix}.jobs.{tenant}";

    public Task DeclareDeadLettersAsync(IChannel channel, CancellationToken token) => channel.QueueDeclareAsync(
        DeadLetters, durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: token);

    /// <summary>Declares the queue of a tenant, which refuses messages when it is full.</summary>
    public Task DeclareAsync(IChannel channel, string tenant, QueueBounds bounds, CancellationToken token) => channel.QueueDeclareAsync(
        QueueOf(tenant), durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-max-length"] = bounds.MostOfTenant,
            ["x-max-length-bytes"] = bounds.MostBytesOfTenant,
            ["x-overflow"] = "reject-publish",
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = DeadLetters,
        },
        cancellationToken: token);
}
