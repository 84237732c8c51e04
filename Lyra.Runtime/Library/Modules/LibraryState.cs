using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The state of the library modules in one engine. Each part is created at its first use. Only the engine's thread uses it.
/// </summary>
internal sealed class LibraryState
{
    /// <summary>The most bytes of a matcher that is kept.</summary>
    private const long MaxMatcherBytes = 64 * 1024;

    private PatternCache? _patterns;
    private Matcher? _matcher;
    private KnownKeys? _matchKeys;

    private LibraryState()
    {
    }

    /// <summary>The compiled patterns of module <c>regex</c>.</summary>
    public PatternCache Patterns => _patterns ??= new PatternCache();

    /// <summary>The keys of a match.</summary>
    public KnownKeys MatchKeys => _matchKeys ??= RegexModule.NewKeys();

    /// <summary>Takes the matcher of the engine, or makes another one if it is in use.</summary>
    public Matcher TakeMatcher(ScriptContext context)
    {
        Matcher? matcher = _matcher;
        _matcher = null;
        return matcher ?? new Matcher(context);
    }

    /// <summary>Returns a matcher after its use.</summary>
    public void ReturnMatcher(Matcher matcher)
    {
        matcher.Clear();
        if (matcher.OwnBytes <= MaxMatcherBytes)
        {
            _matcher = matcher;
        }
    }

    /// <summary>The state of a context's engine.</summary>
    public static LibraryState Of(ScriptContext context) => (LibraryState)(context.LibraryState ??= new LibraryState());

    /// <summary>Counts what the modules keep, in the heap walk of the memory limit.</summary>
    public static void Visit(ScriptContext context, HeapVisitor visitor)
    {
        if (context.LibraryState is LibraryState state)
        {
            state._patterns?.Visit(visitor);
            visitor.Visit(state._matcher);
        }
    }
}
