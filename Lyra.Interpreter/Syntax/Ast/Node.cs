using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>
/// A node of the syntax tree. Trees are immutable and have no scopes or types; the resolver determines the meaning of names.
/// </summary>
/// <remarks>
/// The parser limits the height of trees (<see cref="SyntaxLimits.MaxNesting"/>), including long chains, so that a recursive walk through
/// <see cref="DeepStack"/> is safe. Lists of any length (statements, else-if clauses, operands of <c>and</c>, links of a long <c>a + b +
/// …</c>) are arrays in one node, not nested nodes.
/// </remarks>
internal abstract class Node(SourceSpan span)
{
    public SourceSpan Span { get; } = span;
}

/// <summary>A node that has a value.</summary>
internal abstract class Expression(SourceSpan span) : Node(span);

/// <summary>A node that is part of a block.</summary>
internal abstract class Statement(SourceSpan span) : Node(span);

/// <summary>A node that matches or destructures a value.</summary>
internal abstract class Pattern(SourceSpan span) : Node(span);

/// <summary>An annotation.</summary>
internal abstract class TypeNode(SourceSpan span) : Node(span);

/// <summary>Replaces an expression that could not be parsed; occurs only in trees with syntax errors.</summary>
internal sealed class ErrorExpression(SourceSpan span) : Expression(span);
