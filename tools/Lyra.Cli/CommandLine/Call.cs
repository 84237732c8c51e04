namespace Lyra.Cli.CommandLine;

/// <summary>What <c>lyra</c> can be told to do, for parsing and help.</summary>
/// <param name="Name">The first argument.</param>
/// <param name="Usage">What follows it.</param>
/// <param name="Help">What it does, in a line.</param>
/// <param name="RunsCode">Whether it takes the options of <see cref="RunOptions"/>.</param>
/// <param name="MinWords">Least arguments besides options.</param>
/// <param name="MaxWords">Most arguments besides options.</param>
internal sealed record Call(string Name, string Usage, string Help, bool RunsCode, int MinWords, int MaxWords);
