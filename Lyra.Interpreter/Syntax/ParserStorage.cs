using System.Collections.Generic;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// The storage that a parser needs only while it runs. It is pooled, because a host may compile many small scripts.
/// </summary>
internal sealed class ParserStorage
{
    /// <summary>The most objects in the pool, about 8 KB each after small scripts.</summary>
    private const int MaxPooled = 16;

    /// <summary>Storage for more tokens is dropped.</summary>
    private const int MaxPooledTokens = 2_000;

    private static readonly ObjectPool<ParserStorage> Pool = new(MaxPooled);

    private ParserStorage()
    {
    }

    public GrowableArray<Token> Tokens { get; } = new();

    /// <summary>The brackets that are open while tokens are read.</summary>
    public BracketStack Brackets { get; } = new();

    /// <summary>The names in the source, each once.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>The parts of unfinished lists; see <see cref="NodeList{T}"/>.</summary>
    public GrowableArray<object?> Parts { get; } = new();

    /// <summary>Storage without content, from the pool.</summary>
    public static ParserStorage Rent() => Pool.Take() ?? new ParserStorage();

    /// <summary>Clears the storage and returns it to the pool.</summary>
    public void Return()
    {
        if (Tokens.Capacity > MaxPooledTokens)
        {
            return;
        }

        Clear();
        Pool.Keep(this);
    }

    /// <summary>Removes what the parser has read, but keeps the tokens.</summary>
    public void Restart()
    {
        Names.Clear();
        Parts.Clear();
    }

    private void Clear()
    {
        Restart();
        Tokens.Clear();
        Brackets.Clear();
    }
}
