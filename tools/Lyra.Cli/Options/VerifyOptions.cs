namespace Lyra.Cli.Options;

/// <summary>The options of <c>lyra verify</c> besides those of <see cref="RunOptions"/>.</summary>
internal static class VerifyOptions
{
    public static readonly CommandOption[] All =
    [
        new("-o", "DIR", "write the assemblies into the folder DIR", static (s, v) => s.AssemblyFolder = v),
    ];
}
