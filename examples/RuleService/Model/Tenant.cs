namespace RuleService.Model;

/// <summary>A customer of the service, with scripts, limits and a queue of jobs of its own.</summary>
internal sealed record Tenant(string Name, RunLimits Limits);
