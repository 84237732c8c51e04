using System.Collections.Immutable;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>The root: one source file.</summary>
internal sealed class ModuleNode(SourceSpan span, SourceText source, ImmutableArray<Statement> statements, int depth) : Node(span)
{
    public SourceText Source { get; } = source;

    public ImmutableArray<Statement> Statements { get; } = statements;

    /// <summary>
    /// How deep the tree is nested, counted as in <see cref="SyntaxLimits.MaxNesting"/>; walk it through <see cref="DeepStack"/>.
    /// </summary>
    public int Depth { get; } = depth;
}
