using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The state of the library modules in one engine. Each part is created at its first use. Only the engine's thread uses it.
/// </summary>
internal sealed class LibraryState
{
    private RegexCache? _regexes;

    private LibraryState()
    {
    }

    /// <summary>The compiled patterns of module <c>regex</c>.</summary>
    public RegexCache Regexes => _regexes ??= new RegexCache();

    /// <summary>The state of a context's engine.</summary>
    public static LibraryState Of(ScriptContext context) => (LibraryState)(context.LibraryState ??= new LibraryState());
}
