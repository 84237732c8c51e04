namespace Lyra.Cli.CommandLine;

/// <summary>What <c>lyra trace</c> is to show, as its own options are read.</summary>
internal sealed class TraceSettings
{
    /// <summary>Whether all versions are shown, with their IR.</summary>
    public bool ShowsIr { get; set; }

    public bool ShowsIl { get; set; }

    /// <summary>The page that is written in place of text; null for text.</summary>
    public string? HtmlFile { get; set; }
}
