using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Store;

/// <summary>
/// Tenants, scripts with versions, jobs and results. Thread-safe. The names it gets are valid. A store that cannot be reached throws a
/// <see cref="System.Data.Common.DbException"/> or an <see cref="System.IO.IOException"/>.
/// </summary>
internal interface IRuleStore : IAsyncDisposable
{
    Task<Tenant?> FindTenantAsync(string name, CancellationToken token);

    /// <summary>Adds a tenant, or replaces its limits.</summary>
    Task SetTenantAsync(Tenant tenant, CancellationToken token);

    Task<IReadOnlyList<string>> TenantNamesAsync(CancellationToken token);

    /// <summary>Stores a module, unless one with its hash is there.</summary>
    Task AddModuleAsync(Module module, CancellationToken token);

    Task<Module?> FindModuleAsync(string hash, CancellationToken token);

    /// <summary>Adds the next version of a script, whose module is stored.</summary>
    Task<ScriptVersion> AddVersionAsync(string tenant, string script, string hash, bool activate, CancellationToken token);

    Task<ScriptState?> FindScriptAsync(string tenant, string script, CancellationToken token);

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

    /// <summary>The jobs without a result, oldest first.</summary>
    Task<IReadOnlyList<Job>> PendingJobsAsync(CancellationToken token);

    /// <summary>A job of a tenant; null if it was never submitted.</summary>
    Task<JobState?> FindJobAsync(string tenant, Guid id, CancellationToken token);

    /// <summary>Stores results, all or none. A job that has a result keeps it.</summary>
    /// <returns>The number of results that were new.</returns>
    Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token);
}
