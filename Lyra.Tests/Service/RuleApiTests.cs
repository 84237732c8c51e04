using System;
using System.Collections.Generic;
using System.IO;
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

/// <summary>The API of the service over HTTP, without servers.</summary>
[Collection(MeterListening.Collection)]
public sealed class RuleApiTests
{
    /// <summary>Limits that no test reaches by itself.</summary>
    private const string Generous = """{"maxSteps": 10000000000, "timeoutMs": 30000}""";

    [Fact]
    public async Task Run_gets_JSON_and_returns_value_output_and_statistics()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("print(\"hello\")\n({\"sum\": request[\"a\"] + request[\"b\"], \"all\": [nil, true, 1.5, \"é\"]})");

        RuleApi.Answer answer = await api.RunAsync("""{"a": 40, "b": 2}""");

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("version").GetInt32().ShouldBe(1);
        answer.Result.GetProperty("status").GetString().ShouldBe("ok");
        answer.Result.GetProperty("value").GetRawText().ShouldBe("""{"sum":42,"all":[null,true,1.5,"é"]}""");
        answer.Result.GetProperty("output").GetString().ShouldBe("hello\n");
        answer.Result.GetProperty("statistics").GetProperty("steps").GetInt64().ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("let x = 1\nlet y = x +", "LY0202", 2, 12)]
    [InlineData("\nundefinedName(request)", "LY1001", 2, 1)]
    public async Task Source_with_an_error_is_refused_with_its_position(string source, string kind, int line, int column)
    {
        await using RuleApi api = await RuleApi.StartAsync();

        RuleApi.Answer answer = await api.AddRuleAsync(source);

        answer.Status.ShouldBe(422);
        RunError error = answer.Error;
        (error.Kind, error.File, error.Line, error.Column).ShouldBe((kind, "rule.lyra", line, column));
        answer.Json.GetProperty("errors").GetArrayLength().ShouldBe(1);
        (await api.RunAsync()).Status.ShouldBe(404, "a version with errors is not added");
    }

    [Theory]
    [InlineData("failed", "Error", "throw \"no\"")]
    [InlineData("failed", "KeyError", "throw error(\"KeyError\", \"k\")")]
    [InlineData("failed", "NotJson", "print")]
    [InlineData("failed", "NotJson", "0.0 / 0.0")]
    [InlineData("failed", "NotJson", "({1: 2})")]
    [InlineData("failed", "NotJson", "let m = {}\nm[\"m\"] = m\nm")]
    [InlineData("failed", "Exit", "exit(3)")]
    [InlineData("failed", "ResultTooLarge", "\"a\".repeat(2000000)")]
    [InlineData("limit", "StepsLimit", "while true { }")]
    [InlineData("limit", "MemoryLimit", "let l = []\nfor i in 0..1000000 { push(l, \"abc\" + tostring(i)) }")]
    [InlineData("limit", "FramesLimit", "proc f(n) { return f(n + 1) + 1 }\nf(1)")]
    public async Task Failing_script_is_a_result_and_never_an_error_of_the_service(string status, string kind, string source)
    {
        await using RuleApi api = await RuleApi.StartAsync();
        (await api.AddRuleAsync(source)).Status.ShouldBe(201);

        RuleApi.Answer answer = await api.RunAsync();

        answer.Status.ShouldBe(422);
        answer.Result.GetProperty("status").GetString().ShouldBe(status);
        answer.Error.Kind.ShouldBe(kind);
        answer.Error.Message.ShouldNotBeEmpty();
        LyraCommand.ShowsHostTrace(answer.Body).ShouldBeFalse(answer.Body);
        (await api.AddRuleAsync("1 + 1")).Status.ShouldBe(201);
        (await api.RunAsync()).Result.GetProperty("value").GetInt32().ShouldBe(2, "the engine is usable afterwards");
    }

    [Fact]
    public async Task Error_has_the_position_in_the_script()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("proc check(order) {\n    return order[\"total\"] + 1\n}\ncheck(request)");

        RunError error = (await api.RunAsync()).Error;

        (error.Kind, error.File, error.Line, error.Column).ShouldBe(("TypeError", "rule.lyra", 2, 27));
        error.Trace.ShouldNotBeNull().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Limits_are_those_of_the_tenant()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("for i in 0..10000 { }\n1");
        (await api.RunAsync()).Status.ShouldBe(200);

        (await api.PutAsync("/tenants/acme", """{"maxSteps": 2000}""")).Status.ShouldBe(200);

        (await api.RunAsync()).Error.Kind.ShouldBe("StepsLimit");
        (await api.GetAsync("/tenants/acme")).Json.GetProperty("maxSteps").GetInt32().ShouldBe(2_000);
        (await api.PutAsync("/tenants/acme", """{"maxSteps": 1, "timeoutMs": 99999999}""")).Error.Message
            .ShouldBe("maxSteps is 1 and must be 1000 to 10000000000. timeoutMs is 99999999 and must be 10 to 30000.");
    }

    [Fact]
    public async Task Versions_are_activated_and_rolled_back()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        for (int version = 1; version <= 3; version++)
        {
            (await api.AddRuleAsync($"{version}")).Json.GetProperty("version").GetInt32().ShouldBe(version);
        }

        await api.PutAsync("/tenants/acme/scripts/rule?activate=false", "4");
        (await ValueAsync(api)).ShouldBe(3);
        (await api.PostAsync("/tenants/acme/scripts/rule/versions/4/activate")).Json.GetProperty("active").GetInt32().ShouldBe(4);
        (await ValueAsync(api)).ShouldBe(4);
        (await api.PostAsync("/tenants/acme/scripts/rule/rollback")).Json.GetProperty("versions").GetArrayLength().ShouldBe(4);
        (await ValueAsync(api)).ShouldBe(3);
        (await api.PostAsync("/tenants/acme/scripts/rule/versions/5/activate")).Status.ShouldBe(404);
        await api.PostAsync("/tenants/acme/scripts/rule/rollback");
        await api.PostAsync("/tenants/acme/scripts/rule/rollback");
        (await api.PostAsync("/tenants/acme/scripts/rule/rollback")).Status.ShouldBe(409);
        (await ValueAsync(api)).ShouldBe(1);
    }

    [Fact]
    public async Task New_versions_drop_no_request()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("0");
        using CancellationTokenSource end = new();
        Task<int>[] clients = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            int last = 0;
            while (!end.IsCancellationRequested)
            {
                int value = await ValueAsync(api);
                value.ShouldBeGreaterThanOrEqualTo(last, "an older version ran after a newer one");
                last = value;
            }

            return last;
        }))];

        for (int version = 1; version <= 20; version++)
        {
            (await api.PutAsync("/tenants/acme/scripts/rule", $"{version}")).Status.ShouldBe(201);
            (await ValueAsync(api)).ShouldBe(version);
        }

        await end.CancelAsync();
        (await Task.WhenAll(clients)).Max().ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public async Task Aborted_request_ends_its_run_and_too_many_requests_get_429()
    {
        await using RuleApi api = await RuleApi.StartAsync(static settings => settings with { Parallel = 1, MostRequests = 1 });
        await api.AddRuleAsync("if request[\"endless\"] { while true { } }\n1", Generous);
        using CancellationTokenSource abort = new();
        Task<RuleApi.Answer>? endless = null;

        RuleApi.Answer refused;
        while ((refused = await api.RunAsync("""{"endless": false}""")).Status != 429)
        {
            refused.Status.ShouldBe(200, "the endless run has not begun yet");
            if (endless is null or { IsCompleted: true })
            {
                // It was refused if the request before was still running.
                endless = api.RunAsync("""{"endless": true}""", abort.Token);
            }

            await Task.Delay(10);
        }

        refused.Error.Kind.ShouldBe("TooMany");
        await abort.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => endless!);

        RuleApi.Answer next;
        while ((next = await api.RunAsync("""{"endless": false}""")).Status == 429)
        {
            await Task.Delay(10);
        }

        next.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Jobs_have_results_whether_they_fail_or_not()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("print(request)\n100 / request");

        RuleApi.Answer accepted = await api.PostAsync("/tenants/acme/scripts/rule/jobs", "4");
        accepted.Status.ShouldBe(202);
        RuleApi.Answer batch = await api.PostAsync("/tenants/acme/scripts/rule/jobs/batch", "[5, \"x\"]");
        batch.Json.GetProperty("refused").GetInt32().ShouldBe(0);
        string[] ids = [.. batch.Json.GetProperty("ids").EnumerateArray().Select(static id => id.GetString()!)];

        JsonElement first = await api.ResultAsync(accepted.Json.GetProperty("id").GetString()!);
        first.GetProperty("output").GetString().ShouldBe("4\n");
        (await api.ResultAsync(ids[0])).GetProperty("status").GetString().ShouldBe("ok");
        JsonElement failed = await api.ResultAsync(ids[1]);
        failed.GetProperty("status").GetString().ShouldBe("failed");
        failed.GetProperty("error").GetProperty("kind").GetString().ShouldBe("TypeError");
        (await api.GetAsync($"/tenants/acme/jobs/{Guid.NewGuid()}")).Status.ShouldBe(404);
        (await api.GetAsync($"/tenants/other/jobs/{ids[0]}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Job_runs_the_version_that_was_active_when_it_was_submitted()
    {
        await using RuleApi api = await RuleApi.StartAsync(static settings => settings with { Parallel = 1 });
        await api.AddRuleAsync("for i in 0..request { }\n\"old\"", Generous);
        string[] ids = await SubmitAsync(api, 30, "1000000");

        await api.PutAsync("/tenants/acme/scripts/rule", "\"new\"");

        (await api.ResultAsync(ids[^1])).GetProperty("value").GetString().ShouldBe("old");
        (await api.RunAsync("1")).Result.GetProperty("value").GetString().ShouldBe("new");
    }

    [Fact]
    public async Task Too_many_waiting_jobs_get_429()
    {
        await using RuleApi api = await RuleApi.StartAsync(static settings => settings with
        {
            Parallel = 1,
            MostJobs = 5,
            DrainTime = TimeSpan.FromMilliseconds(1),
        });
        await api.AddRuleAsync("while true { }", Generous);

        RuleApi.Answer batch = await api.PostAsync("/tenants/acme/scripts/rule/jobs/batch", "[1, 2, 3, 4, 5, 6, 7, 8]");
        batch.Status.ShouldBe(202);
        batch.Json.GetProperty("refused").GetInt32().ShouldBeInRange(1, 3);

        RuleApi.Answer answer;
        while ((answer = await api.PostAsync("/tenants/acme/scripts/rule/jobs", "9")).Status == 202)
        {
        }

        answer.Status.ShouldBe(429);
        answer.Error.Kind.ShouldBe("TooMany");
    }

    [Fact]
    public async Task Stopping_service_finishes_requests_and_leaves_jobs_to_the_next_process()
    {
        using ScratchFolder data = new();
        string[] ids;
        await using (RuleApi api = await RuleApi.StartAsync(static settings => settings with { Parallel = 1 }, data.Path))
        {
            await api.AddRuleAsync("while true { }", Generous);
            await api.PutAsync("/tenants/acme/scripts/quick", "for i in 0..100000 { }\nrequest + 1");
            ids = await SubmitAsync(api, 200, "1", "quick");

            // The jobs keep the limits that they were submitted with.
            await api.PutAsync("/tenants/acme", """{"maxSteps": 10000000000, "timeoutMs": 500}""");
            Task<RuleApi.Answer> running = api.RunAsync();
            await api.UntilRunningAsync(running);

            await api.StopAsync();
            (await running).Error.Kind.ShouldBe("TimeLimit", "the run was finished");
        }

        File.Exists(Path.Combine(data.Path, "rules.db")).ShouldBeTrue();
        await using RuleApi next = await RuleApi.StartAsync(data: data.Path);
        foreach (string id in ids)
        {
            (await next.ResultAsync(id)).GetProperty("value").GetInt32().ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("PUT", "/tenants/ACME", "{}", 400, "ACME is no name of a tenant")]
    [InlineData("PUT", "/tenants/..%2F..", "{}", 400, "is no name of a tenant")]
    [InlineData("PUT", "/tenants/acme/scripts/a.b", "1", 400, "a.b is no name of a script")]
    [InlineData("PUT", "/tenants/none/scripts/rule", "1", 404, "PUT /tenants/none adds it")]
    [InlineData("PUT", "/tenants/acme", "{no", 400, "not the expected JSON")]
    [InlineData("POST", "/tenants/acme/scripts/rule/run", "{no", 400, "not the expected JSON")]
    [InlineData("POST", "/tenants/acme/scripts/rule/run", "", 400, "no body")]
    [InlineData("POST", "/tenants/acme/scripts/none/run", "1", 404, "no active version of a script none")]
    [InlineData("POST", "/tenants/acme/scripts/rule/jobs/batch", "{}", 400, "list of 1 to 1000")]
    [InlineData("POST", "/tenants/acme/scripts/none/jobs", "1", 404, "no active version")]
    public async Task Wrong_request_gets_an_answer_that_says_what_is_wrong(
        string method, string path, string body, int status, string message)
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("1");

        RuleApi.Answer answer = await api.SendAsync(new HttpMethod(method), path, body);

        answer.Status.ShouldBe(status);
        answer.Error.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Metrics_and_health_can_be_read()
    {
        await using RuleApi api = await RuleApi.StartAsync();
        await api.AddRuleAsync("1 / request");
        await api.RunAsync("1");
        await api.RunAsync("\"x\"");

        string[] metrics = (await api.GetAsync("/metrics")).Body.Split('\n');

        metrics.ShouldContain("rules_runs_total{otel_scope_name=\"RuleService\",status=\"ok\"} 1");
        metrics.ShouldContain("rules_runs_total{otel_scope_name=\"RuleService\",status=\"failed\"} 1");
        metrics.ShouldContain("rules_run_duration_seconds_count{otel_scope_name=\"RuleService\"} 2");
        metrics.ShouldContain(static line => line.StartsWith("process_memory_bytes{", StringComparison.Ordinal));
        (await api.GetAsync("/health")).ShouldBe(new RuleApi.Answer(200, "Healthy"));
    }

    private static async Task<int> ValueAsync(RuleApi api)
    {
        RuleApi.Answer answer = await api.RunAsync();
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Result.GetProperty("value").GetInt32();
    }

    private static async Task<string[]> SubmitAsync(RuleApi api, int count, string input, string script = "rule")
    {
        RuleApi.Answer answer = await api.PostAsync(
            $"/tenants/acme/scripts/{script}/jobs/batch", $"[{string.Join(',', Enumerable.Repeat(input, count))}]");
        answer.Status.ShouldBe(202);
        return [.. answer.Json.GetProperty("ids").EnumerateArray().Select(static id => id.GetString()!)];
    }
}
