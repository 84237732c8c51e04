namespace Lyra;

/// <summary>A file of which something was executed.</summary>
/// <param name="Name">Its name, as traces show it.</param>
/// <param name="Text">The source text.</param>
public sealed record ProfiledFile(string Name, string Text);
