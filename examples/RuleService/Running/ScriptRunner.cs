using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Lyra;
using Lyra.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuleService.Metrics;
using RuleService.Model;

namespace RuleService.Running;

/// <summary>
/// Runs a script with an input, which the script sees as the global <c>request</c>. The value of its last expression is the result. API and
/// workers use it alike.
/// </summary>
internal sealed partial class ScriptRunner(LyraEngines engines, ServiceMetrics metrics, ILogger<ScriptRunner> logger)
{
    private const string InputName = "request";
    private const int MostOutput = 16_384;
    private const int MostValue = 1 << 20;

    /// <summary>Runs a script. Whatever the script does, there is a result.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<RunResult> RunAsync(LyraScript script, JsonElement input, RunLimits limits, CancellationToken token)
    {
        CappedOutput output = new(MostOutput);
        long start = Stopwatch.GetTimestamp();
        using LyraRental rental = engines.Rent(limits.ToLyra(), output);
        JitStatistics before = rental.Engine.Statistics.Jit;
        RunResult result = await TryRunAsync(rental.Engine, script, input, token);
        JitStatistics after = rental.Engine.Statistics.Jit;

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        metrics.CountRun(result.Status, time);
        return result with
        {
            Output = output.ToString(),
            OutputIsCut = output.IsCut,
            Statistics = new RunStatistics(
                after.Steps - before.Steps, after.CompiledSteps - before.CompiledSteps, Math.Round(time.TotalMilliseconds, 3)),
        };
    }

    /// <summary>The errors that a script would have in every run: names that nothing defines.</summary>
    public IReadOnlyList<Diagnostic> Check(LyraScript script, RunLimits limits)
    {
        using LyraRental rental = engines.Rent(limits.ToLyra());
        rental.Engine.Globals[InputName] = LyraValue.Nil;
        return rental.Engine.Check(script);
    }

    private async Task<RunResult> TryRunAsync(LyraEngine engine, LyraScript script, JsonElement input, CancellationToken token)
    {
        try
        {
            engine.Globals[InputName] = LyraValue.From(input);
            LyraValue value = await engine.RunAsync(script, token);
            return ResultOf(value);
        }
        catch (Exception e) when (RunResult.Of(e) is { } ended)
        {
            return ended;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of the service or of Lyra must not become one of all tenants.
            Unexpected(logger, e);
            return RunResult.ServiceFailure;
        }
    }

    /// <summary>The result of a run that has ended. The copy of the value counts against the limits of the engine.</summary>
    private static RunResult ResultOf(LyraValue value)
    {
        try
        {
            JsonElement json = value.As<JsonElement>();
            ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(json);
            return text.Length > MostValue
                ? Failed("ResultTooLarge", $"The result has more than {MostValue} bytes as JSON. Return less.")
                : IsTooDeep(text)
                    ? Failed("ResultTooDeep", $"The result nests more than {Json.MostValueDepth} lists and maps. Return a flatter one.")
                    : new RunResult(RunStatus.Ok, json);
        }
        catch (Exception e) when (e is InvalidCastException or ArgumentException)
        {
            // An ArgumentException is for numbers that are not finite.
            return Failed(
                "NotJson",
                "The value of the last expression has no JSON form. It may contain nil, bools, finite numbers, strs, lists, and maps "
                    + "with strs as keys.");
        }
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> text)
    {
        // No deeper than what Lyra makes.
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = 1_000 });
        while (reader.Read())
        {
            if (reader.CurrentDepth >= Json.MostValueDepth && reader.TokenType is (JsonTokenType.StartArray or JsonTokenType.StartObject))
            {
                return true;
            }
        }

        return false;
    }

    private static RunResult Failed(string kind, string message) => RunResult.Failed(new RunError(kind, message));

    [LoggerMessage(Level = LogLevel.Error, Message = "A script could not be run")]
    private static partial void Unexpected(ILogger logger, Exception exception);
}
