using RuleService.Model;

namespace RuleService.Running;

/// <summary>What a request for a script runs: the active version under the limits of its tenant.</summary>
internal sealed record ActiveScript(string Tenant, string Name, int Version, string Hash, RunLimits Limits);
