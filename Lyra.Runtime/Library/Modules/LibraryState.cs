using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The state of the library modules in one engine. Each part is created at its first use. Only the engine's thread uses it.
/// </summary>
internal sealed class LibraryState
{
    private PatternCache? _patterns;

    private LibraryState()
    {
    }

    /// <summary>The compiled patterns of module <c>regex</c>.</summary>
    public PatternCache Patterns => _patterns ??= new PatternCache();

    /// <summary>The state of a context's engine.</summary>
    public static LibraryState Of(ScriptContext context) => (LibraryState)(context.LibraryState ??= new LibraryState());

    /// <summary>Counts what the modules keep, in the heap walk of the memory limit.</summary>
    public static void Visit(ScriptContext context, HeapVisitor visitor)
    {
        if (context.LibraryState is LibraryState { _patterns: { } patterns })
        {
            visitor.VisitShared(patterns, patterns.Bytes);
        }
    }
}
