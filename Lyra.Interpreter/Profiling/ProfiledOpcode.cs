namespace Lyra;

/// <summary>An operation of the bytecode that was executed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How often it was executed.</param>
/// <param name="Share">Its part of all executed instructions, 0 to 1.</param>
public sealed record ProfiledOpcode(string Name, long Count, double Share);
