using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>A place in values of one type that patterns may test: a field, an element from the front, or the value of a key.</summary>
/// <param name="Field">The name of a field of a struct; null for other places.</param>
/// <param name="Index">The index of an element of a list or tuple; negative for other places.</param>
/// <param name="Key">The key of a map; null for other places.</param>
internal readonly record struct PatternPart(string? Field, int Index, Expression? Key)
{
    /// <summary>
    /// The places of a pattern that a table of literals could be for. The fields of a struct pattern must exist: a name that is no field
    /// raises its error when its arm is tried, and not earlier.
    /// </summary>
    public static IEnumerable<PatternPart> WithLiterals(Pattern pattern)
    {
        switch (LiteralPatterns.Unnamed(pattern))
        {
            case StructPattern type:
                foreach (FieldPattern field in type.Fields)
                {
                    if (!LiteralPatterns.Of(field.Pattern).IsEmpty)
                    {
                        yield return new PatternPart(field.Name, -1, null);
                    }
                }

                break;
            case MapPattern map:
                foreach (MapPatternEntry entry in map.Entries)
                {
                    if (!LiteralPatterns.Of(entry.Value).IsEmpty)
                    {
                        yield return new PatternPart(null, -1, entry.Key);
                    }
                }

                break;
            case ListPattern or TuplePattern:
                SequenceShape shape = SequenceShape.Of(LiteralPatterns.Unnamed(pattern))!.Value;
                for (int i = 0; i < Math.Min(shape.Head, short.MaxValue); i++)
                {
                    if (!LiteralPatterns.Of(shape.Items[i]).IsEmpty)
                    {
                        yield return new PatternPart(null, i, null);
                    }
                }

                break;
        }
    }

    /// <summary>What another pattern of the same type requires of this place; null if it requires nothing.</summary>
    public Pattern? Of(Pattern pattern, ConstantEvaluator evaluator)
    {
        pattern = LiteralPatterns.Unnamed(pattern);
        if (Field is not null && pattern is StructPattern type)
        {
            return FieldOf(type);
        }

        if (Key is not null && pattern is MapPattern map)
        {
            return EntryOf(map, evaluator);
        }

        return Index >= 0 && SequenceShape.Of(pattern) is { } shape && Index < shape.Head ? shape.Items[Index] : null;
    }

    private Pattern? FieldOf(StructPattern type)
    {
        foreach (FieldPattern field in type.Fields)
        {
            if (field.Name == Field)
            {
                return field.Pattern;
            }
        }

        return null;
    }

    private Pattern? EntryOf(MapPattern map, ConstantEvaluator evaluator)
    {
        object? wanted = KeyOf(Key!, evaluator);
        foreach (MapPatternEntry entry in map.Entries)
        {
            if (wanted is not null && wanted.Equals(KeyOf(entry.Key, evaluator)))
            {
                return entry.Value;
            }
        }

        return null;
    }

    private static object? KeyOf(Expression key, ConstantEvaluator evaluator) =>
        evaluator.TryEvaluate(key, out Value value) ? SwitchKeys.Of(value) : null;
}
