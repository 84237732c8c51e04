using System.Collections.Immutable;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>The root: one source file.</summary>
internal sealed class ModuleNode(SourceSpan span, SourceText source, ImmutableArray<Statement> statements) : Node(span)
{
    public SourceText Source { get; } = source;

    public ImmutableArray<Statement> Statements { get; } = statements;
}
