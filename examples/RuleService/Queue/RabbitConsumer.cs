using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>Consumes the queues of all tenants over one connection, which it replaces when it is lost.</summary>
internal sealed partial class RabbitConsumer : IJobConsumer
{
    /// <summary>How often the consumer looks for new tenants, and tries to connect again.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly FairSchedule<JobDelivery> _held = new(QueueBounds.None);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConnectionFactory _factory;
    private readonly RabbitNames _names;
    private readonly QueueBounds _bounds;
    private readonly int _prefetch;
    private readonly Func<CancellationToken, Task<IReadOnlyList<string>>> _tenants;
    private readonly ILogger _logger;
    private readonly Task _consuming;
    private IConnection? _connection;

    public RabbitConsumer(
        ConnectionFactory factory,
        RabbitNames names,
        QueueBounds bounds,
        int prefetch,
        Func<CancellationToken, Task<IReadOnlyList<string>>> tenants,
        ILogger logger)
    {
        _factory = factory;
        _names = names;
        _bounds = bounds;
        _prefetch = prefetch;
        _tenants = tenants;
        _logger = logger;
        _consuming = Task.Run(ConsumeAsync);
    }

    public ValueTask<JobDelivery?> TakeAsync(CancellationToken token) => _held.TakeAsync(token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _consuming;
        _held.Complete();
    }

    /// <summary>Closes the connection. The broker delivers the jobs that were not acknowledged to other consumers.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_connection is not null)
        {
            await CloseAsync(_connection);
        }

        _held.Dispose();
        _stop.Dispose();
    }

    /// <summary>Closes a connection that may be lost already.</summary>
    public static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception e) when (RabbitQueue.IsTransient(e))
        {
            // The broker notices the end of the connection by itself.
        }
    }

    private async Task ConsumeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConsumeConnectionAsync(_stop.Token);
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, the jobs are with the broker, so the only way on is another connection.
                Lost(_logger, e.Message);
                _held.Clear();
                await DropConnectionAsync();
                await Task.WhenAny(Task.Delay(Interval, _stop.Token));
            }
        }
    }

    /// <summary>Consumes until the consumer is stopped; throws when the connection is lost.</summary>
    private async Task ConsumeConnectionAsync(CancellationToken token)
    {
        _connection = await _factory.CreateConnectionAsync(token);
        IChannel channel = await _connection.CreateChannelAsync(cancellationToken: token);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            closed.TrySetException(new QueueUnavailableException(reason.ReplyText));
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, (ushort)_prefetch, global: false, token);
        await _names.DeclareDeadLettersAsync(channel, token);

        Dictionary<string, string> tags = [];
        while (!token.IsCancellationRequested)
        {
            foreach (string tenant in await _tenants(token))
            {
                if (!tags.ContainsKey(tenant))
                {
                    tags.Add(tenant, await SubscribeAsync(channel, tenant, token));
                }
            }

            await await Task.WhenAny(closed.Task, Wait(token));
        }

        // The connection stays open, for the acknowledgements of the jobs that are held.
        foreach (string tag in tags.Values)
        {
            await channel.BasicCancelAsync(tag, noWait: false, CancellationToken.None);
        }
    }

    private static async Task Wait(CancellationToken token) => await Task.WhenAny(Task.Delay(Interval, token));

    private async Task<string> SubscribeAsync(IChannel channel, string tenant, CancellationToken token)
    {
        await _names.DeclareAsync(channel, tenant, _bounds, token);
        AsyncEventingBasicConsumer consumer = new(channel);
        consumer.ReceivedAsync += async (_, message) => await HoldAsync(channel, tenant, message);
        return await channel.BasicConsumeAsync(_names.QueueOf(tenant), autoAck: false, consumer, token);
    }

    /// <summary>Holds the job of a message. One that is no job would be delivered for ever; an operator looks at it.</summary>
    private async Task HoldAsync(IChannel channel, string tenant, BasicDeliverEventArgs message)
    {
        try
        {
            Job job = Json.Read<Job>(message.Body.ToArray());
            _held.TryAdd(tenant, new Delivery(channel, message.DeliveryTag, job, EarlierOf(message)));
        }
        catch (JsonException e)
        {
            Unreadable(_logger, tenant, message.BasicProperties.MessageId, e.Message);
            await channel.BasicRejectAsync(message.DeliveryTag, requeue: false);
        }
    }

    /// <summary>The count of the quorum queue.</summary>
    private static int EarlierOf(BasicDeliverEventArgs message) =>
        message.BasicProperties.Headers?.TryGetValue("x-delivery-count", out object? count) == true
            ? Convert.ToInt32(count, CultureInfo.InvariantCulture)
            : message.Redelivered ? 1 : 0;

    private async Task DropConnectionAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await CloseAsync(connection);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to the queue is lost: {Reason}")]
    private static partial void Lost(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The message {Id} in the queue of {Tenant} is no job: {Reason}")]
    private static partial void Unreadable(ILogger logger, string tenant, string? id, string reason);

    private sealed class Delivery(IChannel channel, ulong tag, Job job, int earlier) : JobDelivery(job, earlier)
    {
        public override Task AcknowledgeAsync() => ReplyAsync(static (channel, tag) => channel.BasicAckAsync(tag, multiple: false));

        public override Task RejectAsync() => ReplyAsync(static (channel, tag) => channel.BasicRejectAsync(tag, requeue: false));

        private async Task ReplyAsync(Func<IChannel, ulong, ValueTask> reply)
        {
            try
            {
                await reply(channel, tag);
            }
            catch (Exception e) when (RabbitQueue.IsTransient(e))
            {
                // The channel is closed: the broker has the job again, and delivers it to another consumer.
            }
        }
    }
}
