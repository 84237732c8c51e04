namespace Lyra.Fuzz.Batches;

/// <summary>A failure that a batch has found.</summary>
/// <param name="Seed">The seed that reproduces it.</param>
/// <param name="Kind">The kind of failure, in one word.</param>
/// <param name="Text">The expected and the actual behaviour.</param>
/// <param name="Folder">The folder of its files.</param>
internal sealed record Find(long Seed, string Kind, string Text, string Folder);
