namespace RuleService.Model;

/// <summary>How a run ended.</summary>
internal enum RunStatus
{
    /// <summary>With a value.</summary>
    Ok,

    /// <summary>With an error of the script.</summary>
    Failed,

    /// <summary>At a limit.</summary>
    Limit,

    /// <summary>The job ended its worker's process three times and does not run again.</summary>
    Dead,
}
