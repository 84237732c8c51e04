using System;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Library;

namespace Lyra.Cli.Repl;

/// <summary>Classifies the characters of an input by the tokens of the language.</summary>
internal static class TextClasses
{
    /// <summary>The class of each character of an input.</summary>
    public static TextClass[] Of(string input)
    {
        TextClass[] classes = new TextClass[input.Length];
        int start = 0;
        if (SessionCommands.IsCommand(input))
        {
            int colon = input.IndexOf(':', StringComparison.Ordinal);
            start = colon + SessionCommands.Split(input[colon..]).Name.Length;
            classes.AsSpan(colon..start).Fill(TextClass.Command);
        }

        SourceText source = new(input[start..], string.Empty);
        int end = 0;
        foreach (Token token in Lexer.Tokenize(source, new DiagnosticBag(source)))
        {
            // Text between tokens is white space or a comment.
            classes.AsSpan((start + end)..(start + token.Start)).Fill(TextClass.Comment);
            classes.AsSpan(start + token.Start, token.Length).Fill(ClassOf(source, token));
            end = token.End;
        }

        return classes;
    }

    private static TextClass ClassOf(SourceText source, in Token token) => token.Kind switch
    {
        >= TokenKind.And and <= TokenKind.Yield => source.Text[token.Start] is '&' or '|' ? TextClass.Plain : TextClass.Keyword,
        TokenKind.Int or TokenKind.Float => TextClass.Number,
        TokenKind.String or TokenKind.TemplateHead or TokenKind.TemplateMiddle or TokenKind.TemplateTail => TextClass.Text,
        TokenKind.Identifier when LibraryTable.FindBuiltin(source.GetText(token.Span)) is not null => TextClass.Builtin,
        _ => TextClass.Plain,
    };
}
