using Lyra.Runtime.Library.Modules;

namespace Lyra.Runtime.Library;

/// <summary>
/// The state of the library modules in one engine. Each part is created at its first use. Only the engine's thread uses it.
/// </summary>
internal sealed class LibraryState
{
    private RegexCache? _regexes;

    /// <summary>The compiled patterns of module <c>regex</c>.</summary>
    public RegexCache Regexes => _regexes ??= new RegexCache();
}
