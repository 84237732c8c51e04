using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>
/// <c>[x for x in xs if c]</c> or <c>{k: v for k in ks}</c>: a new list or map that a loop fills.
/// </summary>
internal sealed class Comprehension(SourceSpan span, ComprehensionLoop loop, bool isMap) : Expression(span)
{
    public ComprehensionLoop Loop { get; } = loop;

    public bool IsMap { get; } = isMap;
}

/// <summary>
/// What stands in the brackets of a comprehension. It is an expression only until its brackets are parsed. The first loop contains the
/// other clauses; the innermost statement is a <see cref="CollectStatement"/>.
/// </summary>
internal sealed class ComprehensionLoop(SourceSpan span, ForStatement first) : Expression(span)
{
    public ForStatement First { get; } = first;
}

/// <summary><c>(x for x in xs)</c>: an iterator.</summary>
internal sealed class LazyComprehension(SourceSpan span, ComprehensionLoop loop, CallExpression call) : Expression(span)
{
    /// <summary>The comprehension as it is written.</summary>
    public ComprehensionLoop Loop { get; } = loop;

    /// <summary>What it means: a call of a generator, whose argument is the first source.</summary>
    public CallExpression Call { get; } = call;
}

/// <summary>Adds an element to the list, or an entry to the map, of the innermost comprehension.</summary>
internal sealed class CollectStatement(SourceSpan span, Expression? key, Expression value) : Statement(span)
{
    public Expression? Key { get; } = key;

    public Expression Value { get; } = value;
}
