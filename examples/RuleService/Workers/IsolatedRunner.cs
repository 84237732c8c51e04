using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Workers;

/// <summary>
/// Runs jobs that were delivered several times in a child process, one at a time: such a job may have ended the processes that ran it, or
/// only have waited in them. If the child ends without an answer, this job has ended it.
/// </summary>
internal sealed class IsolatedRunner : IDisposable
{
    /// <summary>A job that has ended this many processes does not run again.</summary>
    private const int MostKills = 3;

    /// <summary>More than the child needs, beyond the time limit of the job, to start and to answer.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private Process? _child;

    /// <summary>Runs a job. The result is <see cref="RunStatus.Dead"/> if it ends its process again and again.</summary>
    /// <param name="module">Its script.</param>
    /// <param name="job">The job.</param>
    /// <param name="earlier">How many processes have begun it before.</param>
    /// <param name="token">Ends the run.</param>
    public async Task<RunResult> RunAsync(Module module, Job job, int earlier, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            // At least one end of a process must be its own.
            for (int kills = Math.Min(earlier, MostKills - 1); kills < MostKills; kills++)
            {
                if (await TryRunAsync(new IsolatedRun(module, job.Input, job.Limits), token) is { } result)
                {
                    return result;
                }
            }

            return new RunResult(RunStatus.Dead, Error: new RunError(
                "Dead", $"The job ended its worker's process {MostKills} times. It does not run again."));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        EndChild();
        _turn.Dispose();
    }

    /// <summary>The result; null if the child has ended without one.</summary>
    private async Task<RunResult?> TryRunAsync(IsolatedRun run, CancellationToken token)
    {
        _child ??= OwnProcess.Start("isolate");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(TimeSpan.FromMilliseconds(run.Limits.TimeoutMs) + Slack);
        try
        {
            await _child.StandardInput.WriteLineAsync(Json.Text(run).AsMemory(), patience.Token);
            await _child.StandardInput.FlushAsync(patience.Token);
            string? answer = await _child.StandardOutput.ReadLineAsync(patience.Token);
            if (answer is not null)
            {
                return Json.Read<RunResult>(answer);
            }
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // The child has ended before it has read the job, or in the midst of its answer.
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The child hangs.
        }
        catch (OperationCanceledException)
        {
            EndChild();
            throw;
        }

        EndChild();
        return null;
    }

    private void EndChild()
    {
        _child?.Kill();
        _child?.Dispose();
        _child = null;
    }
}
