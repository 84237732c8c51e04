namespace Lyra.Cli.Options;

/// <summary>The form in which <c>lyra profile</c> writes a profile.</summary>
internal enum ProfileFormat
{
    Text,
    Json,
    Html,
    Speedscope,
}

/// <summary>The settings of <c>lyra profile</c> alone.</summary>
internal sealed class ProfileSettings
{
    public ProfileLevel Level { get; set; } = ProfileLevel.Detailed;

    public ProfileFormat Format { get; set; } = ProfileFormat.Text;

    /// <summary>The file to write; null for standard output, after the output of the program.</summary>
    public string? File { get; set; }
}
