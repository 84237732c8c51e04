using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>The colours of the input.</summary>
internal static class Palette
{
    /// <summary>The style of a class; null for the usual one. The basic colours follow the theme of the terminal.</summary>
    public static Style? StyleOf(TextClass textClass) => textClass switch
    {
        TextClass.Keyword => new Style(Color.Blue),
        TextClass.Number => new Style(Color.Teal),
        TextClass.Text => new Style(Color.Olive),
        TextClass.Comment => new Style(Color.Grey),
        TextClass.Builtin => new Style(Color.Purple),
        TextClass.Command => new Style(Color.Green),
        _ => null,
    };
}
