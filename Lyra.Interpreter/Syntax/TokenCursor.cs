using System;
using System.Collections.Generic;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>The tokens of a source and the position of the parser in them.</summary>
internal sealed class TokenCursor(SourceText source, ParserStorage storage, WorkMeter meter)
{
    private readonly GrowableArray<Token> _tokens = storage.Tokens;

    public SourceText Source { get; } = source;

    public int Count => _tokens.Count;

    /// <summary>The index of the current token.</summary>
    public int Position { get; set; }

    public Surroundings Surroundings { get; set; } = Surroundings.Lines;

    public ref readonly Token Current => ref _tokens[Position];

    public TokenKind Kind => _tokens[Position].Kind;

    /// <summary>Whether the current token is a name or a keyword: every word may name a member.</summary>
    public bool IsWord => Kind == TokenKind.Identifier || TokenTable.IsKeyword(TextOf(Current));

    public SourceSpan CurrentSpan => _tokens[Position].Span;

    public int CurrentStart => _tokens[Position].Start;

    public int PreviousEnd => Position > 0 ? _tokens[Position - 1].End : 0;

    /// <summary>True if a newline before the current token ends the statement.</summary>
    public bool EndsLine => _tokens[Position].IsFirstOnLine && (Surroundings & Surroundings.Lines) != 0;

    public bool AtStatementEnd => Kind is TokenKind.EndOfFile or TokenKind.Semicolon or TokenKind.CloseBrace || EndsLine;

    public ref readonly Token this[int index] => ref _tokens[index];

    public TokenKind PeekKind(int distance) => _tokens[Math.Min(Position + distance, _tokens.Count - 1)].Kind;

    /// <summary>The span from a start to the end of the last token that was read.</summary>
    public SourceSpan SpanFrom(int start) => SourceSpan.FromBounds(start, PreviousEnd);

    public ReadOnlySpan<char> TextOf(in Token token) => Source.Text.AsSpan(token.Start, token.Length);

    /// <summary>Goes to the next token; stays at the end of the file.</summary>
    public void Advance()
    {
        if (Position < _tokens.Count - 1)
        {
            Position++;
        }

        meter.Count(CompilationCosts.Token);
    }

    /// <summary>Goes to the end of the file.</summary>
    public void SkipAll() => Position = _tokens.Count - 1;

    public bool Accept(TokenKind kind)
    {
        if (Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Accepts an optional token, unless a newline ended the statement before it.</summary>
    public bool AcceptOnLine(TokenKind kind) => !EndsLine && Accept(kind);

    /// <summary>Accepts a word that is a keyword only in this context: <c>as</c>, <c>from</c>.</summary>
    public bool AcceptWord(string word)
    {
        if (Kind != TokenKind.Identifier || EndsLine || !TextOf(Current).SequenceEqual(word))
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Reads the current token as a name. Equal names are the same string object.</summary>
    public string TakeName()
    {
        ReadOnlySpan<char> text = TextOf(Current);
        Advance();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = storage.Names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out string? known))
        {
            return known;
        }

        string name = text.ToString();
        storage.Names.Add(name);
        return name;
    }
}
