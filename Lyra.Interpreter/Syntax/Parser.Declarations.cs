using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Variables, structs, imports and <c>pub</c>.</summary>
internal sealed partial class Parser
{
    private Statement ParsePublic()
    {
        int start = CurrentStart;
        SourceSpan keyword = CurrentSpan;
        if (_blocks > 0) ReportMildly(SyntaxDiagnostics.MisplacedPub, keyword);
        Advance();
        switch (Kind)
        {
            case TokenKind.Var or TokenKind.Let or TokenKind.Const: return ParseVariable(start, isPublic: true);
            case TokenKind.Proc or TokenKind.Async: return ParseProcDeclaration(start, isPublic: true);
            case TokenKind.Struct: return ParseStruct(start, isPublic: true);
        }

        ReportMildly(SyntaxDiagnostics.MisplacedPub, keyword);
        return AtStatementEnd ? new BlockStatement(SpanFrom(start), [], hasBraces: false) : ParseInnerStatement();
    }

    private VariableDeclaration ParseVariable(int start, bool isPublic)
    {
        SourceSpan keyword = CurrentSpan;
        VariableKind kind = Kind switch
        {
            TokenKind.Var => VariableKind.Var,
            TokenKind.Let => VariableKind.Let,
            _ => VariableKind.Const,
        };
        Advance();
        Pattern target = ParseTarget();
        TypeNode? annotation = AcceptOnLine(TokenKind.Colon) ? ParseType() : null;
        Expression? initializer = AcceptOnLine(TokenKind.Equal) ? ParseExpression() : null;
        if (initializer is null) CheckMissingInitializer(kind, target, keyword);
        return new VariableDeclaration(SpanFrom(start), kind, target, annotation, initializer, isPublic);
    }

    private void CheckMissingInitializer(VariableKind kind, Pattern target, SourceSpan keyword)
    {
        bool isPlain = target is BindingPattern or WildcardPattern;
        if (!AtStatementEnd || (isPlain && kind == VariableKind.Var)) return;

        string what = kind == VariableKind.Var ? "A tuple or list" : $"A `{_source.GetText(keyword)}`";
        ReportMildly(SyntaxDiagnostics.MissingInitializer, target.Span, what);
    }

    private ProcDeclaration ParseProcDeclaration(int start, bool isPublic)
    {
        ProcNode proc = ParseNamedProc();
        return new ProcDeclaration(SpanFrom(start), proc, isPublic);
    }

    private StructDeclaration ParseStruct(int start, bool isPublic)
    {
        Advance();
        string name = ExpectName(out SourceSpan nameSpan);
        ImmutableArray<FieldDeclaration>.Builder fields = ImmutableArray.CreateBuilder<FieldDeclaration>();
        ImmutableArray<ProcNode>.Builder methods = ImmutableArray.CreateBuilder<ProcNode>();
        int opening = _position;
        Surroundings outer = _surroundings;
        if (Expect(TokenKind.OpenBrace) && TryEnter())
        {
            _surroundings = Surroundings.Lines;
            _blocks++;
            while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile)) ParseStructMember(fields, methods);
            ExpectClosing(TokenKind.CloseBrace, opening);
            _blocks--;
            _surroundings = outer;
            Leave();
        }

        return new StructDeclaration(SpanFrom(start), name, nameSpan, fields.DrainToImmutable(), methods.DrainToImmutable(), isPublic);
    }

    /// <summary>A field or a method, with the separator behind it.</summary>
    private void ParseStructMember(ImmutableArray<FieldDeclaration>.Builder fields, ImmutableArray<ProcNode>.Builder methods)
    {
        int first = _position;
        switch (Kind)
        {
            case TokenKind.Proc or TokenKind.Async:
                methods.Add(ParseNamedProc());
                break;
            case TokenKind.Identifier:
                fields.Add(ParseField());
                break;
            default:
                ReportUnfit(SyntaxDiagnostics.ExpectedStructMember);
                break;
        }

        if (_isPanicking) SkipStatement(first, endsAtComma: true);
        else if (Kind is not (TokenKind.Comma or TokenKind.Semicolon or TokenKind.CloseBrace) && !EndsLine) ReportMemberEnd(first);
        while (Kind is TokenKind.Comma or TokenKind.Semicolon) Advance();
        if (_position == first) Advance();
    }

    private void ReportMemberEnd(int first)
    {
        ReportExpected("a new line, `;` or `,`");
        SkipStatement(first, endsAtComma: true);
    }

    private FieldDeclaration ParseField()
    {
        string name = ExpectName(out SourceSpan nameSpan);
        TypeNode? annotation = AcceptOnLine(TokenKind.Colon) ? ParseType() : null;
        Expression? defaultValue = null;
        if (AcceptOnLine(TokenKind.Equal))
        {
            ProcScope outer = EnterProc(ProcPlace.Field);
            defaultValue = ParseExpression();
            _proc = outer;
        }

        return new FieldDeclaration(SpanFrom(nameSpan.Start), name, nameSpan, annotation, defaultValue);
    }

    private Statement ParseImport()
    {
        int start = CurrentStart;
        if (_blocks > 0) ReportMildly(SyntaxDiagnostics.MisplacedImport, CurrentSpan);
        Advance();
        if (Kind == TokenKind.OpenBrace) return ParseImportNames(start);

        ModulePath path = ParseModulePath();
        SourceSpan nameSpan = path.Span;
        string name = AcceptWord("as") ? ExpectName(out nameSpan) : GetLastPart(path);
        return new ImportModule(SpanFrom(start), path, name, nameSpan);
    }

    private ImportNames ParseImportNames(int start)
    {
        ImmutableArray<ImportedName> names = ParseDelimited(TokenKind.CloseBrace, static p => p.ParseImportedName());
        if (!AcceptWord("from")) ReportExpected("`from`");
        ModulePath path = ParseModulePath();
        return new ImportNames(SpanFrom(start), path, names);
    }

    private ImportedName ParseImportedName()
    {
        string name = ExpectName(out SourceSpan nameSpan);
        string alias = AcceptWord("as") ? ExpectName(out _) : name;
        return new ImportedName(SpanFrom(nameSpan.Start), name, alias);
    }

    private ModulePath ParseModulePath()
    {
        SourceSpan span = CurrentSpan;
        switch (Kind)
        {
            case TokenKind.Identifier: return new ModulePath(span, TakeName(), isQuoted: false);
            case TokenKind.String: return new ModulePath(span, ParseString().Value, isQuoted: true);
            case TokenKind.TemplateHead:
                Report(SyntaxDiagnostics.InterpolatedLiteral, span);
                return new ModulePath(span, "", isQuoted: true);
        }

        ReportExpected("the name or quoted path of a module");
        return new ModulePath(span, "", isQuoted: true);
    }

    /// <summary>The name that an import without <c>as</c> binds.</summary>
    private string GetLastPart(ModulePath path)
    {
        string name = path.LastPart;
        if (!Lexer.IsName(name)) ReportMildly(SyntaxDiagnostics.UnnamedModule, path.Span, path.Text);
        return name;
    }
}
