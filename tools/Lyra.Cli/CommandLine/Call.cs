using System;

namespace Lyra.Cli.CommandLine;

/// <summary>What <c>lyra</c> can be told to do, for parsing and help.</summary>
/// <param name="Name">The first argument.</param>
/// <param name="Usage">What follows it.</param>
/// <param name="Help">What it does, in a line.</param>
/// <param name="RunsCode">Whether it takes the options of <see cref="RunOptions"/>.</param>
/// <param name="MinWords">Least arguments besides options.</param>
/// <param name="MaxWords">Most arguments besides options.</param>
internal sealed record Call(string Name, string Usage, string Help, bool RunsCode, int MinWords, int MaxWords)
{
    /// <summary>Whether what follows the first argument that is no option belongs to the script.</summary>
    public bool PassesArguments { get; init; }

    /// <summary>Whether what follows <c>--</c> belongs to the scripts.</summary>
    public bool PassesArgumentsBehindDashes { get; init; }

    /// <summary>Options that it has besides those of <see cref="RunOptions"/>.</summary>
    public RunOption[] OwnOptions { get; init; } = [];

    /// <summary>Names of <see cref="RunOptions"/> that mean nothing to it: it says so where they are given.</summary>
    public string[] Refuses { get; init; } = [];

    /// <summary>The options to explain.</summary>
    public RunOption[] UsefulOptions => Array.FindAll(Options, option => Array.IndexOf(Refuses, option.Name) < 0);

    /// <summary>All of its options.</summary>
    public RunOption[] Options => RunsCode ? [.. OwnOptions, .. RunOptions.All] : OwnOptions;

    /// <summary>The option of a name; null when it has none.</summary>
    public RunOption? FindOption(ReadOnlySpan<char> name)
    {
        foreach (RunOption option in Options)
        {
            if (name.SequenceEqual(option.Name))
            {
                return option;
            }
        }

        return null;
    }
}
