using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Model;
using RuleService.Queue;

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
    public async Task<RunResult> RunAsync(Module module, JobDelivery delivery, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            // At least one end of a process must be its own.
            for (int kills = Math.Min(delivery.Earlier, MostKills - 1); kills < MostKills; kills++)
            {
                if (await TryRunAsync(new IsolatedRun(module, delivery.Job.Input, delivery.Job.Limits), token) is { } result)
                {
                    return result;
                }
            }

            return new RunResult(RunStatus.Dead, Error: new RunError(
                "Dead", $"The job ended its worker's process {MostKills} times. It is in the dead-letter queue and does not run again."));
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
        catch (IOException)
        {
            // The child has ended before it has read the job.
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
