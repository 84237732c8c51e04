using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using RuleService.Model;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The service without servers is killed again and again (SIGKILL), while clients change everything.</summary>
[Collection(MeterListening.Collection)]
public sealed class KillNineTests
{
    private const int AllRounds = 25;
    private const int LeastRounds = 3;
    private const int MostJobsOfARound = 400;

    /// <summary>The inputs of the jobs that were acknowledged.</summary>
    private readonly ConcurrentDictionary<string, int> _jobs = new();

    private int _lastInput;
    private int _lastVersion;
    private int _lastLimit;

    [Fact]
    public async Task No_acknowledged_change_is_lost()
    {
        Random random = new(Sweep.Seed);
        using ScratchFolder data = new();
        using (RuleProcess first = await RuleProcess.StartAsync(data.Path))
        {
            await first.PutAsync("/tenants/acme", "{}");
            await first.PutAsync("/tenants/acme/scripts/square", "var n = 0\nfor i in 0..500 { n += i % 7 }\nrequest * request");
            await first.PutAsync("/tenants/changing", """{"maxSteps": 1000}""");
            await first.PutAsync("/tenants/changing/scripts/version", "1");
        }

        int rounds = Sweep.Count(AllRounds, LeastRounds);
        for (int round = 0; round < rounds; round++)
        {
            using RuleProcess service = await RuleProcess.StartAsync(data.Path);
            int before = _jobs.Count;
            int versionBefore = _lastVersion;
            Task[] clients = [SubmitAsync(service), SubmitAsync(service), SubmitBatchesAsync(service), ChangeAsync(service)];
            while (_jobs.Count == before || _lastVersion == versionBefore)
            {
                await Task.Delay(5);
            }

            await Task.Delay(random.Next(400));
            service.HasEnded.ShouldBeFalse(service.Log);
            service.Kill();
            await Task.WhenAll(clients);
        }

        _jobs.Count.ShouldBeGreaterThanOrEqualTo(rounds);
        _lastVersion.ShouldBeGreaterThan(0);
        await EverythingShouldBeThereAsync(data.Path);
    }

    private async Task EverythingShouldBeThereAsync(string data)
    {
        using RuleProcess service = await RuleProcess.StartAsync(data);
        foreach ((string id, int input) in _jobs)
        {
            RunResult result = await service.ResultAsync("acme", id);
            (result.Status, result.Value?.GetInt64()).ShouldBe((RunStatus.Ok, (long)input * input), $"{id} {Json.Text(result)}");
        }

        JsonElement limits = (await service.SendAsync(HttpMethod.Get, "/tenants/changing")).Json;
        limits.GetProperty("maxSteps").GetInt32().ShouldBeGreaterThanOrEqualTo(_lastLimit);
        JsonElement script = (await service.SendAsync(HttpMethod.Get, "/tenants/changing/scripts/version")).Json;
        script.GetProperty("active").GetInt32().ShouldBeGreaterThanOrEqualTo(_lastVersion);
        script.GetProperty("versions").GetArrayLength().ShouldBe(script.GetProperty("active").GetInt32());
        service.Log.ShouldNotContain("damaged");
    }

    private Task SubmitAsync(RuleProcess service) => UntilKilledAsync(service, async () =>
    {
        int input = Interlocked.Increment(ref _lastInput);
        _jobs[await service.SubmitAsync("acme", "square", input.ToString(CultureInfo.InvariantCulture))] = input;
        return 1;
    });

    private Task SubmitBatchesAsync(RuleProcess service) => UntilKilledAsync(service, async () =>
    {
        int[] inputs = [.. Enumerable.Range(0, 20).Select(_ => Interlocked.Increment(ref _lastInput))];
        JsonElement answer = (await service.SendAsync(
            HttpMethod.Post, "/tenants/acme/scripts/square/jobs/batch", $"[{string.Join(',', inputs)}]")).Json;
        string[] ids = [.. answer.GetProperty("ids").EnumerateArray().Select(static id => id.GetString()!)];
        ids.Length.ShouldBe(inputs.Length);
        foreach ((string id, int input) in ids.Zip(inputs))
        {
            _jobs[id] = input;
        }

        return inputs.Length;
    });

    private Task ChangeAsync(RuleProcess service) => UntilKilledAsync(service, async () =>
    {
        int limit = Math.Max(1_000, _lastLimit) + 1;
        await service.PutAsync("/tenants/changing", $$"""{"maxSteps": {{limit}}}""");
        _lastLimit = limit;
        JsonElement added = (await service.SendAsync(HttpMethod.Put, "/tenants/changing/scripts/version", $"{limit}")).Json;
        _lastVersion = added.GetProperty("version").GetInt32();
        return 20;
    });

    /// <summary>Makes a change again and again, until the service is killed or there were enough.</summary>
    /// <param name="service">The service.</param>
    /// <param name="change">Makes the change, and returns how many jobs it counts as.</param>
    private static async Task UntilKilledAsync(RuleProcess service, Func<Task<int>> change)
    {
        int count = 0;
        while (count < MostJobsOfARound)
        {
            try
            {
                count += await change();
            }
            catch (Exception e) when (e is HttpRequestException or System.IO.IOException)
            {
                service.IsKilled.ShouldBeTrue($"{e.Message} {service.Log}");
                return;
            }
        }
    }
}
