using System;

namespace RuleService.Model;

/// <summary>The result of a job. There is one for each job, however often it ran.</summary>
internal sealed record JobResult(Guid Id, string Tenant, string Script, string Hash, RunResult Result);
