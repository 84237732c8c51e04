using System.Collections.Generic;
using System.Linq;

namespace RuleService.Model;

/// <summary>A script of a tenant: its versions, and the numbers of those that were activated, the active one last.</summary>
internal sealed record ScriptState(IReadOnlyList<ScriptVersion> Versions, IReadOnlyList<int> Activations)
{
    /// <summary>The activations that a store keeps for each script. Rollbacks go back as far.</summary>
    public const int MostActivations = 100;

    /// <summary>The active version; null if no version was activated yet.</summary>
    public ScriptVersion? Active =>
        Activations.Count == 0 ? null : Versions.Single(version => version.Number == Activations[^1]);

    /// <summary>
    /// A version that may be removed: one that is not active, nor the newest, whose number the next one would otherwise get again.
    /// </summary>
    public ScriptVersion? Removable(int number) =>
        Versions.SkipLast(1).FirstOrDefault(version => version.Number == number && version != Active);
}
