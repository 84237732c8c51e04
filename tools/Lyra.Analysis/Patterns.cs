using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>What a pattern of a <c>match</c> says of its subject, and binds.</summary>
internal static class Patterns
{
    /// <summary>Narrows the subject, and declares what the pattern binds.</summary>
    public static void Apply(Walker walker, Expression subject, KnownType type, Pattern pattern)
    {
        KnownType matched = Narrowed(walker, type, pattern);
        if (subject is NameExpression name && walker.Resolved.SymbolOf(name) is { } symbol && matched.IsKnown)
        {
            walker.Narrow(symbol, matched);
        }

        Bind(walker, pattern, type);
    }

    private static void Bind(Walker walker, Pattern pattern, KnownType type)
    {
        switch (pattern)
        {
            case BindingPattern binding:
                walker.Bind(binding, Narrowed(walker, type, binding));
                break;
            case RestPattern:
                walker.Bind(pattern, KnownType.Any);
                break;
            case AsPattern named:
                Bind(walker, named.Pattern, type);
                Declare(walker, named, Narrowed(walker, type, named.Pattern));
                break;
            case TuplePattern tuple:
                BindItems(walker, tuple.Items, tuple.RestIndex, type);
                break;
            case ListPattern list:
                BindItems(walker, list.Items, 0, KnownType.Any);
                break;
            case MapPattern map:
                foreach (MapPatternEntry entry in map.Entries)
                {
                    Bind(walker, entry.Value, KnownType.Any);
                }

                break;
            case StructPattern fields:
                foreach (FieldPattern field in fields.Fields)
                {
                    Bind(walker, field.Pattern, KnownType.Any);
                }

                break;
            case AlternativePattern either:
                foreach (Pattern alternative in either.Alternatives)
                {
                    Bind(walker, alternative, KnownType.Any);
                }

                break;
        }
    }

    private static void BindItems(Walker walker, ImmutableArray<Pattern> items, int restIndex, KnownType type)
    {
        ImmutableArray<KnownType> parts = type.Single is { Kind: ValueKind.Tuple } tuple ? tuple.Items : default;
        bool isKnown = !parts.IsDefault && restIndex < 0 && parts.Length == items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            Bind(walker, items[i], isKnown ? parts[i] : KnownType.Any);
        }
    }

    private static void Declare(Walker walker, Node node, KnownType type)
    {
        if (walker.Resolved.SymbolOf(node) is { } symbol)
        {
            walker.Narrow(symbol, type.Stored());
        }
    }

    /// <summary>What a value is that a pattern matches.</summary>
    private static KnownType Narrowed(Walker walker, KnownType type, Pattern pattern) => pattern switch
    {
        BindingPattern { Type: { } annotation } => Narrowing.Meet(type, walker.TypeOfAnnotation(annotation)),
        StructPattern => walker.Resolved.TypeOf(pattern) is { } slot && walker.Resolved.CaseOf(pattern) is null
            ? Narrowing.Meet(type, walker.Read(slot))
            : type,
        LiteralPattern { Literal: NilLiteral } => KnownType.Nil,
        AsPattern named => Narrowed(walker, type, named.Pattern),
        _ => type,
    };
}
