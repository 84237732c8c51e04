namespace Lyra.Cli.Repl;

/// <summary>Where the inputs of a session come from.</summary>
internal interface IReplInput
{
    /// <summary>The next input, with all of its lines; null at the end.</summary>
    string? Read();
}
