using System;
using System.Collections.Generic;
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
internal sealed partial class ResultCommitter(IRuleStore store, ServiceMetrics metrics, ILogger logger)
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

    private async Task CommitAsync(JobResult[] results, CancellationToken token)
    {
        while (true)
        {
            try
            {
                metrics.CountCommit(results.Length, await store.CommitAsync(results, token));
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or System.IO.IOException)
            {
                NotCommitted(logger, results.Length, e.Message);
                await Task.Delay(Pause, token);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} results cannot be committed yet: {Reason}")]
    private static partial void NotCommitted(ILogger logger, int count, string reason);
}
