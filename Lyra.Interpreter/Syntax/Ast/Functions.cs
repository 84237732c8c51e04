using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary><c>proc(x) { … }</c>, <c>x => x + 1</c>, <c>(a, b) => { … }</c>: a proc without a name.</summary>
internal sealed class LambdaExpression(SourceSpan span, ProcNode proc) : Expression(span)
{
    public ProcNode Proc { get; } = proc;
}

/// <summary>A proc of any form: declaration, method, proc expression or lambda.</summary>
internal sealed class ProcNode(
    SourceSpan span,
    string? name,
    SourceSpan nameSpan,
    ImmutableArray<Parameter> parameters,
    TypeNode? resultType,
    BlockStatement body,
    ProcTraits traits) : Node(span)
{
    /// <summary>The name; null for proc expressions and lambdas.</summary>
    public string? Name { get; } = name;

    /// <summary>The span of the name; for procs without a name, that of the keyword or arrow.</summary>
    public SourceSpan NameSpan { get; } = nameSpan;

    public ImmutableArray<Parameter> Parameters { get; } = parameters;

    public TypeNode? ResultType { get; } = resultType;

    /// <summary>
    /// The body. For an expression lambda, a block whose only statement is a <see cref="ReturnStatement"/> of the expression.
    /// </summary>
    public BlockStatement Body { get; } = body;

    public ProcTraits Traits { get; } = traits;

    public bool IsAsync => (Traits & ProcTraits.Async) != 0;

    /// <summary>Whether a <c>yield</c> occurs in this proc itself, not only in a nested one: a call then returns an iterator.</summary>
    public bool ContainsYield => (Traits & ProcTraits.ContainsYield) != 0;

    /// <summary>Whether an <c>await</c> occurs in this proc itself.</summary>
    public bool ContainsAwait => (Traits & ProcTraits.ContainsAwait) != 0;

    /// <summary>Whether it is an expression lambda such as <c>x => x + 1</c>.</summary>
    public bool IsLambdaExpressionBody => (Traits & ProcTraits.ExpressionBody) != 0;

    /// <summary>Whether it is written with <c>=></c>.</summary>
    public bool IsLambda => (Traits & ProcTraits.Lambda) != 0;
}

[System.Flags]
internal enum ProcTraits
{
    None = 0,
    Async = 1,
    ContainsYield = 2,
    ContainsAwait = 4,
    ExpressionBody = 8,
    Lambda = 16,
}

/// <summary>A parameter <c>name: T = default</c>, or with <see cref="IsRest"/> <c>...name</c>, which is the last one.</summary>
internal sealed class Parameter(
    SourceSpan span, string name, SourceSpan nameSpan, TypeNode? annotation, Expression? defaultValue, bool isRest) : Node(span)
{
    /// <summary>The name; for one that destructures its argument, text that no name equals.</summary>
    public string Name { get; } = name;

    /// <summary>What destructures the argument: a tuple or list pattern of names; null for most parameters.</summary>
    public Pattern? Target { get; init; }

    public SourceSpan NameSpan { get; } = nameSpan;

    public TypeNode? Annotation { get; } = annotation;

    public Expression? DefaultValue { get; } = defaultValue;

    public bool IsRest { get; } = isRest;
}
