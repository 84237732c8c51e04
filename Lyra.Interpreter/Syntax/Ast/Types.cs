using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>
/// <c>int</c>, <c>list</c>, <c>Point</c>, <c>module.Point</c>; also the bare keywords <c>nil</c> and <c>proc</c>. The resolver checks that
/// the type exists.
/// </summary>
internal sealed class NamedTypeNode(SourceSpan span, string? module, string name) : TypeNode(span)
{
    /// <summary>The module's name before the dot, or null.</summary>
    public string? Module { get; } = module;

    public string Name { get; } = name;
}

/// <summary><c>[T]</c>.</summary>
internal sealed class ListTypeNode(SourceSpan span, TypeNode element) : TypeNode(span)
{
    public TypeNode Element { get; } = element;
}

/// <summary><c>{K: V}</c>.</summary>
internal sealed class MapTypeNode(SourceSpan span, TypeNode key, TypeNode value) : TypeNode(span)
{
    public TypeNode Key { get; } = key;

    public TypeNode Value { get; } = value;
}

/// <summary><c>set[T]</c>, also written <c>{T}</c>.</summary>
internal sealed class SetTypeNode(SourceSpan span, TypeNode element) : TypeNode(span)
{
    public TypeNode Element { get; } = element;
}

/// <summary><c>(A, B)</c>, <c>(A,)</c>, <c>()</c>.</summary>
internal sealed class TupleTypeNode(SourceSpan span, ImmutableArray<TypeNode> items) : TypeNode(span)
{
    public ImmutableArray<TypeNode> Items { get; } = items;
}

/// <summary><c>proc(A, B) -> R</c>.</summary>
internal sealed class ProcTypeNode(SourceSpan span, ImmutableArray<TypeNode> parameters, TypeNode? result) : TypeNode(span)
{
    public ImmutableArray<TypeNode> Parameters { get; } = parameters;

    public TypeNode? Result { get; } = result;
}

/// <summary><c>A | B</c>: two or more types.</summary>
internal sealed class UnionTypeNode(SourceSpan span, ImmutableArray<TypeNode> items) : TypeNode(span)
{
    public ImmutableArray<TypeNode> Items { get; } = items;
}

/// <summary><c>T?</c>.</summary>
internal sealed class NullableTypeNode(SourceSpan span, TypeNode inner) : TypeNode(span)
{
    public TypeNode Inner { get; } = inner;
}
