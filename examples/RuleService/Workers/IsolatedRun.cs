using System.Text.Json;
using RuleService.Model;

namespace RuleService.Workers;

/// <summary>What a worker sends to its child process.</summary>
internal sealed record IsolatedRun(Module Module, JsonElement Input, RunLimits Limits);
