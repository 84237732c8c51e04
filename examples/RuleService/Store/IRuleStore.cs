using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Store;

/// <summary>
/// Tenants, scripts with versions, jobs and results. Thread-safe. The names it gets are valid. When a change returns, it is on disk. A
/// store that cannot be reached throws a <see cref="System.Data.Common.DbException"/> or an <see cref="System.IO.IOException"/>.
/// </summary>
internal interface IRuleStore : IAsyncDisposable
{
    Task<Tenant?> FindTenantAsync(string name, CancellationToken token);

    /// <summary>Adds a tenant, or replaces its limits.</summary>
    Task SetTenantAsync(Tenant tenant, CancellationToken token);

    /// <summary>The hash of a tenant's key; null if it has none.</summary>
    Task<byte[]?> FindKeyAsync(string tenant, CancellationToken token);

    /// <summary>Replaces the hash of a tenant's key.</summary>
    /// <returns>False if there is no such tenant.</returns>
    Task<bool> SetKeyAsync(string tenant, byte[] hash, CancellationToken token);

    Task<IReadOnlyList<string>> TenantNamesAsync(CancellationToken token);

    /// <summary>Stores a module, unless one with its hash is there.</summary>
    Task AddModuleAsync(Module module, CancellationToken token);

    Task<Module?> FindModuleAsync(string hash, CancellationToken token);

    /// <summary>Adds the next version of a script, and its module if it is missing.</summary>
    Task<ScriptVersion> AddVersionAsync(string tenant, string script, Module module, bool activate, CancellationToken token);

    /// <summary>Removes a version that is neither active nor the newest, and its module if no version and no job needs it.</summary>
    /// <returns>False if there is no such version.</returns>
    Task<bool> RemoveVersionAsync(string tenant, string script, int number, CancellationToken token);

    /// <summary>What the versions take, of a tenant and of all.</summary>
    Task<VersionUsage> VersionUsageAsync(string tenant, CancellationToken token);

    Task<ScriptState?> FindScriptAsync(string tenant, string script, CancellationToken token);

    /// <summary>The active version of a script; null if there is none.</summary>
    Task<ScriptVersion?> FindActiveAsync(string tenant, string script, CancellationToken token);

    /// <summary>Activates a version.</summary>
    /// <returns>False if there is no such version.</returns>
    Task<bool> ActivateAsync(string tenant, string script, int number, CancellationToken token);

    /// <summary>Activates the version that was active before the present one.</summary>
    /// <returns>False if there is none.</returns>
    Task<bool> RollBackAsync(string tenant, string script, CancellationToken token);

    /// <summary>Stores jobs before they are queued.</summary>
    Task AddJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token);

    /// <summary>Forgets jobs that the queue has refused.</summary>
    Task RemoveJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token);

    /// <summary>Counts that a process begins to run a job. The count outlives the process, but not always a loss of power.</summary>
    /// <returns>How often the job was begun before, perhaps by processes that ended while they ran it.</returns>
    Task<int> BeginAsync(Job job, CancellationToken token);

    /// <summary>The jobs without a result, in the order of their submission.</summary>
    Task<IReadOnlyList<Guid>> PendingJobsAsync(CancellationToken token);

    /// <summary>A job without a result; null if it has one. A job that cannot be read any more gets one that says so.</summary>
    Task<Job?> FindPendingAsync(Guid id, CancellationToken token);

    /// <summary>A job of a tenant; null if it was never submitted.</summary>
    Task<JobState?> FindJobAsync(string tenant, Guid id, CancellationToken token);

    /// <summary>Stores results, all or none. A job that has a result keeps it.</summary>
    /// <returns>The number of results that were new.</returns>
    Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token);
}
