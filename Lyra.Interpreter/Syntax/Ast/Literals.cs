using System.Collections.Immutable;
using System.Numerics;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Syntax.Ast;

/// <summary>Literals that refer to no name.</summary>
internal static class PlainLiterals
{
    /// <summary>Whether the value of an expression is the same wherever it stands: a literal, or an empty list or map.</summary>
    public static bool Includes(Expression? expression) => expression switch
    {
        NilLiteral or BoolLiteral or IntLiteral or FloatLiteral or DecimalLiteral or StringLiteral => true,
        UnaryExpression { Operand: IntLiteral or FloatLiteral or DecimalLiteral } => true,
        ListLiteral list => list.Items.Length == 0,
        MapLiteral map => map.Entries.Length == 0,
        _ => false,
    };
}

internal sealed class NilLiteral(SourceSpan span) : Expression(span);

internal sealed class BoolLiteral(SourceSpan span, bool value) : Expression(span)
{
    public bool Value { get; } = value;
}

/// <summary>
/// An int of any size. It is never negative: a minus sign before it is a <see cref="UnaryExpression"/> (but see
/// <see cref="LiteralPattern"/>).
/// </summary>
internal sealed class IntLiteral(SourceSpan span, BigInteger value) : Expression(span)
{
    public BigInteger Value { get; } = value;
}

internal sealed class FloatLiteral(SourceSpan span, double value) : Expression(span)
{
    public double Value { get; } = value;
}

/// <summary>A decimal: <c>1.10d</c>.</summary>
internal sealed class DecimalLiteral(SourceSpan span, decimal value) : Expression(span)
{
    public decimal Value { get; } = value;
}

/// <summary>A str without interpolation; escapes and the indentation of <c>"""</c> have been processed.</summary>
internal sealed class StringLiteral(SourceSpan span, string value) : Expression(span)
{
    public string Value { get; } = value;
}

/// <summary>
/// <c>"a${b}c"</c>: its parts in order, at least one of which is the expression of a <c>${ }</c>. A text part is a
/// <see cref="StringLiteral"/> that is never empty and never adjacent to another one (a literal as in <c>${"x"}</c> is text too).
/// </summary>
internal sealed class InterpolatedString(SourceSpan span, ImmutableArray<Expression> parts) : Expression(span)
{
    public ImmutableArray<Expression> Parts { get; } = parts;
}

/// <summary>
/// <c>x,8:F2</c> in a <c>${ }</c>: the str that a value is with a format, padded to a width. The format is empty if there is none. The
/// width is 0 if there is none, and negative if the padding comes after the text.
/// </summary>
internal sealed class FormattedExpression(SourceSpan span, Expression value, string format, int width) : Expression(span)
{
    public Expression Value { get; } = value;

    public string Format { get; } = format;

    public int Width { get; } = width;
}

/// <summary><c>...xs</c> as an item of a list, a tuple or the targets of an assignment.</summary>
internal sealed class SpreadExpression(SourceSpan span, Expression value) : Expression(span)
{
    public Expression Value { get; } = value;
}

/// <summary>A list; an item may be a <see cref="SpreadExpression"/>.</summary>
internal sealed class ListLiteral(SourceSpan span, ImmutableArray<Expression> items) : Expression(span)
{
    public ImmutableArray<Expression> Items { get; } = items;
}

/// <summary>A tuple; an item may be a <see cref="SpreadExpression"/>.</summary>
internal sealed class TupleLiteral(SourceSpan span, ImmutableArray<Expression> items) : Expression(span)
{
    public ImmutableArray<Expression> Items { get; } = items;
}

internal sealed class MapLiteral(SourceSpan span, ImmutableArray<MapEntry> entries) : Expression(span)
{
    public ImmutableArray<MapEntry> Entries { get; } = entries;
}

/// <summary><c>key: value</c>, or <c>...value</c> without a key: all entries of another map.</summary>
internal sealed class MapEntry(SourceSpan span, Expression? key, Expression value) : Node(span)
{
    public Expression? Key { get; } = key;

    public Expression Value { get; } = value;
}

/// <summary>
/// <c>Point{x: 1}</c>. <see cref="Type"/> is a <see cref="NameExpression"/> or, for <c>module.Point{…}</c>, a
/// <see cref="MemberExpression"/>.
/// </summary>
internal sealed class StructLiteral(SourceSpan span, Expression type, ImmutableArray<FieldInitializer> fields) : Expression(span)
{
    public Expression Type { get; } = type;

    public ImmutableArray<FieldInitializer> Fields { get; } = fields;
}

/// <summary><c>x: 1</c> in a struct literal; <see cref="NameSpan"/> is that of the field's name.</summary>
internal sealed class FieldInitializer(SourceSpan span, string name, SourceSpan nameSpan, Expression value) : Node(span)
{
    public string Name { get; } = name;

    public SourceSpan NameSpan { get; } = nameSpan;

    public Expression Value { get; } = value;
}
