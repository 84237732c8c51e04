using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses imports.</summary>
internal sealed class ImportParser(Parser parser) : AreaParser(parser)
{
    public Statement ParseImport()
    {
        int start = Tokens.CurrentStart;
        if (Placement.IsInBlock)
        {
            Errors.Report(SyntaxDiagnostics.MisplacedImport, Tokens.CurrentSpan);
        }

        Tokens.Advance();
        if (Tokens.Kind == TokenKind.OpenBrace)
        {
            return ParseImportNames(start);
        }

        ModulePath path = ParseModulePath();
        SourceSpan nameSpan = path.Span;
        string name = Tokens.AcceptWord("as") ? Errors.ExpectName(out nameSpan) : GetLastPart(path);
        return new ImportModule(Tokens.SpanFrom(start), path, name, nameSpan);
    }

    private ImportNames ParseImportNames(int start)
    {
        ImmutableArray<ImportedName> names = ParseDelimited(TokenKind.CloseBrace, this, static p => p.ParseImportedName());
        if (!Tokens.AcceptWord("from"))
        {
            Errors.ReportExpected("`from`");
        }

        ModulePath path = ParseModulePath();
        return new ImportNames(Tokens.SpanFrom(start), path, names);
    }

    private ImportedName ParseImportedName()
    {
        string name = Errors.ExpectName(out SourceSpan nameSpan);
        string alias = Tokens.AcceptWord("as") ? Errors.ExpectName(out _) : name;
        return new ImportedName(Tokens.SpanFrom(nameSpan.Start), name, alias);
    }

    private ModulePath ParseModulePath()
    {
        SourceSpan span = Tokens.CurrentSpan;
        switch (Tokens.Kind)
        {
            case TokenKind.Identifier: return new ModulePath(span, Tokens.TakeName(), isQuoted: false);
            case TokenKind.String: return new ModulePath(span, Parser.Literals.ParseString().Value, isQuoted: true);
            case TokenKind.TemplateHead:
                Errors.ReportAndPanic(SyntaxDiagnostics.InterpolatedLiteral, span);
                return new ModulePath(span, "", isQuoted: true);
        }

        Errors.ReportExpected("the name or quoted path of a module");
        return new ModulePath(span, "", isQuoted: true);
    }

    /// <summary>Returns the name that an import without <c>as</c> binds.</summary>
    private string GetLastPart(ModulePath path)
    {
        string name = path.LastPart;
        if (!Lexer.IsName(name))
        {
            Errors.Report(SyntaxDiagnostics.UnnamedModule, path.Span, path.Text);
        }

        return name;
    }
}
