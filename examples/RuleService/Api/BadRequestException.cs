using System;

namespace RuleService.Api;

/// <summary>A request is wrong. The message says how to mend it.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    /// <summary>The status of the answer, 400 to 499.</summary>
    public int Status { get; } = status;
}
