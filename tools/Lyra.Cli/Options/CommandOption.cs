using System;

namespace Lyra.Cli.Options;

/// <summary>An option of the commands that run code.</summary>
/// <param name="Name">The option with its dashes.</param>
/// <param name="ValueName">The name of its value in help; null if it takes none.</param>
/// <param name="Help">Its meaning, in a line.</param>
/// <param name="Apply">Stores it in the settings.</param>
internal sealed record CommandOption(string Name, string? ValueName, string Help, Action<RunSettings, string> Apply)
{
    /// <summary>Its name and value, as help shows them.</summary>
    public string Usage => ValueName is null ? Name : $"{Name} {ValueName}";
}
