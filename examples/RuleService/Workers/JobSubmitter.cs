using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Running;
using RuleService.Store;

namespace RuleService.Workers;

/// <summary>Stores jobs and queues them.</summary>
internal sealed class JobSubmitter(IRuleStore store, IJobQueue queue, ServiceMetrics metrics)
{
    /// <summary>Submits a job for each input.</summary>
    /// <returns>The accepted jobs, which are stored and queued; fewer than inputs if the tenant has too many jobs.</returns>
    /// <exception cref="QueueUnavailableException">The queue cannot be reached. It may have some of the jobs, which then run.</exception>
    public async Task<IReadOnlyList<Job>> SubmitAsync(ActiveScript script, IReadOnlyList<JsonElement> inputs, CancellationToken token)
    {
        Job[] jobs =
        [
            .. inputs.Select(input => new Job(Guid.CreateVersion7(), script.Tenant, script.Name, script.Hash, input, script.Limits)),
        ];
        await store.AddJobsAsync(jobs, token);

        // From here on, an aborted request must not leave jobs that are stored and not queued.
        bool[] accepted = await queue.PublishAsync(jobs, CancellationToken.None);
        Job[] refused = [.. jobs.Where((_, i) => !accepted[i])];
        if (refused.Length > 0)
        {
            await store.RemoveJobsAsync(refused, CancellationToken.None);
        }

        metrics.CountJobs(jobs.Length - refused.Length, refused.Length);
        return [.. jobs.Where((_, i) => accepted[i])];
    }
}
