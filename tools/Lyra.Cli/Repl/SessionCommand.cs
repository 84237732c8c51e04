using System;

namespace Lyra.Cli.Repl;

/// <summary>A command of the session, such as <c>:load</c>.</summary>
/// <param name="Name">Its name with the colon.</param>
/// <param name="Argument">The name of its argument in help; null if it takes none.</param>
/// <param name="Help">What it does, in a line.</param>
/// <param name="Execute">Does it.</param>
internal sealed record SessionCommand(string Name, string? Argument, string Help, Action<ReplSession, string> Execute)
{
    /// <summary>Whether the argument is source text, not a file.</summary>
    public bool TakesSource { get; init; }

    /// <summary>Its name and argument, as help shows them.</summary>
    public string Usage => Argument is null ? Name : $"{Name} {Argument}";
}
