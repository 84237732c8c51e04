using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary><c>_</c>.</summary>
internal sealed class WildcardPattern(SourceSpan span) : Pattern(span);

/// <summary><c>name</c> or <c>name: Type</c>. The name <c>_</c> with a type binds nothing and only tests.</summary>
internal sealed class BindingPattern(SourceSpan span, string name, TypeNode? type) : Pattern(span)
{
    public string Name { get; } = name;

    public TypeNode? Type { get; } = type;
}

/// <summary>
/// A literal: <see cref="NilLiteral"/>, <see cref="BoolLiteral"/>, <see cref="StringLiteral"/>, <see cref="IntLiteral"/> or
/// <see cref="FloatLiteral"/>. The value includes a minus sign, so only here may the two number literals be negative.
/// </summary>
internal sealed class LiteralPattern(SourceSpan span, Expression literal) : Pattern(span)
{
    public Expression Literal { get; } = literal;
}

/// <summary><c>-5..0</c>, <c>0..=10</c>: the limits are ints, possibly negative.</summary>
internal sealed class RangePattern(SourceSpan span, IntLiteral start, IntLiteral end, bool isInclusive) : Pattern(span)
{
    public IntLiteral Start { get; } = start;

    public IntLiteral End { get; } = end;

    public bool IsInclusive { get; } = isInclusive;
}

/// <summary><c>[a, ...rest, b]</c>: at most one of the items is a <see cref="RestPattern"/>.</summary>
internal sealed class ListPattern(SourceSpan span, ImmutableArray<Pattern> items, int restIndex) : Pattern(span)
{
    public ImmutableArray<Pattern> Items { get; } = items;

    /// <summary>The index of the <see cref="RestPattern"/> in <see cref="Items"/>, or −1.</summary>
    public int RestIndex { get; } = restIndex;
}

/// <summary><c>(a, b)</c>: at most one of the items is a <see cref="RestPattern"/>.</summary>
internal sealed class TuplePattern(SourceSpan span, ImmutableArray<Pattern> items, int restIndex) : Pattern(span)
{
    public ImmutableArray<Pattern> Items { get; } = items;

    /// <summary>The index of the <see cref="RestPattern"/> in <see cref="Items"/>, or −1.</summary>
    public int RestIndex { get; } = restIndex;
}

/// <summary><c>...name</c> or <c>...</c>, only as an item of a list or tuple pattern.</summary>
internal sealed class RestPattern(SourceSpan span, BindingPattern? binding) : Pattern(span)
{
    /// <summary>The variable that gets the rest; null if it has no name.</summary>
    public BindingPattern? Binding { get; } = binding;
}

/// <summary><c>{"k": p}</c> (exactly these keys), or with <see cref="IsOpen"/> <c>{"k": p, ...}</c> (at least these).</summary>
internal sealed class MapPattern(SourceSpan span, ImmutableArray<MapPatternEntry> entries, bool isOpen) : Pattern(span)
{
    public ImmutableArray<MapPatternEntry> Entries { get; } = entries;

    public bool IsOpen { get; } = isOpen;
}

/// <summary>A key and its pattern. The key is a literal as in a <see cref="LiteralPattern"/>.</summary>
internal sealed class MapPatternEntry(SourceSpan span, Expression key, Pattern value) : Node(span)
{
    public Expression Key { get; } = key;

    public Pattern Value { get; } = value;
}

/// <summary><c>Point{x, y: 0}</c>. <see cref="Type"/> has the same form as in a <see cref="StructLiteral"/>.</summary>
internal sealed class StructPattern(SourceSpan span, Expression type, ImmutableArray<FieldPattern> fields) : Pattern(span)
{
    public Expression Type { get; } = type;

    public ImmutableArray<FieldPattern> Fields { get; } = fields;
}

/// <summary>
/// <c>Suit.Clubs</c>, <c>Shape.Rect(w, h: 0, ...)</c>: a case of an enum, in parentheses with patterns for its fields. In braces, it has
/// the form of a <see cref="StructPattern"/>.
/// </summary>
/// <remarks>The resolver replaces it by the pattern of the struct that holds the values of the case.</remarks>
internal sealed class CasePattern(SourceSpan span, Expression type, ImmutableArray<CaseField> fields, bool isOpen) : Pattern(span)
{
    /// <summary>The name of the case, with or without its enum, as in a <see cref="StructPattern"/>.</summary>
    public Expression Type { get; } = type;

    public ImmutableArray<CaseField> Fields { get; } = fields;

    /// <summary>Whether there may be other fields: <c>...</c> stands last, or there are no parentheses.</summary>
    public bool IsOpen { get; } = isOpen;
}

/// <summary><c>p</c> or <c>w: p</c> in the parentheses of a <see cref="CasePattern"/>.</summary>
internal sealed class CaseField(SourceSpan span, string? name, Pattern pattern) : Node(span)
{
    /// <summary>The name of the field; null if its position says which one it is.</summary>
    public string? Name { get; } = name;

    public Pattern Pattern { get; } = pattern;
}

/// <summary><c>y: 0</c>; for the short form <c>x</c> the pattern is a <see cref="BindingPattern"/> of that name.</summary>
internal sealed class FieldPattern(SourceSpan span, string name, SourceSpan nameSpan, Pattern pattern) : Node(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public Pattern Pattern { get; } = pattern;
}

/// <summary><c>p1 | p2</c>: two or more alternatives, tried in order.</summary>
internal sealed class AlternativePattern(SourceSpan span, ImmutableArray<Pattern> alternatives) : Pattern(span)
{
    public ImmutableArray<Pattern> Alternatives { get; } = alternatives;
}

/// <summary><c>p as name</c>; its precedence is below that of <c>|</c>.</summary>
internal sealed class AsPattern(SourceSpan span, Pattern pattern, string name, SourceSpan nameSpan) : Pattern(span)
{
    public Pattern Pattern { get; } = pattern;

    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;
}
