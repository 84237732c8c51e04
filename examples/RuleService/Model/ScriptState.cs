using System.Collections.Generic;
using System.Linq;

namespace RuleService.Model;

/// <summary>A script of a tenant: its versions, and the numbers of those that were activated, the active one last.</summary>
internal sealed record ScriptState(IReadOnlyList<ScriptVersion> Versions, IReadOnlyList<int> Activations)
{
    /// <summary>The active version; null if no version was activated yet.</summary>
    public ScriptVersion? Active =>
        Activations.Count == 0 ? null : Versions.Single(version => version.Number == Activations[^1]);
}
