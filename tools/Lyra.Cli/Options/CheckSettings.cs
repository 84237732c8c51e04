namespace Lyra.Cli.Options;

/// <summary>The form in which <c>lyra check</c> writes its reports.</summary>
internal enum CheckFormat
{
    Text,
    Json,
    Sarif,
    GitHub,
}

/// <summary>The settings of <c>lyra check</c> alone.</summary>
internal sealed class CheckSettings
{
    public CheckFormat Format { get; set; } = CheckFormat.Text;

    /// <summary>Whether to apply the edits of reports to the files.</summary>
    public bool Fixes { get; set; }
}
