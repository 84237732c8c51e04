using System.Collections.Generic;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>What a parser needs only while it runs. Parsers give it to later ones, because a host may compile many small scripts.</summary>
internal sealed class ParserStorage
{
    /// <summary>The number of objects that are kept, 10 KB each for small scripts.</summary>
    private const int MaxPooled = 16;

    /// <summary>The most tokens for which storage is kept.</summary>
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

    /// <summary>Storage without content.</summary>
    public static ParserStorage Rent() => Pool.Take() ?? new ParserStorage();

    /// <summary>Keeps the storage, which nobody uses any more, without its content. That of a large source is dropped.</summary>
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
