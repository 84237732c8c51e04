using Lyra.Runtime.Library.Modules;

namespace Lyra.Runtime.Library;

/// <summary>What library modules keep per engine. Every part is made at its first use. Used by the engine's thread only.</summary>
internal sealed class LibraryState
{
    private RegexCache? _regexes;

    /// <summary>The compiled patterns of module <c>regex</c>.</summary>
    public RegexCache Regexes => _regexes ??= new RegexCache();
}
