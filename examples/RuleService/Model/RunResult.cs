using System.Text.Json;

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
    /// <summary>A run that failed for a reason that is not the script's.</summary>
    public static readonly RunResult ServiceFailure =
        new(RunStatus.Failed, Error: new RunError("ServiceError", "The service failed to run the script; its log says why."));
}
