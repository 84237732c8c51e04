using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>What every store does.</summary>
public abstract class RuleStoreTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _tenant = $"t{Guid.NewGuid():N}";
    private IRuleStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _store.DisposeAsync();
    }

    private protected abstract Task<IRuleStore> OpenAsync();

    [Fact]
    public async Task Tenant_has_the_limits_that_were_set_last()
    {
        (await _store.FindTenantAsync(_tenant, None)).ShouldBeNull();

        await _store.SetTenantAsync(new Tenant(_tenant, new RunLimits()), None);
        await _store.SetTenantAsync(new Tenant(_tenant, new RunLimits(MaxSteps: 77_000)), None);

        (await _store.FindTenantAsync(_tenant, None)).ShouldBe(new Tenant(_tenant, new RunLimits(MaxSteps: 77_000)));
        (await _store.TenantNamesAsync(None)).Count(name => name == _tenant).ShouldBe(1);
    }

    [Fact]
    public async Task Module_is_stored_once_and_runs()
    {
        Module module = Module.Compile("rule", $"\"{_tenant}\"", new RunLimits());
        (await _store.FindModuleAsync(module.Hash, None)).ShouldBeNull();

        await _store.AddModuleAsync(module, None);
        await _store.AddModuleAsync(module, None);

        Module found = (await _store.FindModuleAsync(module.Hash, None)).ShouldNotBeNull();
        found.Source.ShouldBe(module.Source);
        using LyraEngine engine = new();
        engine.Run(found.Load(new RunLimits())).As<string>().ShouldBe(_tenant);
    }

    [Fact]
    public async Task Versions_are_numbered_activated_and_rolled_back()
    {
        (await _store.FindScriptAsync(_tenant, "rule", None)).ShouldBeNull();
        (await _store.RollBackAsync(_tenant, "rule", None)).ShouldBeFalse();
        foreach (int number in (int[])[1, 2, 3])
        {
            (await _store.AddVersionAsync(_tenant, "rule", await ModuleAsync(number), activate: number != 2, None)).Number.ShouldBe(number);
        }

        await ActiveShouldBe(3);
        (await _store.ActivateAsync(_tenant, "rule", 2, None)).ShouldBeTrue();
        (await _store.ActivateAsync(_tenant, "rule", 2, None)).ShouldBeTrue();
        await ActiveShouldBe(2);
        (await _store.ActivateAsync(_tenant, "rule", 4, None)).ShouldBeFalse();
        (await _store.RollBackAsync(_tenant, "rule", None)).ShouldBeTrue();
        await ActiveShouldBe(3);
        (await _store.RollBackAsync(_tenant, "rule", None)).ShouldBeTrue();
        await ActiveShouldBe(1);
        (await _store.RollBackAsync(_tenant, "rule", None)).ShouldBeFalse();
        await ActiveShouldBe(1);
        (await _store.FindScriptAsync(_tenant, "rule", None))!.Versions.Select(static version => version.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Version_is_removed_with_its_module_unless_it_is_active_or_the_newest_or_jobs_need_it()
    {
        Module[] modules = await Task.WhenAll(Enumerable.Range(0, 4).Select(ModuleAsync));
        foreach (Module module in modules)
        {
            await _store.AddVersionAsync(_tenant, "rule", module, activate: true, None);
        }

        await _store.ActivateAsync(_tenant, "rule", 3, None);
        VersionUsage usage = await _store.VersionUsageAsync(_tenant, None);
        usage.Versions.ShouldBe(4);
        usage.Bytes.ShouldBe(modules.Sum(static module => module.Bytes));
        usage.AllBytes.ShouldBeGreaterThanOrEqualTo(usage.Bytes);
        await _store.AddJobsAsync([NewJob() with { Hash = modules[1].Hash }], None);

        foreach ((int number, bool isRemoved) in ((int, bool)[])[(1, true), (1, false), (2, true), (3, false), (4, false), (5, false)])
        {
            (await _store.RemoveVersionAsync(_tenant, "rule", number, None)).ShouldBe(isRemoved, $"version {number}");
        }

        (await _store.FindModuleAsync(modules[0].Hash, None)).ShouldBeNull();
        (await _store.FindModuleAsync(modules[1].Hash, None)).ShouldNotBeNull("a job waits for it");
        (await _store.FindScriptAsync(_tenant, "rule", None))!.Activations.ShouldBe([3, 4, 3]);
        (await _store.AddVersionAsync(_tenant, "rule", modules[0], activate: false, None)).Number.ShouldBe(5);
    }

    [Fact]
    public async Task Activations_are_kept_up_to_a_bound()
    {
        foreach (int number in (int[])[0, 1])
        {
            await _store.AddVersionAsync(_tenant, "rule", await ModuleAsync(number), activate: true, None);
        }

        for (int i = 0; i < ScriptState.MostActivations + 20; i++)
        {
            (await _store.ActivateAsync(_tenant, "rule", 1 + (i % 2), None)).ShouldBeTrue();
        }

        ScriptState state = (await _store.FindScriptAsync(_tenant, "rule", None)).ShouldNotBeNull();
        state.Activations.Count.ShouldBe(ScriptState.MostActivations);
        (await _store.FindActiveAsync(_tenant, "rule", None)).ShouldBe(state.Active);
    }

    [Fact]
    public async Task Begins_of_a_job_are_counted()
    {
        Job job = NewJob();
        await _store.AddJobsAsync([job], None);

        foreach (int earlier in (int[])[0, 1, 2])
        {
            (await _store.BeginAsync(job, None)).ShouldBe(earlier);
        }
    }

    [Fact]
    public async Task Pending_jobs_are_in_the_order_of_their_submission()
    {
        Job[] jobs = [.. Enumerable.Range(0, 10).Select(_ => NewJob())];
        await _store.AddJobsAsync(jobs, None);

        (await _store.PendingJobsAsync(None)).Where(id => Array.Exists(jobs, job => job.Id == id))
            .ShouldBe(jobs.Select(static job => job.Id));
        Json.Text(await _store.FindPendingAsync(jobs[3].Id, None)).ShouldBe(Json.Text(jobs[3]));
        (await _store.FindPendingAsync(Guid.NewGuid(), None)).ShouldBeNull();
    }

    [Fact]
    public async Task Versions_that_are_added_at_the_same_time_get_different_numbers()
    {
        Module module = await ModuleAsync(0);

        ScriptVersion[] versions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            Task.Run(() => _store.AddVersionAsync(_tenant, "rule", module, activate: true, None))));

        versions.Select(static version => version.Number).Order().ShouldBe(Enumerable.Range(1, 10));
        (await _store.FindScriptAsync(_tenant, "rule", None))!.Activations.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Job_waits_until_its_result_is_committed()
    {
        Job job = NewJob();
        (await _store.FindJobAsync(_tenant, job.Id, None)).ShouldBeNull();

        await _store.AddJobsAsync([job], None);
        (await _store.FindJobAsync(_tenant, job.Id, None)).ShouldBe(new JobState(null));
        (await _store.PendingJobsAsync(None)).Count(pending => pending == job.Id).ShouldBe(1);
        (await _store.FindJobAsync("other", job.Id, None)).ShouldBeNull("jobs of other tenants are not visible");

        (await _store.CommitAsync([ResultOf(job, "first")], None)).ShouldBe(1);
        (await OutputAsync(job)).ShouldBe("first");
        (await _store.FindJobAsync("other", job.Id, None)).ShouldBeNull();
        (await _store.PendingJobsAsync(None)).ShouldNotContain(job.Id);
    }

    [Fact]
    public async Task Second_result_of_a_job_is_dropped()
    {
        Job[] jobs = [NewJob(), NewJob(), NewJob()];
        await _store.AddJobsAsync(jobs, None);

        (await _store.CommitAsync([ResultOf(jobs[0], "first"), ResultOf(jobs[1], "first")], None)).ShouldBe(2);
        (await _store.CommitAsync([.. jobs.Select(job => ResultOf(job, "second"))], None)).ShouldBe(1);

        (await Task.WhenAll(jobs.Select(OutputAsync))).ShouldBe(["first", "first", "second"]);
    }

    [Fact]
    public async Task Of_results_that_are_committed_at_the_same_time_one_is_new()
    {
        Job[] jobs = [.. Enumerable.Range(0, 20).Select(_ => NewJob())];
        await _store.AddJobsAsync(jobs, None);

        int[] added = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
            _store.CommitAsync([.. (i % 2 == 0 ? jobs : jobs.Reverse()).Select(job => ResultOf(job, $"{i}"))], None))));

        added.Sum().ShouldBe(20);
    }

    [Fact]
    public async Task Refused_jobs_are_forgotten()
    {
        Job refused = NewJob();
        await _store.AddJobsAsync([refused], None);
        await _store.RemoveJobsAsync([refused], None);
        (await _store.FindJobAsync(_tenant, refused.Id, None)).ShouldBeNull();
    }

    private async Task ActiveShouldBe(int number)
    {
        ScriptState state = (await _store.FindScriptAsync(_tenant, "rule", None)).ShouldNotBeNull();
        state.Active.ShouldNotBeNull().Number.ShouldBe(number);
        state.Active.Hash.ShouldBe((await ModuleAsync(number)).Hash);
        (await _store.FindActiveAsync(_tenant, "rule", None)).ShouldBe(state.Active);
    }

    private async Task<Module> ModuleAsync(int number)
    {
        Module module = Module.Compile("rule", $"\"{_tenant} {number}\"", new RunLimits());
        await _store.AddModuleAsync(module, None);
        return module;
    }

    private async Task<string?> OutputAsync(Job job) => (await _store.FindJobAsync(_tenant, job.Id, None))?.Result?.Result.Output;

    private Job NewJob() => new(Guid.CreateVersion7(), _tenant, "rule", "hash", Json.Read<JsonElement>("[1]"), new RunLimits());

    private static JobResult ResultOf(Job job, string output) =>
        new(job.Id, job.Tenant, job.Script, job.Hash, new RunResult(RunStatus.Ok, job.Input, output));
}
