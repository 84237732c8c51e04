using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Consecutive arms whose patterns each require one type of the subject: a built-in kind, or a struct that the module declares. A value has
/// at most one of these types, so that only the arms of this type can match it, in their order.
/// </summary>
internal sealed class TypedArms
{
    /// <summary>The minimum number of arms for which the type of the subject is found first; fewer are tried one by one.</summary>
    private const int MinArms = 4;

    private static readonly SlotType ListType = new(SlotKind.List, false, []);
    private static readonly SlotType TupleType = new(SlotKind.Tuple, false, []);
    private static readonly SlotType MapType = new(SlotKind.Map, false, []);

    private readonly List<SlotType> _types = [];
    private readonly List<ImmutableArray<MatchArm>.Builder> _arms = [];

    private TypedArms()
    {
    }

    /// <summary>The number of arms.</summary>
    public int Count { get; private set; }

    /// <summary>The types, in the order of their first arms.</summary>
    public IReadOnlyList<SlotType> Types => _types;

    /// <summary>The arms from one on that require a type; null if they are few.</summary>
    public static TypedArms? At(ImmutableArray<MatchArm> arms, int start, ResolvedModule module)
    {
        TypedArms result = new();
        Dictionary<(SlotKind, int), int> indexes = [];
        for (int i = start; i < arms.Length && TypeOf(arms[i].Pattern, module) is { } type; i++)
        {
            if (indexes.TryAdd((type.Kind, type.ModuleSlot), result._types.Count))
            {
                result._types.Add(type);
                result._arms.Add(ImmutableArray.CreateBuilder<MatchArm>());
            }

            result._arms[indexes[(type.Kind, type.ModuleSlot)]].Add(arms[i]);
            result.Count++;
        }

        return result.Count < MinArms ? null : result;
    }

    /// <summary>The arms that require a type.</summary>
    public ImmutableArray<MatchArm> ArmsOf(int type) => _arms[type].ToImmutable();

    /// <summary>The type that a value must have to match a pattern; null if values of several types may match.</summary>
    private static SlotType? TypeOf(Pattern pattern, ResolvedModule module) => LiteralPatterns.Unnamed(pattern) switch
    {
        ListPattern => ListType,
        TuplePattern => TupleType,
        MapPattern => MapType,
        StructPattern type => Distinct(module.TypeOf(type), module),
        BindingPattern { Type: { } annotation } => Distinct(module.TypeOf(annotation), module),
        _ => null,
    };

    /// <summary>The type, if no value of it has another one of these types: names of other modules may stand for the same struct.</summary>
    private static SlotType? Distinct(SlotType? type, ResolvedModule module) =>
        type is { IsOneKind: true } && (type.Kind != SlotKind.Struct || module.Declares(type)) ? type : null;
}
