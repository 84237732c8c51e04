using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Running;

namespace RuleService.Workers;

/// <summary>The child process of <see cref="IsolatedRunner"/>: a run for each line of its input, until the worker ends.</summary>
internal static class IsolatedProcess
{
    public static async Task RunAsync(ScriptRunner runner, TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            IsolatedRun run = Json.Read<IsolatedRun>(line);
            RunResult result = await RunAsync(runner, run);
            await output.WriteLineAsync(Json.Text(result));
            await output.FlushAsync();
        }
    }

    private static async Task<RunResult> RunAsync(ScriptRunner runner, IsolatedRun run)
    {
        try
        {
            return await runner.RunAsync(run.Module.Load(run.Limits), run.Input, run.Limits, CancellationToken.None);
        }
        catch (Exception e) when (RunResult.Of(e) is { } ended)
        {
            return ended;
        }
    }
}
