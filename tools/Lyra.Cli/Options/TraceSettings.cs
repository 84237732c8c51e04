namespace Lyra.Cli.Options;

/// <summary>The settings of <c>lyra trace</c> alone.</summary>
internal sealed class TraceSettings
{
    /// <summary>Whether all versions are shown, with their IR.</summary>
    public bool ShowsIr { get; set; }

    public bool ShowsIl { get; set; }

    /// <summary>The page to write; null for text on standard output.</summary>
    public string? HtmlFile { get; set; }
}
