namespace Lyra.Cli.CommandLine;

/// <summary>The options that <c>lyra trace</c> has besides those of every call that runs code.</summary>
internal static class TraceOptions
{
    public static readonly RunOption[] All =
    [
        new("--ir", null, "all versions, with their IR as it is built and after each pass", static (s, _) => s.Trace.ShowsIr = true),
        new("--il", null, "the IL", static (s, _) => s.Trace.ShowsIl = true),
        new("--html", "OUT", "write a page in place of text", static (s, v) => s.Trace.HtmlFile = v),
    ];
}
