using System;
using System.Text.Json;
using Lyra;

namespace RuleService.Model;

/// <summary>The result of a run: the value of the script's last expression, or the error; what it printed; what it took.</summary>
internal sealed record RunResult(
    RunStatus Status,
    JsonElement? Value = null,
    string Output = "",
    bool OutputIsCut = false,
    RunError? Error = null,
    RunStatistics? Statistics = null)
{
    private const string ExitMessage = "The script called exit(); a rule ends with the value of its last expression.";

    /// <summary>A run that failed for a reason that is not the script's.</summary>
    public static readonly RunResult ServiceFailure =
        new(RunStatus.Failed, Error: new RunError("ServiceError", "The service failed to run the script; its log says why."));

    /// <summary>The result of a run that an exception of Lyra has ended; null for any other exception.</summary>
    public static RunResult? Of(Exception exception) => exception switch
    {
        LyraExitException => Failed(new RunError("Exit", ExitMessage)),
        LyraLimitException e => new RunResult(RunStatus.Limit, Error: RunError.Of(e)),
        LyraException e => Failed(RunError.Of(e)),
        LyraCompileException e => Failed(RunError.Of(e.Diagnostics)[0]),
        _ => null,
    };

    public static RunResult Failed(RunError error) => new(RunStatus.Failed, Error: error);
}
