using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Store;

namespace RuleService.Workers;

/// <summary>
/// Commits results, then acknowledges their jobs. A job whose process ends in between runs again, and its second result is dropped. What
/// was finished during a commit makes up the next one, so under load one transaction has many results.
/// </summary>
/// <param name="commit">Stores results; see <see cref="IRuleStore.CommitAsync"/>.</param>
/// <param name="metrics">Counts them.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ResultCommitter(
    Func<IReadOnlyList<JobResult>, CancellationToken, Task<int>> commit, ServiceMetrics metrics, ILogger logger)
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Finished> _finished =
        Channel.CreateUnbounded<Finished>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Adds a job that has run. The worker's prefetch bounds their number.</summary>
    public void Add(Finished finished) => _finished.Writer.TryWrite(finished);

    /// <summary>Ends <see cref="RunAsync"/> when everything is committed.</summary>
    public void Complete() => _finished.Writer.TryComplete();

    /// <param name="token">Gives up; the jobs that are not committed are delivered again.</param>
    public async Task RunAsync(CancellationToken token)
    {
        List<Finished> batch = [];
        while (await _finished.Reader.WaitToReadAsync(token))
        {
            while (batch.Count < MostAtOnce && _finished.Reader.TryRead(out Finished? finished))
            {
                batch.Add(finished);
            }

            await CommitAsync([.. batch.Select(static finished => finished.Result)], token);
            foreach (Finished finished in batch)
            {
                await (finished.Result.Result.Status == RunStatus.Dead
                    ? finished.Delivery.RejectAsync() : finished.Delivery.AcknowledgeAsync());
            }

            batch.Clear();
        }
    }

    /// <summary>Commits results together; if one of them is at fault, each alone.</summary>
    private async Task CommitAsync(JobResult[] results, CancellationToken token)
    {
        try
        {
            await TryCommitAsync(results, token);
        }
        catch (Exception e) when (IsOfResult(e, token))
        {
            foreach (JobResult result in results)
            {
                await CommitAloneAsync(result, token);
            }
        }
    }

    /// <summary>Commits a result. One that cannot be stored becomes a failure: the job would otherwise run again for ever.</summary>
    private async Task CommitAloneAsync(JobResult result, CancellationToken token)
    {
        try
        {
            await TryCommitAsync([result], token);
        }
        catch (Exception e) when (IsOfResult(e, token))
        {
            NotStored(logger, result.Id, result.Tenant, e);
            RunError error = new("NotStored", "The result of the script cannot be stored. Return a simpler value.");
            await TryCommitAsync([result with { Result = new RunResult(RunStatus.Failed, Error: error) }], token);
        }
    }

    /// <summary>Commits, as soon as the store can be reached.</summary>
    private async Task TryCommitAsync(JobResult[] results, CancellationToken token)
    {
        while (true)
        {
            try
            {
                metrics.CountCommit(results.Length, await commit(results, token));
                return;
            }
            catch (Exception e) when (IsOfStore(e))
            {
                NotCommitted(logger, results.Length, e.Message);
                await Task.Delay(Pause, token);
            }
        }
    }

    /// <summary>Whether the store has failed, and not the result. A server that refuses the data itself says so with a state.</summary>
    private static bool IsOfStore(Exception e) => e is IOException or DbException { IsTransient: true } or DbException { SqlState: null };

    private static bool IsOfResult(Exception e, CancellationToken token) =>
        !IsOfStore(e) && !(e is OperationCanceledException && token.IsCancellationRequested);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} results cannot be committed yet: {Reason}")]
    private static partial void NotCommitted(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of the job {Id} of {Tenant} cannot be stored")]
    private static partial void NotStored(ILogger logger, Guid id, string tenant, Exception exception);
}
