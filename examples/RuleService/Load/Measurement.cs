using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Running;
using RuleService.Settings;
using RuleService.Store;

namespace RuleService.Load;

/// <summary>
/// Measures the steps of a job one by one, then all of them with 1, 2 and 4 worker processes. The figures of docs/scaling.md.
/// </summary>
internal sealed class Measurement(ServiceSettings settings, int count)
{
    private const string TenantName = "measure";

    // Of the rule in LoadTest, and one that takes some milliseconds.
    private const string Work = """
        var n = 0
        for i in 0..200_000 { n = (n + i * i) % 1_000_003 }
        n
        """;

    private readonly RunLimits _limits = new();

    public async Task RunAsync(TextWriter output)
    {
        await using IRuleStore store = await Service.OpenStoreAsync(settings, NullLogger.Instance, CancellationToken.None);
        await using IJobQueue queue = Service.OpenQueue(settings, NullLogger.Instance);
        await store.SetTenantAsync(new Tenant(TenantName, _limits), CancellationToken.None);
        Module rule = Module.Compile("discount", LoadTest.Rule, _limits);
        Module work = Module.Compile("work", Work, _limits);
        await store.AddModuleAsync(rule, CancellationToken.None);
        await store.AddModuleAsync(work, CancellationToken.None);

        await output.WriteLineAsync($"{Environment.ProcessorCount} processors, {count} jobs; the time of one job in each step");
        await PrintAsync(output, "engine: the rule", await EngineAsync(rule, count));
        await PrintAsync(output, "engine: 200,000 iterations", await EngineAsync(work, count / 10));
        await StoreAsync(output, store);
        await QueueAsync(output, queue);

        foreach (Module module in (Module[])[rule, work])
        {
            foreach (int workers in (int[])[1, 2, 4])
            {
                TimeSpan time = await WorkersAsync(store, queue, module, workers);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{module.FileName,-14} {workers} workers of 1 run at a time: {count / time.TotalSeconds,8:F0} jobs/s"));
            }
        }
    }

    private static Task PrintAsync(TextWriter output, string step, TimeSpan each) =>
        output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{step,-42} {each.TotalMicroseconds,9:F1} µs"));

    /// <summary>Runs a script again and again on one thread.</summary>
    private async Task<TimeSpan> EngineAsync(Module module, int runs)
    {
        await using ServiceProvider provider = Service.BuildRunner();
        ScriptRunner runner = provider.GetRequiredService<ScriptRunner>();
        Lyra.LyraScript script = module.Load(_limits);
        JsonElement input = Json.Read<JsonElement>(LoadTest.Input);
        for (int i = 0; i < 200; i++)
        {
            await runner.RunAsync(script, input, _limits, CancellationToken.None);
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
        {
            await runner.RunAsync(script, input, _limits, CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(start) / runs;
    }

    private async Task StoreAsync(TextWriter output, IRuleStore store)
    {
        foreach (int size in (int[])[1, 10, 100])
        {
            Job[][] batches = [.. NewJobs("none", Math.Min(count, size * 200)).Chunk(size)];
            await PrintAsync(output, $"store: add jobs, {size} in a transaction", await EachAsync(batches, size, async batch =>
                await store.AddJobsAsync(batch, CancellationToken.None)));
            await PrintAsync(output, $"store: commit results, {size} in a transaction", await EachAsync(batches, size, async batch =>
                await store.CommitAsync([.. batch.Select(ResultOf)], CancellationToken.None)));
        }
    }

    private async Task QueueAsync(TextWriter output, IJobQueue queue)
    {
        foreach (int size in (int[])[1, 10, 100])
        {
            Job[][] batches = [.. NewJobs("none", Math.Min(count, size * 200)).Chunk(size)];
            await PrintAsync(output, $"queue: publish and confirm, {size} at a time", await EachAsync(batches, size, async batch =>
                await queue.PublishAsync(batch, CancellationToken.None)));
            await using IJobConsumer consumer = queue.Consume(
                settings.Prefetch, static _ => Task.FromResult<IReadOnlyList<string>>([TenantName]));
            await TakeAsync(consumer);
            TimeSpan taken = await EachAsync(batches[1..], size, async batch =>
            {
                foreach (Job _ in batch)
                {
                    await TakeAsync(consumer);
                }
            });
            await PrintAsync(output, $"queue: take and acknowledge, prefetch {settings.Prefetch}", taken);
            for (int i = 1; i < size; i++)
            {
                await TakeAsync(consumer);
            }
        }
    }

    private static async Task TakeAsync(IJobConsumer consumer) =>
        await (await consumer.TakeAsync(CancellationToken.None))!.AcknowledgeAsync();

    private static async Task<TimeSpan> EachAsync(Job[][] batches, int size, Func<Job[], Task> step)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Job[] batch in batches)
        {
            await step(batch);
        }

        return Stopwatch.GetElapsedTime(start) / ((double)batches.Length * size);
    }

    /// <summary>The time of all jobs, from the moment that the workers run.</summary>
    private async Task<TimeSpan> WorkersAsync(IRuleStore store, IJobQueue queue, Module module, int workers)
    {
        WorkerProcess[] processes = [.. Enumerable.Range(0, workers).Select(_ => new WorkerProcess(settings with { Parallel = 1 }))];
        try
        {
            // The first jobs load the module and compile it.
            await FinishAsync(store, queue, NewJobs(module.Hash, 200 * workers));
            Job[] jobs = NewJobs(module.Hash, count);
            long start = Stopwatch.GetTimestamp();
            await FinishAsync(store, queue, jobs);
            return Stopwatch.GetElapsedTime(start);
        }
        finally
        {
            Array.ForEach(processes, static process => process.Dispose());
        }
    }

    private static async Task FinishAsync(IRuleStore store, IJobQueue queue, Job[] jobs)
    {
        foreach (Job[] batch in jobs.Chunk(500))
        {
            await store.AddJobsAsync(batch, CancellationToken.None);
            await queue.PublishAsync(batch, CancellationToken.None);
        }

        foreach (Job job in jobs.Reverse())
        {
            while ((await store.FindJobAsync(TenantName, job.Id, CancellationToken.None))?.Result is null)
            {
                await Task.Delay(20);
            }
        }
    }

    private Job[] NewJobs(string hash, int jobs)
    {
        JsonElement input = Json.Read<JsonElement>(LoadTest.Input);
        return [.. Enumerable.Range(0, jobs).Select(_ => new Job(Guid.CreateVersion7(), TenantName, "measure", hash, input, _limits))];
    }

    private static JobResult ResultOf(Job job) =>
        new(job.Id, job.Tenant, job.Script, job.Hash, new RunResult(RunStatus.Ok, job.Input, Statistics: new RunStatistics(100, 0, 0.1)));
}
