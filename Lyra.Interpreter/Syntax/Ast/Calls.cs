using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

internal enum ArgumentKind
{
    Positional,
    Named,
    Spread,
}

/// <summary>A call. In a method call, the callee is a <see cref="MemberExpression"/>.</summary>
internal sealed class CallExpression(SourceSpan span, Expression callee, ImmutableArray<CallArgument> arguments) : Expression(span)
{
    public Expression Callee { get; } = callee;

    public ImmutableArray<CallArgument> Arguments { get; } = arguments;
}

/// <summary><c>x</c>, <c>name: x</c> or <c>...x</c>. Named arguments and spreads may be in any order; the parser checks neither.</summary>
internal sealed class CallArgument(SourceSpan span, ArgumentKind kind, string? name, SourceSpan nameSpan, Expression value) : Node(span)
{
    public ArgumentKind Kind { get; } = kind;

    /// <summary>Not null only for <see cref="ArgumentKind.Named"/>.</summary>
    public string? Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public Expression Value { get; } = value;
}
