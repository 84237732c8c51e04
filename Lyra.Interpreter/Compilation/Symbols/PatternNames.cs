using System;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>The names that the target of a declaration binds.</summary>
internal static class PatternNames
{
    public const string Ignored = "_";

    /// <summary>Calls back for every binding in a declaration's target, in source order, except for <c>_</c>.</summary>
    public static void ForEach(Pattern pattern, Action<BindingPattern> action)
    {
        switch (pattern)
        {
            case BindingPattern binding when binding.Name != Ignored:
                action(binding);
                break;
            case RestPattern { Binding: { } rest }:
                action(rest);
                break;
            case ListPattern list:
                ForEachOf(list.Items, action);
                break;
            case TuplePattern tuple:
                ForEachOf(tuple.Items, action);
                break;
        }
    }

    private static void ForEachOf(ImmutableArray<Pattern> items, Action<BindingPattern> action)
    {
        foreach (Pattern item in items)
        {
            ForEach(item, action);
        }
    }
}
