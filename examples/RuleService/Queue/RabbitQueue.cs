using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>
/// A quorum queue in RabbitMQ for each tenant. A message is a job. The broker confirms each message when a majority of its nodes have
/// stored it.
/// </summary>
internal sealed class RabbitQueue : IJobQueue
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<string> _declared = [];
    private readonly ConnectionFactory _factory;
    private readonly RabbitNames _names;
    private readonly QueueBounds _bounds;
    private readonly ILogger _logger;
    private readonly TimeSpan _patience;
    private IConnection? _connection;
    private IChannel? _channel;

    /// <param name="address">For example <c>amqp://guest:guest@127.0.0.1:5672</c>.</param>
    /// <param name="prefix">The first part of the names of the queues.</param>
    /// <param name="bounds">How many jobs may wait. The bound of all jobs is that of the broker, which blocks publishers.</param>
    /// <param name="logger">The log.</param>
    /// <param name="patience">How long publishing is tried while the broker cannot be reached; 20 seconds by default.</param>
    /// <exception cref="UriFormatException">The address is not one.</exception>
    public RabbitQueue(string address, string prefix, QueueBounds bounds, ILogger logger, TimeSpan? patience = null)
    {
        // A lost connection is replaced here, because the deliveries of the old one have to be forgotten.
        _factory = new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false };
        _names = new RabbitNames(prefix);
        _bounds = bounds;
        _logger = logger;
        _patience = patience ?? DefaultPatience;
    }

    public bool IsDurable => true;

    /// <summary>Whether an exception says that the broker cannot be reached, so that another attempt may succeed.</summary>
    public static bool IsTransient(Exception e) => e is RabbitMQClientException or IOException or SocketException
        or TimeoutException or ObjectDisposedException;

    public async Task<bool[]> PublishAsync(IReadOnlyList<Job> jobs, CancellationToken token)
    {
        bool?[] accepted = new bool?[jobs.Count];
        await _turn.WaitAsync(token);
        try
        {
            DateTime end = DateTime.UtcNow + _patience;
            while (!await TryPublishAsync(jobs, accepted, end, token))
            {
                await Task.Delay(200, token);
            }

            return [.. accepted.Select(static one => one == true)];
        }
        finally
        {
            _turn.Release();
        }
    }

    public IJobConsumer Consume(int prefetch, Func<CancellationToken, Task<IReadOnlyList<string>>> tenants) =>
        new RabbitConsumer(_factory, _names, _bounds, prefetch, tenants, _logger);

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _turn.Dispose();
    }

    /// <summary>Publishes the jobs that were neither accepted nor refused yet.</summary>
    /// <returns>False if the connection was lost, and there is time for another attempt.</returns>
    private async Task<bool> TryPublishAsync(IReadOnlyList<Job> jobs, bool?[] accepted, DateTime end, CancellationToken token)
    {
        try
        {
            IChannel channel = await ConnectAsync(token);
            if (_declared.Add(jobs[0].Tenant))
            {
                await _names.DeclareAsync(channel, jobs[0].Tenant, _bounds, token);
            }

            IEnumerable<int> open = Enumerable.Range(0, jobs.Count).Where(i => accepted[i] is null);
            await Task.WhenAll(open.Select(i => PublishAsync(channel, jobs[i], accepted, i, token))).WaitAsync(_patience, token);
            return !accepted.Contains(false) || await IsFullAsync(channel, jobs[0].Tenant, token) || Retry(accepted, end, null);
        }
        catch (Exception e) when (IsTransient(e))
        {
            await DisconnectAsync();
            return Retry(accepted, end, e);
        }
    }

    /// <summary>Prepares another attempt for the jobs that were not accepted.</summary>
    /// <returns>False.</returns>
    private static bool Retry(bool?[] accepted, DateTime end, Exception? cause)
    {
        if (DateTime.UtcNow > end)
        {
            throw new QueueUnavailableException("The queue of jobs cannot be reached.", cause);
        }

        for (int i = 0; i < accepted.Length; i++)
        {
            accepted[i] = accepted[i] == true ? true : null;
        }

        return false;
    }

    /// <summary>
    /// Whether the queue has refused because it is full. A broker that is stopping refuses messages, too; while it still answers, that
    /// looks the same, and the client tries again.
    /// </summary>
    private async Task<bool> IsFullAsync(IChannel channel, string tenant, CancellationToken token) =>
        (await channel.QueueDeclarePassiveAsync(_names.QueueOf(tenant), token)).MessageCount > 0;

    private async Task PublishAsync(IChannel channel, Job job, bool?[] accepted, int index, CancellationToken token)
    {
        try
        {
            BasicProperties properties = new() { Persistent = true, MessageId = job.Id.ToString("N"), ContentType = "application/json" };
            await channel.BasicPublishAsync("", _names.QueueOf(job.Tenant), mandatory: true, properties, Json.Bytes(job), token);
            accepted[index] = true;
        }
        catch (PublishException e) when (!e.IsReturn)
        {
            accepted[index] = false;
        }
    }

    private async Task<IChannel> ConnectAsync(CancellationToken token)
    {
        if (_channel is { IsOpen: true })
        {
            return _channel;
        }

        await DisconnectAsync();
        _connection = await _factory.CreateConnectionAsync(token);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), token);
        await _names.DeclareDeadLettersAsync(_channel, token);
        return _channel;
    }

    private async Task DisconnectAsync()
    {
        _declared.Clear();
        _channel = null;
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await RabbitConsumer.CloseAsync(connection);
        }
    }
}
