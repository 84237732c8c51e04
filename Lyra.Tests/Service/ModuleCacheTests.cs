using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Model;
using RuleService.Running;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The modules that a worker keeps.</summary>
public sealed class ModuleCacheTests : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly SqliteStore _store;

    public ModuleCacheTests()
    {
        _store = SqliteStore.Open(_folder.Path, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Module_is_read_once_and_the_least_recently_used_is_dropped()
    {
        ModuleCache cache = new(_store, capacity: 2);
        string[] hashes = await Task.WhenAll(Enumerable.Range(0, 3).Select(AddAsync));

        LyraScript first = (await cache.FindAsync(hashes[0], new RunLimits(), CancellationToken.None)).ShouldNotBeNull();
        await cache.FindAsync(hashes[1], new RunLimits(), CancellationToken.None);
        (await cache.FindAsync(hashes[0], new RunLimits(), CancellationToken.None)).ShouldBeSameAs(first);
        await cache.FindAsync(hashes[2], new RunLimits(), CancellationToken.None);

        cache.Count.ShouldBe(2);
        (await cache.FindAsync(hashes[0], new RunLimits(), CancellationToken.None)).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Missing_module_is_looked_up_again()
    {
        ModuleCache cache = new(_store);
        Module module = Module.Compile("rule", "7", new RunLimits());
        (await cache.FindAsync(module.Hash, new RunLimits(), CancellationToken.None)).ShouldBeNull();

        await _store.AddModuleAsync(module, CancellationToken.None);

        (await cache.FindAsync(module.Hash, new RunLimits(), CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Loading_has_the_limits_of_the_tenant_and_the_next_one_tries_again()
    {
        ModuleCache cache = new(_store);
        string source = $"let xs = [{string.Concat(Enumerable.Repeat("1,", 600_000))}]\nrequest";
        Module module = Module.Compile("rule", source, RunLimits.Highest);
        await _store.AddModuleAsync(module, CancellationToken.None);
        await using ServiceProvider services = RuleService.Service.BuildRunner();
        StoredScripts scripts = new(cache, services.GetRequiredService<ScriptRunner>());
        JsonElement input = Json.Read<JsonElement>("1");

        RunLimits small = RunLimits.Highest with { MaxMemoryBytes = 1 << 20 };
        RunResult first = (await scripts.RunAsync(module.Hash, input, small, CancellationToken.None)).ShouldNotBeNull();
        RunResult next = (await scripts.RunAsync(module.Hash, input, RunLimits.Highest, CancellationToken.None)).ShouldNotBeNull();

        (first.Status, first.Error!.Kind).ShouldBe((RunStatus.Limit, "MemoryLimit"));
        first.Error.Message.ShouldStartWith("loading a script");
        next.Value!.Value.GetInt32().ShouldBe(1);
    }

    /// <summary>Equal scripts of all tenants are one module, and callers wait for one read of it.</summary>
    [Fact]
    public async Task A_tenant_does_not_get_the_limit_of_another_one_that_loads_the_same_script()
    {
        string source = $"let xs = [{string.Concat(Enumerable.Repeat("1,", 600_000))}]\nrequest";
        Module module = Module.Compile("rule", source, RunLimits.Highest);
        await _store.AddModuleAsync(module, CancellationToken.None);
        RunLimits small = RunLimits.Highest with { MaxMemoryBytes = 1 << 20 };
        for (int round = 0; round < 10; round++)
        {
            ModuleCache cache = new(_store);
            Task<Exception?>[] others = [.. Enumerable.Range(0, 8).Select(_ => FailureAsync(cache, module.Hash, small))];

            (await FailureAsync(cache, module.Hash, RunLimits.Highest)).ShouldBeNull();
            foreach (Exception? failure in await Task.WhenAll(others))
            {
                (failure is null or LyraLimitException).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task Modules_are_dropped_when_they_take_too_many_bytes()
    {
        string[] hashes = await Task.WhenAll(Enumerable.Range(0, 3).Select(AddAsync));
        ModuleCache cache = new(_store, mostBytes: 2 * (await _store.FindModuleAsync(hashes[0], CancellationToken.None))!.Bytes);
        foreach (string hash in hashes)
        {
            (await cache.FindAsync(hash, new RunLimits(), CancellationToken.None)).ShouldNotBeNull();
        }

        cache.Count.ShouldBe(2);
    }

    [Fact]
    public void Code_of_another_version_of_Lyra_is_compiled_again()
    {
        Module module = Module.Compile("rule", "6 * 7", new RunLimits());
        using LyraEngine engine = new();

        engine.Run((module with { Code = [.. module.Code.Reverse()] }).Load(new RunLimits())).As<int>().ShouldBe(42);
    }

    private static Task<Exception?> FailureAsync(ModuleCache cache, string hash, RunLimits limits) =>
        Task.Run(async () => await Record.ExceptionAsync(() => cache.FindAsync(hash, limits, CancellationToken.None)));

    private async Task<string> AddAsync(int number)
    {
        Module module = Module.Compile("rule", $"{number}", new RunLimits());
        await _store.AddModuleAsync(module, CancellationToken.None);
        return module.Hash;
    }
}
