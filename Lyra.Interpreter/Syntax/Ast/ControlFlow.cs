using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary><c>if … else if … else …</c>, as a statement (inside an <see cref="ExpressionStatement"/>) or as a value.</summary>
/// <remarks>
/// The same node is used for both, so there is one rule for the value of a block: that of its last statement if this is an
/// <see cref="ExpressionStatement"/>, otherwise nil. The clauses are a list of any length. Without <see cref="Else"/>, the value is nil if
/// no condition holds.
/// </remarks>
internal sealed class IfExpression(SourceSpan span, ImmutableArray<IfClause> clauses, BlockStatement? @else) : Expression(span)
{
    public ImmutableArray<IfClause> Clauses { get; } = clauses;

    public BlockStatement? Else { get; } = @else;
}

/// <summary>A condition and its body; the body of <c>if c return x</c> is a block without braces.</summary>
internal sealed class IfClause(SourceSpan span, Expression condition, BlockStatement body) : Node(span)
{
    public Expression Condition { get; } = condition;

    public BlockStatement Body { get; } = body;
}

/// <summary><c>match subject { … }</c>, as a statement (inside an <see cref="ExpressionStatement"/>) or as a value.</summary>
internal sealed class MatchExpression(SourceSpan span, Expression subject, ImmutableArray<MatchArm> arms) : Expression(span)
{
    public Expression Subject { get; } = subject;

    public ImmutableArray<MatchArm> Arms { get; } = arms;
}

/// <summary><c>pattern if guard => body</c>.</summary>
internal sealed class MatchArm(SourceSpan span, Pattern pattern, Expression? guard, Statement body) : Node(span)
{
    public Pattern Pattern { get; } = pattern;

    public Expression? Guard { get; } = guard;

    /// <summary>
    /// A <see cref="BlockStatement"/>, an <see cref="ExpressionStatement"/> (the arm's value), or, in a match that is a statement, one
    /// of the simple statements (assignment, return, break, continue, throw, yield).
    /// </summary>
    public Statement Body { get; } = body;
}
