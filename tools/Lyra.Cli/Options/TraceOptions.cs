namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra trace</c> besides those of <see cref="RunOptions"/>.</summary>
internal static class TraceOptions
{
    public static readonly CommandOption[] All =
    [
        new("--ir", null, "show all versions, with their IR as built and after each pass", static (s, _) => s.Trace.ShowsIr = true),
        new("--il", null, "show the IL", static (s, _) => s.Trace.ShowsIl = true),
        new("--html", "OUT", "write the page OUT instead of text", static (s, v) => s.Trace.HtmlFile = v),
    ];
}
