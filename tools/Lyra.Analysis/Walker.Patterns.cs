using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>What declarations and loops bind.</summary>
internal sealed partial class Walker
{
    /// <summary>Declares the variables that a target binds to parts of a value.</summary>
    public void Bind(Pattern target, KnownType value)
    {
        switch (target)
        {
            case BindingPattern binding when _resolved.SymbolOf(binding) is { } symbol:
                Declare(symbol, value);
                break;
            case RestPattern { Binding: { } rest } when _resolved.SymbolOf(rest) is { } symbol:
                Declare(symbol, KnownType.Any);
                break;
            case TuplePattern tuple:
                BindItems(tuple.Items, tuple.RestIndex, value);
                break;
            case ListPattern list:
                BindItems(list.Items, list.RestIndex, value);
                break;
        }
    }

    private void BindItems(ImmutableArray<Pattern> items, int restIndex, KnownType value)
    {
        ImmutableArray<KnownType> parts = value.Single is { Kind: ValueKind.Tuple } tuple ? tuple.Items : default;
        bool isKnown = !parts.IsDefault && restIndex < 0 && parts.Length == items.Length;
        for (int i = 0; i < items.Length; i++)
        {
            Bind(items[i], isKnown ? parts[i] : KnownType.Any);
        }
    }
}
