namespace Lyra.Cli.Repl;

/// <summary>The prompts, without the blank that follows them. They have the same width, so that lines are aligned.</summary>
internal static class Prompts
{
    public const string First = "lyra>";

    /// <summary>The prompt of the further lines of an input.</summary>
    public const string More = "  ...";
}
