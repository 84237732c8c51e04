using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Model;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service.PowerLoss;

/// <summary>
/// The power fails at every moment of a recorded life of the store: it always starts again, undamaged, and has every change that it has
/// acknowledged.
/// </summary>
public sealed class PowerLossTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly RunLimits Limits = new();

    /// <summary>What was acknowledged, as a check of a store.</summary>
    private readonly List<Func<SqliteStore, Task>> _promises = [];

    [Fact]
    public async Task Acknowledged_changes_outlive_a_loss_of_power_at_every_moment()
    {
        using ScratchFolder recorded = new();
        DiskEvent[] events = await RecordAsync(recorded.Path);
        events.OfType<DiskEvent.Synced>().Count(static one => one.File == "rules.db").ShouldBeGreaterThan(2, "the log was checkpointed");
        HashSet<int> moments = [.. Sweep.Range(0, events.Length, 1)];
        DiskImage disk = new();
        using ScratchFolder folder = new();
        int acknowledged = 0;
        for (int i = 0; i < events.Length; i++)
        {
            disk.Apply(events[i]);
            bool isPromise = events[i] is DiskEvent.Acknowledged;
            acknowledged += isPromise ? 1 : 0;
            if (isPromise || moments.Contains(i))
            {
                await CheckAsync(() => disk.SaveWritten(folder.Path), $"written, moment {i}");
                await CheckAsync(() => disk.SaveSynced(folder.Path), $"synced, moment {i}");
                await CheckAsync(() => disk.SaveTorn(folder.Path, new Random(Sweep.Seed + i)), $"torn, moment {i}");
            }
        }

        acknowledged.ShouldBe(_promises.Count);

        async Task CheckAsync(Action save, string moment)
        {
            save();
            LogLines log = new();
            await using SqliteStore store = SqliteStore.Open(folder.Path, log);
            log.Text.ShouldBeEmpty(moment);
            foreach (Func<SqliteStore, Task> promise in _promises.Take(acknowledged))
            {
                (await Record.ExceptionAsync(() => promise(store))).ShouldBeNull(moment);
            }
        }
    }

    /// <summary>A disk that loses what was synced is found out: the test above can fail.</summary>
    [Fact]
    public async Task Lost_sync_is_found()
    {
        using ScratchFolder recorded = new();
        DiskEvent[] events = await RecordAsync(recorded.Path);
        events = [.. events.Where(static one => one is not DiskEvent.Synced { File: "rules.db-wal" })];
        DiskImage disk = new();
        using ScratchFolder folder = new();
        Array.ForEach(events[..Array.IndexOf(events, new DiskEvent.Acknowledged(20))], disk.Apply);
        disk.SaveSynced(folder.Path);

        await using SqliteStore store = SqliteStore.Open(folder.Path, NullLogger.Instance);
        (await Record.ExceptionAsync(() => _promises[19](store))).ShouldBeOfType<ShouldAssertException>();
    }

    /// <summary>Records the life of a store that is opened twice, with checkpoints in between.</summary>
    private async Task<DiskEvent[]> RecordAsync(string folder)
    {
        using RecordingVfs vfs = new(folder);
        for (int life = 0; life < 2; life++)
        {
            await using SqliteStore store = SqliteStore.Open(folder, NullLogger.Instance);
            for (int i = 0; i < 6; i++)
            {
                await ChangeAsync(store, vfs, $"t{life}-{i}");
                if (i % 2 == 1)
                {
                    using SqliteSession session = new(Path.Combine(folder, "rules.db"));
                    session.Execute("pragma wal_checkpoint");
                }
            }
        }

        return vfs.Events;
    }

    private async Task ChangeAsync(SqliteStore store, RecordingVfs vfs, string tenant)
    {
        await store.SetTenantAsync(new Tenant(tenant, Limits), None);
        Promise(vfs, async after => (await after.FindTenantAsync(tenant, None)).ShouldNotBeNull());

        Module module = Module.Compile("rule", $"\"{tenant}\"", Limits);
        await store.AddVersionAsync(tenant, "rule", module, activate: true, None);
        Promise(vfs, async after =>
        {
            string hash = (await after.FindActiveAsync(tenant, "rule", None)).ShouldNotBeNull().Hash;
            (await after.FindModuleAsync(hash, None)).ShouldNotBeNull().Source.ShouldBe(module.Source);
        });

        // An input that takes several pages.
        JsonElement input = Json.Read<JsonElement>($"\"{new string('x', 10_000)}\"");
        Job[] jobs = [.. Enumerable.Range(0, 3).Select(_ => new Job(Guid.CreateVersion7(), tenant, "rule", module.Hash, input, Limits))];
        await store.AddJobsAsync(jobs, None);
        Promise(vfs, after => JobsShouldBe(after, jobs, hasResults: false));

        foreach (Job job in jobs)
        {
            await store.BeginAsync(job, None);
        }

        await store.CommitAsync(
            [.. jobs.Select(static job => new JobResult(job.Id, job.Tenant, job.Script, job.Hash, new RunResult(RunStatus.Ok)))], None);
        Promise(vfs, after => JobsShouldBe(after, jobs, hasResults: true));
    }

    private static async Task JobsShouldBe(SqliteStore store, Job[] jobs, bool hasResults)
    {
        foreach (Job job in jobs)
        {
            JobState state = (await store.FindJobAsync(job.Tenant, job.Id, None)).ShouldNotBeNull();
            (state.Result is not null || !hasResults).ShouldBeTrue();
        }
    }

    private void Promise(RecordingVfs vfs, Func<SqliteStore, Task> promise)
    {
        _promises.Add(promise);
        vfs.Acknowledge(_promises.Count);
    }
}
