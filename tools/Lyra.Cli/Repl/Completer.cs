using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Library;

namespace Lyra.Cli.Repl;

/// <summary>
/// Completes names: keywords, builtins, the names of the session and of the input, members after a dot, library modules after
/// <c>import</c>, commands, and files after <c>:load</c>. It never runs script code.
/// </summary>
internal static class Completer
{
    /// <summary>A letter put at the cursor: the token that it becomes part of is the one to complete.</summary>
    private const string Probe = "x";

    private static readonly string[] Keywords =
    [
        .. Enum.GetNames<TokenKind>().Select(static name => name.ToLowerInvariant()).Where(static name => TokenTable.IsKeyword(name)),
    ];

    /// <summary>Completes the text of an input up to the cursor.</summary>
    public static Completion Complete(LyraEngine engine, string text)
    {
        if (!SessionCommands.IsCommand(text))
        {
            return CompleteSource(engine, text, first: 0);
        }

        int start = text.IndexOf(':', StringComparison.Ordinal);
        (string name, _) = SessionCommands.Split(text[start..]);
        int end = start + name.Length;
        if (end == text.Length)
        {
            return Sorted(start, name, SessionCommands.All.Select(static command => command.Name));
        }

        SessionCommand[] commands = Array.FindAll(SessionCommands.All, command => command.Name.StartsWith(name, StringComparison.Ordinal));
        return Array.Exists(commands, static command => command.TakesSource) ? CompleteSource(engine, text, end)
            : Array.Exists(commands, static command => command.Name == SessionCommands.Load) ? CompleteFile(text, end)
            : Nothing(text);
    }

    private static Completion CompleteFile(string text, int end)
    {
        string path = text[end..].TrimStart();
        return Sorted(text.Length - path.Length, path, FileNames.StartingWith(path));
    }

    private static Completion CompleteSource(LyraEngine engine, string text, int first)
    {
        SourceText source = new(text[first..] + Probe, string.Empty);
        Token[] tokens = Lexer.Tokenize(source, new DiagnosticBag(source));

        // The last token is the end of the text. In a string, a comment or a number, the one before it is not a word at the cursor.
        int at = tokens.Length - 2;
        if (at < 0 || tokens[at].End != source.Length || !IsWord(tokens[at].Kind))
        {
            return Nothing(text);
        }

        TokenKind previous = at == 0 ? TokenKind.EndOfFile : tokens[at - 1].Kind;
        IEnumerable<string> names = previous switch
        {
            TokenKind.Dot or TokenKind.QuestionDot => MemberNames.Before(engine, source, tokens, at - 1),
            TokenKind.Import => LibraryTable.ModuleNames.Where(static name => !name.Contains('.')),
            _ => AllNames(engine, source, tokens[..at]),
        };
        return Sorted(first + tokens[at].Start, text[(first + tokens[at].Start)..], names);
    }

    private static bool IsWord(TokenKind kind) => kind is TokenKind.Identifier or (>= TokenKind.And and <= TokenKind.Yield);

    private static IEnumerable<string> AllNames(LyraEngine engine, SourceText source, Token[] before) =>
        Keywords.Concat(LibraryTable.AllBuiltins().Select(static builtin => builtin.Name)).Concat(engine.Globals.Keys)
            .Concat(before.Where(static token => token.Kind == TokenKind.Identifier).Select(token => source.GetText(token.Span)));

    private static Completion Sorted(int start, string word, IEnumerable<string> names) =>
        new(start, [.. names.Where(name => name.StartsWith(word, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)]);

    private static Completion Nothing(string text) => new(text.Length, []);
}
