namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>
/// A node of the syntax tree. Trees are immutable and hold no scopes or types: what a name means is the resolver's affair.
/// </summary>
/// <remarks>
/// The parser bounds the height of what it builds (<see cref="SyntaxLimits.MaxNesting"/>), long chains included, so a recursive walk is
/// safe through <see cref="DeepStack"/>.
/// Lists that sources may make arbitrarily long (statements, else-if clauses, operands of <c>and</c>, links of a long
/// <c>a + b + …</c>) are arrays in one node and not nested nodes.
/// </remarks>
internal abstract class Node(SourceSpan span)
{
    public SourceSpan Span { get; } = span;
}

/// <summary>What has a value.</summary>
internal abstract class Expression(SourceSpan span) : Node(span);

/// <summary>What stands in a block.</summary>
internal abstract class Statement(SourceSpan span) : Node(span);

/// <summary>What a value is matched against or taken apart by.</summary>
internal abstract class Pattern(SourceSpan span) : Node(span);

/// <summary>An annotation.</summary>
internal abstract class TypeNode(SourceSpan span) : Node(span);

/// <summary>Stands where an expression was wanted and none could be read. Only in trees with syntax errors.</summary>
internal sealed class ErrorExpression(SourceSpan span) : Expression(span);
