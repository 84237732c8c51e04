using System;

namespace Lyra.Cli.Options;

/// <summary>A subcommand of <c>lyra</c>, for parsing and help.</summary>
/// <param name="Name">The first argument.</param>
/// <param name="Usage">The arguments after it.</param>
/// <param name="Help">Its purpose, in a line.</param>
/// <param name="RunsCode">Whether it takes the options of <see cref="RunOptions"/>.</param>
/// <param name="MinArguments">The fewest positional arguments.</param>
/// <param name="MaxArguments">The most positional arguments.</param>
internal sealed record Subcommand(string Name, string Usage, string Help, bool RunsCode, int MinArguments, int MaxArguments)
{
    /// <summary>Whether everything after the first positional argument belongs to the script.</summary>
    public bool PassesArguments { get; init; }

    /// <summary>Whether everything after <c>--</c> belongs to the scripts.</summary>
    public bool PassesArgumentsAfterDashes { get; init; }

    /// <summary>Its options besides those of <see cref="RunOptions"/>.</summary>
    public CommandOption[] OwnOptions { get; init; } = [];

    /// <summary>
    /// Names of <see cref="RunOptions"/> that have no meaning for it. It rejects them with an explanation, and help omits them.
    /// </summary>
    public string[] RejectedOptions { get; init; } = [];

    /// <summary>The options that help explains.</summary>
    public CommandOption[] AcceptedOptions => Array.FindAll(Options, option => Array.IndexOf(RejectedOptions, option.Name) < 0);

    /// <summary>All of its options.</summary>
    public CommandOption[] Options => RunsCode ? [.. OwnOptions, .. RunOptions.All] : OwnOptions;
}
