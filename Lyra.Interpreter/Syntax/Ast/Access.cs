using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

internal sealed class NameExpression(SourceSpan span, string name) : Expression(span)
{
    public string Name { get; } = name;
}

/// <summary><c>target.name</c>, or with <see cref="IsOptional"/> <c>target?.name</c> (see <see cref="OptionalChain"/>).</summary>
internal sealed class MemberExpression(
    SourceSpan span, Expression target, string name, SourceSpan nameSpan, bool isOptional) : Expression(span)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public bool IsOptional { get; } = isOptional;
}

/// <summary><c>target[index]</c> or <c>target?[index]</c>.</summary>
internal sealed class IndexExpression(SourceSpan span, Expression target, Expression index, bool isOptional) : Expression(span)
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public bool IsOptional { get; } = isOptional;
}

/// <summary><c>target[start..end]</c>; a missing start is 0, a missing end the length.</summary>
internal sealed class SliceExpression(
    SourceSpan span, Expression target, Expression? start, Expression? end, bool isInclusive, bool isOptional) : Expression(span)
{
    public Expression Target { get; } = target;

    public Expression? Start { get; } = start;

    public Expression? End { get; } = end;

    public bool IsInclusive { get; } = isInclusive;

    public bool IsOptional { get; } = isOptional;
}

/// <summary>
/// Wraps a whole chain such as <c>a?.b.c(d)</c> that contains an optional link. If the target of an optional link is nil, the value of this
/// node is nil and nothing after that link is evaluated, as in C#. Parentheses end a chain: <c>(a?.b).c</c>.
/// </summary>
internal sealed class OptionalChain(SourceSpan span, Expression chain) : Expression(span)
{
    public Expression Chain { get; } = chain;
}
