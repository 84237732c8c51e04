using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>The types of literals, of slices, and of what a task gives.</summary>
internal static class LiteralTypes
{
    public static void OfParts(Walker walker, ImmutableArray<Expression> parts)
    {
        foreach (Expression part in parts)
        {
            ArgumentRules.CheckText(walker, part, walker.Evaluate(part));
        }
    }

    public static KnownType OfList(Walker walker, ListLiteral list)
    {
        KnownType element = KnownType.Never;
        foreach (Expression item in list.Items)
        {
            element = element.Join(walker.Evaluate(item));
        }

        return KnownType.Fresh(ValueKind.List, element);
    }

    public static KnownType OfTuple(Walker walker, TupleLiteral tuple)
    {
        ImmutableArray<KnownType> items = [.. tuple.Items.Select(item => walker.Evaluate(item).Stored())];
        bool hasSpread = tuple.Items.Any(static item => item is SpreadExpression);
        return KnownType.Of(new TypeAtom(ValueKind.Tuple) { Items = hasSpread || items.Length > 8 ? default : items });
    }

    public static KnownType OfMap(Walker walker, MapLiteral map)
    {
        foreach (MapEntry entry in map.Entries)
        {
            if (entry.Key is not null)
            {
                walker.Evaluate(entry.Key);
            }

            walker.Evaluate(entry.Value);
        }

        return KnownType.Of(ValueKind.Map);
    }

    public static KnownType OfSlice(Walker walker, SliceExpression slice)
    {
        KnownType target = walker.Evaluate(slice.Target);
        if (slice.Start is not null)
        {
            walker.Evaluate(slice.Start);
        }

        if (slice.End is not null)
        {
            walker.Evaluate(slice.End);
        }

        return target.Single is { Kind: ValueKind.Str or ValueKind.List or ValueKind.Bytes or ValueKind.Tuple } atom
            ? KnownType.Of(atom.Kind)
            : KnownType.Any;
    }

    /// <summary>The type of <c>await</c> of a value.</summary>
    public static KnownType Awaited(KnownType value)
    {
        if (value.IsAny)
        {
            return value;
        }

        KnownType result = KnownType.Never;
        foreach (TypeAtom atom in value.Atoms)
        {
            result = result.Join(atom.Kind == ValueKind.Task ? atom.Result ?? KnownType.Any
                : atom.Kind is ValueKind.Host or ValueKind.Struct ? KnownType.Any
                : KnownType.Of(atom));
        }

        return result;
    }
}
