using System;
using System.Text.Json;

namespace RuleService.Model;

/// <summary>
/// A run to be made later. It names the module by its hash, so a job runs the version that was active when it was submitted.
/// </summary>
internal sealed record Job(Guid Id, string Tenant, string Script, string Hash, JsonElement Input, RunLimits Limits);
