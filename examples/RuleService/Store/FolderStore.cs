using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Store;

/// <summary>
/// A store in a folder, for one process. A file appears complete, because it is written under another name and renamed.
/// </summary>
/// <remarks>
/// <code>
/// tenants/{tenant}.json            modules/{hash}.json
/// scripts/{tenant}/{script}.json   jobs/{tenant}/{id}.json, until there is results/{tenant}/{id}.json
/// </code>
/// </remarks>
internal sealed class FolderStore : IRuleStore
{
    private readonly SemaphoreSlim _writer = new(1);
    private readonly string _root;
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another process uses the folder.</exception>
    public FolderStore(string root)
    {
        _root = Path.GetFullPath(root);
        foreach (string folder in (string[])["tenants", "modules", "scripts", "jobs", "results", "temp"])
        {
            Directory.CreateDirectory(Path.Combine(_root, folder));
        }

        _lock = new FileStream(Path.Combine(_root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return _lock.DisposeAsync();
    }

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken token) => ReadAsync<Tenant>(Of("tenants", name), token);

    public Task SetTenantAsync(Tenant tenant, CancellationToken token) => WriteAsync(Of("tenants", tenant.Name), tenant, token);

    public Task<IReadOnlyList<string>> TenantNamesAsync(CancellationToken token) => Task.FromResult<IReadOnlyList<string>>(
        [.. Directory.EnumerateFiles(Path.Combine(_root, "tenants")).Select(Path.GetFileNameWithoutExtension).Order()!]);

    public Task AddModuleAsync(Module module, CancellationToken token) => WriteAsync(Of("modules", module.Hash), module, token);

    public Task<Module?> FindModuleAsync(string hash, CancellationToken token) => ReadAsync<Module>(Of("modules", hash), token);

    public Task<ScriptVersion> AddVersionAsync(string tenant, string script, string hash, bool activate, CancellationToken token) =>
        LockedAsync(
            async () =>
            {
                ScriptState state = await FindScriptAsync(tenant, script, token) ?? new ScriptState([], []);
                ScriptVersion version = new(state.Versions.Count + 1, hash, DateTimeOffset.UtcNow);
                IReadOnlyList<int> activations = activate ? [.. state.Activations, version.Number] : state.Activations;
                await SaveAsync(tenant, script, new ScriptState([.. state.Versions, version], activations), token);
                return version;
            },
            token);

    public Task<ScriptState?> FindScriptAsync(string tenant, string script, CancellationToken token) =>
        ReadAsync<ScriptState>(Of("scripts", tenant, script), token);

    public Task<bool> ActivateAsync(string tenant, string script, int number, CancellationToken token) => LockedAsync(
        async () =>
        {
            ScriptState? state = await FindScriptAsync(tenant, script, token);
            if (state is null || number < 1 || number > state.Versions.Count)
            {
                return false;
            }

            if (state.Active?.Number != number)
            {
                await SaveAsync(tenant, script, state with { Activations = [.. state.Activations, number] }, token);
            }

            return true;
        },
        token);

    public Task<bool> RollBackAsync(string tenant, string script, CancellationToken token) => LockedAsync(
        async () =>
        {
            ScriptState? state = await FindScriptAsync(tenant, script, token);
            if (state is null || state.Activations.Count < 2)
            {
                return false;
            }

            await SaveAsync(tenant, script, state with { Activations = [.. state.Activations.SkipLast(1)] }, token);
            return true;
        },
        token);

    public async Task AddJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token)
    {
        foreach (Job job in jobs)
        {
            await WriteAsync(PathOf(job), job, token);
        }
    }

    public Task RemoveJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token)
    {
        foreach (Job job in jobs)
        {
            File.Delete(PathOf(job));
        }

        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<Job>> PendingJobsAsync(CancellationToken token)
    {
        List<Job> jobs = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_root, "jobs"), "*.json", SearchOption.AllDirectories))
        {
            if (await ReadAsync<Job>(file, token) is { } job)
            {
                jobs.Add(job);
            }
        }

        // Identifiers of version 7 begin with the time.
        return [.. jobs.OrderBy(static job => job.Id.ToString("N"), StringComparer.Ordinal)];
    }

    public async Task<JobState?> FindJobAsync(string tenant, Guid id, CancellationToken token)
    {
        // A job that is committed between the two looks has lost its file and has its result.
        bool isPending = File.Exists(Of("jobs", tenant, $"{id:N}"));
        JobResult? result = await ReadAsync<JobResult>(Of("results", tenant, $"{id:N}"), token);
        return result is not null || isPending ? new JobState(result) : null;
    }

    public Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token) => LockedAsync(
        async () =>
        {
            int added = 0;
            foreach (JobResult result in results)
            {
                added += await WriteNewAsync(Of("results", result.Tenant, $"{result.Id:N}"), result, token) ? 1 : 0;
                File.Delete(Of("jobs", result.Tenant, $"{result.Id:N}"));
            }

            return added;
        },
        token);

    private string PathOf(Job job) => Of("jobs", job.Tenant, $"{job.Id:N}");

    private string Of(params string[] parts) => Path.Combine([_root, .. parts]) + ".json";

    private Task SaveAsync(string tenant, string script, ScriptState state, CancellationToken token) =>
        WriteAsync(Of("scripts", tenant, script), state, token);

    private async Task<T> LockedAsync<T>(Func<Task<T>> change, CancellationToken token)
    {
        await _writer.WaitAsync(token);
        try
        {
            return await change();
        }
        finally
        {
            _writer.Release();
        }
    }

    private static async Task<T?> ReadAsync<T>(string file, CancellationToken token)
        where T : class
    {
        try
        {
            return Json.Read<T>(await File.ReadAllBytesAsync(file, token));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task WriteAsync<T>(string file, T value, CancellationToken token) =>
        File.Move(await WriteTemporaryAsync(file, value, token), file, overwrite: true);

    /// <summary>
    /// Writes a file unless there is one. The caller has the lock, because such a rename is not atomic on Unix.
    /// </summary>
    private async Task<bool> WriteNewAsync<T>(string file, T value, CancellationToken token)
    {
        if (File.Exists(file))
        {
            return false;
        }

        await WriteAsync(file, value, token);
        return true;
    }

    private async Task<string> WriteTemporaryAsync<T>(string file, T value, CancellationToken token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = Path.Combine(_root, "temp", Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(temporary, Json.Bytes(value), token);
        return temporary;
    }
}
