namespace Lyra.Extensions.Hosting;

/// <summary>The options that <see cref="LyraSettings"/> start from.</summary>
public enum LyraPreset
{
    /// <summary><see cref="LyraOptions.Default"/>.</summary>
    Default,

    /// <summary><see cref="LyraOptions.Embedded"/>: many small engines and short scripts.</summary>
    Embedded,

    /// <summary><see cref="LyraOptions.Server"/>: a few engines that live long.</summary>
    Server,
}
