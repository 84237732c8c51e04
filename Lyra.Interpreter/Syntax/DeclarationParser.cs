using System;
using System.Collections.Immutable;
using System.Diagnostics;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses declarations: variables, procs and structs, and a preceding <c>pub</c>.</summary>
internal sealed class DeclarationParser(Parser parser) : AreaParser(parser)
{
    public Statement ParsePublic()
    {
        int start = Tokens.CurrentStart;
        SourceSpan keyword = Tokens.CurrentSpan;
        if (Placement.IsInBlock)
        {
            Errors.Report(SyntaxDiagnostics.MisplacedPub, keyword);
        }

        Tokens.Advance();
        switch (Tokens.Kind)
        {
            case TokenKind.Var or TokenKind.Let or TokenKind.Const: return ParseVariable(start, isPublic: true);
            case TokenKind.Proc or TokenKind.Async: return ParseProcDeclaration(start, isPublic: true);
            case TokenKind.Struct: return ParseStruct(start, isPublic: true);
            case TokenKind.Identifier when IsTypeAhead: return ParseTypeName(start, isPublic: true);
            case TokenKind.Identifier when IsEnumAhead: return Parser.Enums.ParseEnum(start, isPublic: true);
        }

        Errors.Report(SyntaxDiagnostics.MisplacedPub, keyword);
        return Parser.Statements.ParseMisplaced(start);
    }

    public VariableDeclaration ParseVariable(int start, bool isPublic)
    {
        SourceSpan keyword = Tokens.CurrentSpan;
        VariableKind kind = Tokens.Kind switch
        {
            TokenKind.Var => VariableKind.Var,
            TokenKind.Let => VariableKind.Let,
            TokenKind.Const => VariableKind.Const,
            _ => throw new UnreachableException(),
        };
        Tokens.Advance();
        Pattern target = Parser.Patterns.ParseTarget();
        TypeNode? annotation = Tokens.AcceptOnLine(TokenKind.Colon) ? Parser.Types.ParseType() : null;
        Expression? initializer = Tokens.AcceptOnLine(TokenKind.Equal) ? Parser.Expressions.ParseExpression() : null;
        if (initializer is null)
        {
            CheckMissingInitializer(kind, target, keyword);
        }

        return new VariableDeclaration(Tokens.SpanFrom(start), kind, target, annotation, initializer, isPublic);
    }

    private void CheckMissingInitializer(VariableKind kind, Pattern target, SourceSpan keyword)
    {
        bool isPlain = target is BindingPattern or WildcardPattern;
        if (!Tokens.AtStatementEnd || (isPlain && kind == VariableKind.Var))
        {
            return;
        }

        string declaration = kind == VariableKind.Var ? "A tuple or list" : $"A `{Tokens.Source.GetText(keyword)}`";
        Errors.Report(SyntaxDiagnostics.MissingInitializer, target.Span, declaration);
    }

    public ProcDeclaration ParseProcDeclaration(int start, bool isPublic)
    {
        ProcNode proc = Parser.Procs.ParseNamedProc();
        return new ProcDeclaration(Tokens.SpanFrom(start), proc, isPublic);
    }

    /// <summary>
    /// Whether <c>type</c> at the current position begins a declaration: a name follows it on its line, and <c>=</c> that. Elsewhere, it
    /// is the name of a builtin or a variable.
    /// </summary>
    public bool IsTypeAhead => Tokens.PeekKind(1) == TokenKind.Identifier && Tokens.PeekKind(2) == TokenKind.Equal
        && !Tokens[Tokens.Position + 1].IsFirstOnLine && Tokens.TextOf(Tokens.Current).SequenceEqual("type");

    /// <summary>Parses <c>type Row = {str: any}</c>.</summary>
    /// <summary>
    /// Whether <c>enum</c> at the current position begins a declaration: a name follows it on its line, and <c>{</c> that. Elsewhere, it is
    /// the name of a variable.
    /// </summary>
    public bool IsEnumAhead => Tokens.PeekKind(1) == TokenKind.Identifier && Tokens.PeekKind(2) == TokenKind.OpenBrace
        && !Tokens[Tokens.Position + 1].IsFirstOnLine && Tokens.TextOf(Tokens.Current).SequenceEqual("enum");

