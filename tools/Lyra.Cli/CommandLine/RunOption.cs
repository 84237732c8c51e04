using System;

namespace Lyra.Cli.CommandLine;

/// <summary>One option of the calls that run code: what it is called, what its value is called (null when it has none), what it does.</summary>
internal sealed record RunOption(string Name, string? ValueName, string Help, Action<RunSettings, string> Apply)
{
    /// <summary>Name and value as shown in help.</summary>
    public string Usage => ValueName is null ? Name : $"{Name} {ValueName}";
}
