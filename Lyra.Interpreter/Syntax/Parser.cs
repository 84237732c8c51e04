using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Syntax;

/// <summary>Parses a source by recursive descent, with precedence climbing for binary operators.</summary>
/// <remarks>
/// <para>
/// The parser accepts any input and builds a tree for all of it. The tree may be compiled if the diagnostics contain no errors. Each area
/// of the grammar has its own class; all of them share the token cursor, the error reports, the recovery, the nesting depth and the
/// placement rules.
/// </para>
/// <para>
/// Newlines. The innermost bracket decides whether a newline ends a statement: blocks, arms and struct bodies set
/// <see cref="Surroundings.Lines"/>, all other brackets clear it. Code that requires an operand ignores newlines, so that the expression
/// continues on the next line. Code that <em>may</em> accept a token checks <see cref="TokenCursor.EndsLine"/> first.
/// </para>
/// <para>
/// Native stack. Every recursion calls <see cref="NestingDepth.TryEnter"/>. If the nesting exceeds the depth for which the stack of any
/// thread suffices, the parse starts over on a <see cref="DeepStack"/>.
/// </para>
/// </remarks>
internal sealed class Parser
{
    private readonly ParserStorage _storage;

    private Parser(SourceText source, ParserStorage storage, WorkMeter meter, DiagnosticBag diagnostics, bool hasDeepStack)
    {
        _storage = storage;
        Tokens = new TokenCursor(source, storage, meter);
        Errors = new SyntaxErrors(Tokens, diagnostics);
        Recovery = new ErrorRecovery(Tokens, Errors);
        Nesting = new NestingDepth(Tokens, Errors, hasDeepStack);
        Placement = new PlacementRules(Errors);

        Statements = new StatementParser(this);
        Assignments = new AssignmentParser(this);
        Blocks = new BlockParser(this);
        Matches = new MatchParser(this);
        Declarations = new DeclarationParser(this);
        Imports = new ImportParser(this);
        Procs = new ProcParser(this);
        Types = new TypeParser(this);
        Patterns = new PatternParser(this);
        Expressions = new ExpressionParser(this);
        Operands = new OperandParser(this);
        Literals = new LiteralParser(this);
        Comprehensions = new ComprehensionParser(this);
    }

    public TokenCursor Tokens { get; }

    public SyntaxErrors Errors { get; }

    public ErrorRecovery Recovery { get; }

    public NestingDepth Nesting { get; }

    public PlacementRules Placement { get; }

    public StatementParser Statements { get; }

    public AssignmentParser Assignments { get; }

    public BlockParser Blocks { get; }

    public MatchParser Matches { get; }

    public DeclarationParser Declarations { get; }

    public EnumParser Enums => field ??= new EnumParser(this);

    public ImportParser Imports { get; }

    public ProcParser Procs { get; }

    public TypeParser Types { get; }

    public PatternParser Patterns { get; }

    public ExpressionParser Expressions { get; }

    public OperandParser Operands { get; }

    public LiteralParser Literals { get; }

    public ComprehensionParser Comprehensions { get; }

    /// <summary>Parses a source and adds its errors to <paramref name="diagnostics"/>.</summary>
    public static ModuleNode Parse(SourceText source, DiagnosticBag diagnostics, WorkMeter? meter = null)
    {
        meter ??= new WorkMeter();
        ParserStorage storage = ParserStorage.Rent();
        Lexer.Tokenize(source, diagnostics, meter, storage);
        int reported = diagnostics.Count;
        Parser parser = new(source, storage, meter, diagnostics, hasDeepStack: false);
        ModuleNode module = parser.ParseModule();
        if (parser.Nesting.NeedsDeepStack)
        {
            diagnostics.Truncate(reported);
            storage.Restart();
            module = ParseDeep(source, storage, meter, diagnostics);
        }

        storage.Return();
        return module;
    }

    /// <summary>
    /// Parses once more an expression of a source: a copy of its tree, with the same positions. Reports nothing, because the first parse
    /// has done so.
    /// </summary>
    public static Expression ParseAgain(SourceText source, SourceSpan expression, WorkMeter meter)
    {
        ParserStorage storage = ParserStorage.Rent();
        DiagnosticBag ignored = new(source);
        Lexer.Tokenize(source, expression, ignored, meter, storage);
        Parser parser = new(source, storage, meter, ignored, hasDeepStack: false);
        Expression copy = parser.Expressions.ParseExpression();
        if (parser.Nesting.NeedsDeepStack)
        {
            storage.Restart();
            copy = DeepStack.Run(
                SyntaxLimits.MaxNesting,
                () => new Parser(source, storage, meter, ignored, hasDeepStack: true).Expressions.ParseExpression());
        }

        storage.Return();
        return copy;
    }

    private static ModuleNode ParseDeep(SourceText source, ParserStorage storage, WorkMeter meter, DiagnosticBag diagnostics) =>
        DeepStack.Run(SyntaxLimits.MaxNesting, () => new Parser(source, storage, meter, diagnostics, hasDeepStack: true).ParseModule());

    /// <summary>Opens a list of nodes.</summary>
    public NodeList<T> NewList<T>() => new(_storage.Parts);

    private ModuleNode ParseModule()
    {
        ImmutableArray<Statement> statements = Statements.ParseStatements(TokenKind.EndOfFile);
        return new ModuleNode(new SourceSpan(0, Tokens.Source.Length), Tokens.Source, statements, Nesting.Peak);
    }
}
