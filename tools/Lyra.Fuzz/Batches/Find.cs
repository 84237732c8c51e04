namespace Lyra.Fuzz.Batches;

/// <summary>Something that must not be.</summary>
/// <param name="Seed">What makes it again.</param>
/// <param name="Kind">One word.</param>
/// <param name="Text">What was expected, and what happened.</param>
/// <param name="Folder">Where its files are.</param>
internal sealed record Find(long Seed, string Kind, string Text, string Folder);
