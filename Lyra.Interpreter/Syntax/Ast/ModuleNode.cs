using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>The root: one source file.</summary>
internal sealed class ModuleNode(SourceSpan span, SourceText source, ImmutableArray<Statement> statements, int depth) : Node(span)
{
    public SourceText Source { get; } = source;

    public ImmutableArray<Statement> Statements { get; } = statements;

    /// <summary>
    /// The nesting depth of the tree, as defined for <see cref="SyntaxLimits.MaxNesting"/>. Use <see cref="DeepStack"/> to walk the tree.
    /// </summary>
    public int Depth { get; } = depth;
}
