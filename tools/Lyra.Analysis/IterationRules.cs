using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Values that can't be iterated over or indexed.</summary>
internal static class IterationRules
{
    /// <summary>The type of the elements that a loop visits.</summary>
    public static KnownType ElementOf(Walker walker, Expression source, KnownType iterable)
    {
        if (!iterable.IsKnown)
        {
            return KnownType.Any;
        }

        if (!iterable.Atoms.Any(MayIterate))
        {
            string advice = iterable.IsOnly(ValueKind.Task) ? "; write `await` before the call"
                : iterable.IsOnly(ValueKind.Int) ? "; write `0..n` for a range"
                : "";
            walker.Report(ReportRules.NotIterable, source.Span, iterable.Display(), advice);
            return KnownType.Any;
        }

        KnownType element = KnownType.Never;
        foreach (TypeAtom atom in iterable.Atoms)
        {
            element = MayIterate(atom) ? element.Join(ElementOf(atom)) : element;
        }

        return element.Atoms.IsEmpty ? KnownType.Any : element;
    }

    /// <summary>The type of <c>target[index]</c>.</summary>
    public static KnownType ElementAt(Walker walker, IndexExpression node, KnownType target, KnownType index)
    {
        KnownType present = node.IsOptional ? target.Without(ValueKind.Nil) : target;
        if (!present.IsKnown)
        {
            return KnownType.Any;
        }

        if (!present.Atoms.Any(MayIndex))
        {
            walker.Report(ReportRules.NotIndexable, node.Target.Span, present.Display());
            return KnownType.Any;
        }

        if (!index.IsOnly(ValueKind.Int))
        {
            return KnownType.Any;
        }

        return present.Single switch
        {
            { Kind: ValueKind.Str } => KnownType.Str,
            { Kind: ValueKind.Bytes } => KnownType.Int,
            { Kind: ValueKind.List, Element: { } element } => element.Atoms.IsEmpty ? KnownType.Any : element,
            { Kind: ValueKind.Tuple, Items: { IsDefault: false } items } when node.Index is IntLiteral { Value: var at }
                && at < items.Length => items[(int)at],
            _ => KnownType.Any,
        };
    }

    private static KnownType ElementOf(TypeAtom atom) => atom.Kind switch
    {
        ValueKind.Str => KnownType.Str,
        ValueKind.Range or ValueKind.Bytes => KnownType.Int,
        ValueKind.Tuple when !atom.Items.IsDefaultOrEmpty => atom.Items.Aggregate(KnownType.Never, static (a, b) => a.Join(b)),
        _ => atom.Element is { } element && !element.Atoms.IsEmpty ? element : KnownType.Any,
    };

    private static bool MayIterate(TypeAtom atom) =>
        !(atom.Kind is ValueKind.Nil or ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.Proc or ValueKind.Task
            or ValueKind.Error);

    private static bool MayIndex(TypeAtom atom) =>
        !(atom.Kind is ValueKind.Nil or ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.Proc or ValueKind.Task
            or ValueKind.Error or ValueKind.Set or ValueKind.Iterator);
}
