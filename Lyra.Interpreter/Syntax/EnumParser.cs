using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses enums.</summary>
internal sealed class EnumParser(Parser parser) : AreaParser(parser)
{
    public EnumDeclaration ParseEnum(int start, bool isPublic)
    {
        Tokens.Advance();
        string name = Errors.ExpectName(out SourceSpan nameSpan);
        NodeList<Node> members = Parser.NewList<Node>();
        if (TryOpenBraces(out OpenBraces braces))
        {
            while (Tokens.Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                ParseMember(members);
            }

            CloseBraces(braces);
        }

        SourceSpan span = Tokens.SpanFrom(start);
        ImmutableArray<EnumCase> cases = members.Of<EnumCase>();
        ImmutableArray<ProcNode> methods = members.Of<ProcNode>();
        members.Clear();
        if (cases.IsEmpty && !Errors.IsPanicking)
        {
            Errors.Report(SyntaxDiagnostics.NoCases, nameSpan, name);
        }

        return new EnumDeclaration(span, name, nameSpan, cases, methods, isPublic);
    }

    /// <summary>Parses a case or a proc and the separator after it.</summary>
    private void ParseMember(NodeList<Node> members)
    {
        int first = Tokens.Position;
        if (Tokens.Kind is TokenKind.Proc or TokenKind.Async && !IsCaseAhead)
        {
            members.Add(Parser.Procs.ParseNamedProc(isMember: true));
        }
        else if (Parser.Declarations.IsUseAhead)
        {
            Errors.ReportAndPanic(SyntaxDiagnostics.UseInEnum, Tokens.CurrentSpan);
        }
        else if (Tokens.IsWord)
        {
            members.Add(ParseCase());
        }
        else
        {
            Errors.ReportUnfit(SyntaxDiagnostics.ExpectedEnumMember);
        }

        Parser.Declarations.EndMember(first);
    }

    /// <summary>Whether the current word is the name of a case, although it is a keyword that begins a member.</summary>
    private bool IsCaseAhead => Tokens.PeekKind(1) is TokenKind.Comma or TokenKind.Semicolon or TokenKind.CloseBrace or TokenKind.OpenParen
        || Tokens[Tokens.Position + 1].IsFirstOnLine;

    private EnumCase ParseCase()
    {
        string name = Errors.ExpectMember(out SourceSpan nameSpan);
        ImmutableArray<FieldDeclaration> fields = [];
        if (Tokens.Kind == TokenKind.OpenParen && !Tokens.EndsLine)
        {
            fields = ParseDelimited(TokenKind.CloseParen, this, static p => p.Parser.Declarations.ParseField());
            if (fields.IsEmpty)
            {
                Errors.Report(SyntaxDiagnostics.EmptyCase, Tokens.SpanFrom(nameSpan.Start), name);
            }
        }

        return new EnumCase(Tokens.SpanFrom(nameSpan.Start), name, nameSpan, fields);
    }
}
