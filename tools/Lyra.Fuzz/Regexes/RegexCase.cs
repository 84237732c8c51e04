namespace Lyra.Fuzz.Regexes;

/// <summary>The arguments of the procs of module <c>regex</c>.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Text">The text to search.</param>
/// <param name="Replacement">The replacement of each match.</param>
/// <param name="IsHostile">Whether it may exceed any limit, so that only the limits are checked.</param>
internal sealed record RegexCase(string Pattern, string Text, string Replacement, bool IsHostile);
