using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax.Ast;

internal sealed class ExpressionStatement(SourceSpan span, Expression expression) : Statement(span)
{
    public Expression Expression { get; } = expression;
}

/// <summary>A block and a scope. Without braces (<c>if c return</c>) it holds one statement.</summary>
internal sealed class BlockStatement(SourceSpan span, ImmutableArray<Statement> statements, bool hasBraces) : Statement(span)
{
    public ImmutableArray<Statement> Statements { get; } = statements;

    public bool HasBraces { get; } = hasBraces;
}

/// <summary>
/// <c>a = x</c>; <c>a, b = x, y</c>, a parallel assignment of as many values as targets; or <c>a, b = v</c>, which destructures one value.
/// </summary>
/// <remarks>
/// A target is a <see cref="NameExpression"/>, a <see cref="MemberExpression"/> or <see cref="IndexExpression"/> that is not optional, or a
/// <see cref="TupleLiteral"/> or <see cref="ListLiteral"/> of targets, which destructures its value.
/// </remarks>
internal sealed class AssignmentStatement(SourceSpan span, ImmutableArray<Expression> targets, ImmutableArray<Expression> values)
    : Statement(span)
{
    public ImmutableArray<Expression> Targets { get; } = targets;

    public ImmutableArray<Expression> Values { get; } = values;

    /// <summary>Whether it destructures one value, as in <c>a, b = v</c>.</summary>
    public bool IsDestructuring => Targets.Length > 1 && Values.Length == 1;
}

/// <summary><c>target += value</c> or <c>target ??= value</c>; the target is a name, a member or an index.</summary>
internal sealed class CompoundAssignmentStatement(
    SourceSpan span, BinaryOperator? @operator, SourceSpan operatorSpan, Expression target, Expression value) : Statement(span)
{
    /// <summary>
    /// The operator that combines the old value with the right side; null for <c>??=</c>, which evaluates and stores the right side only if
    /// the old value is nil.
    /// </summary>
    public BinaryOperator? Operator { get; } = @operator;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    public Expression Target { get; } = target;

    public Expression Value { get; } = value;
}

internal sealed class WhileStatement(SourceSpan span, string? label, Expression condition, BlockStatement body) : Statement(span)
{
    public string? Label { get; } = label;

    public Expression Condition { get; } = condition;

    public BlockStatement Body { get; } = body;
}

/// <summary>
/// <c>for x in xs</c>, <c>for i, x in xs</c> (<see cref="Second"/> is not null), <c>for (a, b) in xs</c>. The patterns are those of
/// declarations.
/// </summary>
internal sealed class ForStatement(
    SourceSpan span, string? label, Pattern first, Pattern? second, Expression iterable, BlockStatement body) : Statement(span)
{
    public string? Label { get; } = label;

    public Pattern First { get; } = first;

    public Pattern? Second { get; } = second;

    public Expression Iterable { get; } = iterable;

    public BlockStatement Body { get; } = body;
}

/// <summary>A break. A label, if any, names an enclosing loop of the same proc.</summary>
internal sealed class BreakStatement(SourceSpan span, string? label) : Statement(span)
{
    public string? Label { get; } = label;
}

/// <summary>A continue. A label, if any, names an enclosing loop of the same proc.</summary>
internal sealed class ContinueStatement(SourceSpan span, string? label) : Statement(span)
{
    public string? Label { get; } = label;
}

internal sealed class ReturnStatement(SourceSpan span, Expression? value) : Statement(span)
{
    public Expression? Value { get; } = value;
}

internal sealed class YieldStatement(SourceSpan span, Expression? value) : Statement(span)
{
    public Expression? Value { get; } = value;
}

internal sealed class ThrowStatement(SourceSpan span, Expression value) : Statement(span)
{
    public Expression Value { get; } = value;
}

/// <summary>A <c>try</c> with at least one catch clause or a finally block.</summary>
internal sealed class TryStatement(
    SourceSpan span, BlockStatement body, ImmutableArray<CatchClause> catches, BlockStatement? @finally) : Statement(span)
{
    public BlockStatement Body { get; } = body;

    public ImmutableArray<CatchClause> Catches { get; } = catches;

    public BlockStatement? Finally { get; } = @finally;
}

/// <summary><c>catch e</c>, <c>catch e: "Kind"</c> or <c>catch</c> alone.</summary>
internal sealed class CatchClause(SourceSpan span, string? name, SourceSpan nameSpan, string? kind, BlockStatement body) : Node(span)
{
    public string? Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    /// <summary>The kind of error that it catches; null to catch every kind.</summary>
    public string? Kind { get; } = kind;

    public BlockStatement Body { get; } = body;
}
