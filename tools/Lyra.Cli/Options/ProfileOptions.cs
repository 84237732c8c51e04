using System;
using Lyra.Cli.Files;

namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra profile</c> besides those of <see cref="RunOptions"/>.</summary>
internal static class ProfileOptions
{
    public static readonly CommandOption[] All =
    [
        new("--level", "LEVEL", "measure none, basic (counts), detailed (and times, the default) or full (and memory, branches)",
            static (s, v) => s.Profile.Level = Parse<ProfileLevel>("--level", v)),
        new("--format", "FORMAT", "write text (the default), json, html or speedscope (for www.speedscope.app)",
            static (s, v) => s.Profile.Format = Parse<ProfileFormat>("--format", v)),
        new("-o", "OUT", "write the profile into the file OUT", static (s, v) => s.Profile.File = v),
    ];

    private static T Parse<T>(string option, string value)
        where T : struct, Enum
    {
        string[] names = Array.ConvertAll(Enum.GetNames<T>(), static name => name.ToLowerInvariant());
        int index = Array.IndexOf(names, value);
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw new UsageException($"{option} is {string.Join(", ", names[..^1])} or {names[^1]}, not '{value}'");
    }
}