    public TypeDeclaration ParseTypeName(int start, bool isPublic)
    {
        Tokens.Advance();
        string name = Errors.ExpectName(out SourceSpan nameSpan);
        Errors.Expect(TokenKind.Equal);
        TypeNode type = Parser.Types.ParseType();
        return new TypeDeclaration(Tokens.SpanFrom(start), name, nameSpan, type, isPublic);
    }

    public StructDeclaration ParseStruct(int start, bool isPublic)
    {
        Tokens.Advance();
        string name = Errors.ExpectName(out SourceSpan nameSpan);
        NodeList<Node> members = Parser.NewList<Node>();
        if (TryOpenBraces(out OpenBraces braces))
        {
            while (Tokens.Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
            {
                ParseStructMember(members);
            }

            CloseBraces(braces);
        }

        SourceSpan span = Tokens.SpanFrom(start);
        ImmutableArray<FieldDeclaration> fields = members.Of<FieldDeclaration>();
        ImmutableArray<ProcNode> methods = members.Of<ProcNode>();
        ImmutableArray<UseClause> uses = members.Of<UseClause>();
        members.Clear();
        return new StructDeclaration(span, name, nameSpan, fields, methods, isPublic) { Uses = uses };
    }

    /// <summary>Parses a field or method and the separator after it.</summary>
    private void ParseStructMember(NodeList<Node> members)
    {
        int first = Tokens.Position;
        if (Tokens.Kind is TokenKind.Proc or TokenKind.Async && !IsFieldAhead())
        {
            members.Add(Parser.Procs.ParseNamedProc(isMember: true));
        }
        else if (IsUseAhead)
        {
            members.Add(ParseUse());
        }
        else if (Tokens.IsWord)
        {
            members.Add(ParseField());
        }
        else
        {
            Errors.ReportUnfit(SyntaxDiagnostics.ExpectedStructMember);
        }

        EndMember(first);
    }

    /// <summary>Whether <c>use</c> at the current position names a struct that is used, and is no name of a member.</summary>
    public bool IsUseAhead => Tokens.PeekKind(1) == TokenKind.Identifier && !Tokens[Tokens.Position + 1].IsFirstOnLine
        && Tokens.TextOf(Tokens.Current).SequenceEqual("use");

    private UseClause ParseUse()
    {
        int start = Tokens.CurrentStart;
        Tokens.Advance();
        NamedTypeNode type = Parser.Types.ParseName();
        return new UseClause(Tokens.SpanFrom(start), type);
    }

    /// <summary>Reads what separates the member that began at a token from the next one, or reports that nothing does.</summary>
    public void EndMember(int first)
    {
        bool isSeparated = Tokens.Kind is TokenKind.Comma or TokenKind.Semicolon or TokenKind.CloseBrace || Tokens.EndsLine;
        if (Errors.IsPanicking)
        {
            Recovery.SkipStatement(first, endsAtComma: true);
        }
        else if (!isSeparated)
        {
            ReportMemberEnd(first);
        }
        while (Tokens.Kind is TokenKind.Comma or TokenKind.Semicolon)
        {
            Tokens.Advance();
        }

        if (Tokens.Position == first)
        {
            Tokens.Advance();
        }
    }

    /// <summary>Whether the current word is the name of a field, although it is a keyword that begins a member.</summary>
    private bool IsFieldAhead() =>
        Tokens.PeekKind(1) is TokenKind.Colon or TokenKind.Equal or TokenKind.Comma or TokenKind.Semicolon or TokenKind.CloseBrace;

    private void ReportMemberEnd(int first)
    {
        Errors.ReportExpected("a new line, `;` or `,`");
        Recovery.SkipStatement(first, endsAtComma: true);
    }

    /// <summary>Parses a field of a struct or of a case of an enum: <c>name: T = default</c>.</summary>
    public FieldDeclaration ParseField()
    {
        string name = Errors.ExpectMember(out SourceSpan nameSpan);
        TypeNode? annotation = Tokens.AcceptOnLine(TokenKind.Colon) ? Parser.Types.ParseType() : null;
        Expression? defaultValue = null;
        if (Tokens.AcceptOnLine(TokenKind.Equal))
        {
            PlacementRules.ProcScope outer = Placement.EnterProc(ProcPlace.Field);
            defaultValue = Parser.Expressions.ParseExpression();
            Placement.ExitProc(outer);
        }

        return new FieldDeclaration(Tokens.SpanFrom(nameSpan.Start), name, nameSpan, annotation, defaultValue);
    }
}
