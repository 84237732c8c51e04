using System;
using Lyra.Cli.Files;

namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra check</c>.</summary>
internal static class CheckOptions
{
    public static readonly CommandOption[] All =
    [
        new("--fix", null, "change the files where the edit is certain, then print what is left", static (s, _) => s.Check.Fixes = true),
        new("--format", "FORMAT", "write text (the default), json, sarif or github (annotations of GitHub Actions)",
            static (s, v) => s.Check.Format = ParseFormat(v)),
    ];

    private static CheckFormat ParseFormat(string value)
    {
        string[] names = Array.ConvertAll(Enum.GetNames<CheckFormat>(), static name => name.ToLowerInvariant());
        int index = Array.IndexOf(names, value);
        return index >= 0
            ? Enum.GetValues<CheckFormat>()[index]
            : throw new UsageException($"--format is {string.Join(", ", names[..^1])} or {names[^1]}, not '{value}'");
    }
}
