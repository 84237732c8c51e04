namespace RuleService.Model;

/// <summary>A submitted job: it waits or runs while <paramref name="Result"/> is null.</summary>
internal sealed record JobState(JobResult? Result);
