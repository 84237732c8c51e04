using System;

namespace RuleService.Model;

/// <summary>A version of a script. Versions are never changed or reused.</summary>
internal sealed record ScriptVersion(int Number, string Hash, DateTimeOffset Created);
