using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Operators;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary><c>-x</c>, <c>~x</c>, <c>!x</c> and <c>not x</c> (the last two differ in precedence only).</summary>
internal sealed class UnaryExpression(SourceSpan span, UnaryOperator @operator, Expression operand) : Expression(span)
{
    public UnaryOperator Operator { get; } = @operator;

    public Expression Operand { get; } = operand;
}

/// <summary>
/// A binary operation. Both operands are always evaluated, the left one first. Run-time errors refer to <see cref="OperatorSpan"/>.
/// </summary>
internal sealed class BinaryExpression(
    SourceSpan span, BinaryOperator @operator, SourceSpan operatorSpan, Expression left, Expression right) : Expression(span)
{
    public BinaryOperator Operator { get; } = @operator;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;
}

/// <summary>
/// A run of more than <see cref="SyntaxLimits.MaxBinaryRun"/> left-associative operators of one precedence, <c>a + b - c + …</c>. Nested
/// <see cref="BinaryExpression"/>s would make the tree too high to walk. The value is <see cref="First"/>, to which each link is applied in
/// order.
/// </summary>
internal sealed class BinaryChainExpression(SourceSpan span, Expression first, ImmutableArray<BinaryLink> links) : Expression(span)
{
    public Expression First { get; } = first;

    public ImmutableArray<BinaryLink> Links { get; } = links;
}

/// <summary>An operator and its right operand, such as <c>+ b</c>, in a <see cref="BinaryChainExpression"/>.</summary>
internal readonly record struct BinaryLink(BinaryOperator Operator, SourceSpan OperatorSpan, Expression Operand);

/// <summary>
/// <c>a and b and c</c>: two or more operands of one operator. The value is that of the first operand that decides the result; the operands
/// after it are not evaluated.
/// </summary>
internal sealed class LogicalExpression(SourceSpan span, LogicalOperator @operator, ImmutableArray<Expression> operands) : Expression(span)
{
    public LogicalOperator Operator { get; } = @operator;

    public ImmutableArray<Expression> Operands { get; } = operands;
}

/// <summary>
/// <c>a..b</c>, or with <see cref="IsInclusive"/> <c>a..=b</c>. Inside an index, a <see cref="SliceExpression"/> is used instead.
/// </summary>
internal sealed class RangeExpression(SourceSpan span, Expression start, Expression end, bool isInclusive) : Expression(span)
{
    public Expression Start { get; } = start;

    public Expression End { get; } = end;

    public bool IsInclusive { get; } = isInclusive;
}

internal sealed class AwaitExpression(SourceSpan span, Expression operand) : Expression(span)
{
    public Expression Operand { get; } = operand;
}

/// <summary><c>spawn f(x)</c>: callee and arguments are evaluated here; the call runs in the task.</summary>
internal sealed class SpawnExpression(SourceSpan span, CallExpression call) : Expression(span)
{
    public CallExpression Call { get; } = call;
}
