using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Running;
using RuleService.Settings;
using RuleService.Store;

namespace RuleService.Workers;

/// <summary>
/// Takes jobs, runs them and commits their results. When it stops, it takes no further jobs, runs those that it holds, and commits.
/// </summary>
internal sealed partial class JobWorker(
    IRuleStore store,
    IJobQueue queue,
    StoredScripts scripts,
    IsolatedRunner isolated,
    ServiceMetrics metrics,
    ServiceSettings settings,
    ILogger<JobWorker> logger) : BackgroundService
{
    /// <summary>A job that was begun as often may have ended as many processes, and runs in a child process.</summary>
    private const int MostHere = 2;

    private readonly SemaphoreSlim _free = new(settings.Parallel);
    private IReadOnlyList<Guid> _left = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Read before the API accepts requests, whose jobs are queued by their requests.
        _left = queue.IsDurable ? [] : await store.PendingJobsAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using CancellationTokenSource abandon = new();
        await using IJobConsumer consumer = queue.Consume(settings.Prefetch, store.TenantNamesAsync);
        ResultCommitter committer = new(store.CommitAsync, metrics, logger);
        Task committing = committer.RunAsync(abandon.Token);
        Ready(logger, settings.Parallel);
        await using CancellationTokenRegistration clock = stoppingToken.Register(() => abandon.CancelAfter(settings.DrainTime));
        Task[] parts =
        [
            QueueLeftAsync(stoppingToken), StopWhenAskedAsync(consumer, stoppingToken), TakeAllAsync(consumer, committer, abandon.Token),
        ];
        try
        {
            // A part that fails ends the process; the others would go on without it.
            await foreach (Task part in Task.WhenEach([.. parts, committing]))
            {
                await part;
                if (Array.TrueForAll(parts, static part => part.IsCompleted))
                {
                    committer.Complete();
                }
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Whatever was not committed in time is delivered again.
        }
    }

    private static async Task StopWhenAskedAsync(IJobConsumer consumer, CancellationToken stopping)
    {
        await Task.WhenAny(Task.Delay(Timeout.Infinite, stopping));
        await consumer.StopAsync();
    }

    /// <summary>Queues the jobs that an earlier process has left, as soon as the queue has room.</summary>
    private async Task QueueLeftAsync(CancellationToken stopping)
    {
        try
        {
            foreach (Guid id in _left)
            {
                if (await WithRetriesAsync(() => store.FindPendingAsync(id, stopping), stopping) is { } job)
                {
                    while (!(await queue.PublishAsync([job], stopping))[0])
                    {
                        await Task.Delay(100, stopping);
                    }
                }
            }

            _left = [];
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process finds the others in the store.
        }
    }

    private async Task TakeAllAsync(IJobConsumer consumer, ResultCommitter committer, CancellationToken token)
    {
        while (await consumer.TakeAsync(token) is { } delivery)
        {
            await _free.WaitAsync(token);
            _ = Task.Run(() => RunAndLeaveAsync(delivery, committer, token), CancellationToken.None);
        }

        for (int i = 0; i < settings.Parallel; i++)
        {
            await _free.WaitAsync(token);
        }
    }

    private async Task RunAndLeaveAsync(JobDelivery delivery, ResultCommitter committer, CancellationToken token)
    {
        try
        {
            committer.Add(new Finished(delivery, await ResultOfAsync(delivery, token)));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The job is delivered again.
        }
        catch (Exception e)
        {
            // Whatever it is, it would happen again.
            NotRun(logger, delivery.Job.Id, delivery.Job.Tenant, e);
            committer.Add(new Finished(delivery, ResultOf(delivery.Job, RunResult.ServiceFailure)));
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs a job, unless it has a result already.</summary>
    private async Task<JobResult> ResultOfAsync(JobDelivery delivery, CancellationToken token)
    {
        Job job = delivery.Job;
        int earlier = queue.IsDurable ? delivery.Earlier : await WithRetriesAsync(() => store.BeginAsync(job, token), token);
        if (earlier > 0
            && await WithRetriesAsync(() => store.FindJobAsync(job.Tenant, job.Id, token), token) is { Result: { } known })
        {
            return known;
        }

        RunResult result = await (earlier < MostHere ? RunHereAsync(job, token) : RunIsolatedAsync(job, earlier, token));
        if (result.Status == RunStatus.Dead)
        {
            Died(logger, job.Id, job.Tenant);
        }

        return ResultOf(job, result);
    }

    private async Task<RunResult> RunHereAsync(Job job, CancellationToken token) =>
        await WithRetriesAsync(() => scripts.RunAsync(job.Hash, job.Input, job.Limits, token), token) ?? MissingModule(job);

    private async Task<RunResult> RunIsolatedAsync(Job job, int earlier, CancellationToken token) =>
        await WithRetriesAsync(() => store.FindModuleAsync(job.Hash, token), token) is { } module
            ? await isolated.RunAsync(module, job, earlier, token)
            : MissingModule(job);

    private static RunResult MissingModule(Job job) =>
        new(RunStatus.Failed, Error: new RunError("MissingModule", $"There is no module with the hash {job.Hash}."));

    /// <summary>Waits for a store that cannot be reached. The job would otherwise be delivered again at once, and fail again.</summary>
    private static async Task<T> WithRetriesAsync<T>(Func<Task<T>> read, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception e) when (e is System.Data.Common.DbException or System.IO.IOException)
            {
                await Task.Delay(250, token);
            }
        }
    }

    private static JobResult ResultOf(Job job, RunResult result) => new(job.Id, job.Tenant, job.Script, job.Hash, result);

    [LoggerMessage(Level = LogLevel.Information, Message = "The worker takes jobs and runs {Parallel} at a time")]
    private static partial void Ready(ILogger logger, int parallel);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Id} of {Tenant} is dead")]
    private static partial void Died(ILogger logger, Guid id, string tenant);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Id} of {Tenant} could not be run")]
    private static partial void NotRun(ILogger logger, Guid id, string tenant, Exception exception);
}
