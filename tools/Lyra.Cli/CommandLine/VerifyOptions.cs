namespace Lyra.Cli.CommandLine;

/// <summary>The options that <c>lyra verify</c> has besides those of every call that runs code.</summary>
internal static class VerifyOptions
{
    public static readonly RunOption[] All =
    [
        new("-o", "DIR", "leave the assemblies in this folder", static (s, v) => s.AssemblyFolder = v),
    ];
}
