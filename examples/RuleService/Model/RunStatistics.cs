namespace RuleService.Model;

/// <summary>What a run took.</summary>
internal sealed record RunStatistics(long Steps, long CompiledSteps, double Milliseconds);
