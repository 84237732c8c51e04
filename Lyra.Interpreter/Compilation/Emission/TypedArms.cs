using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Consecutive arms whose patterns each require one type of the subject: a built-in kind or a struct. They form chains. An arm that fails
/// goes on to the next one of its chain, and no arm of another chain matches what an arm of this one may match.
/// </summary>
/// <remarks>
/// A type has a chain of its own if no value of it has another one of the types. Names of other modules may stand for the same struct as
/// another name, and a value may be of a struct and of another that it uses: with one of them, the arms of all structs form one chain, in
/// their order.
/// </remarks>
internal sealed class TypedArms
{
    /// <summary>The minimum number of arms for which the type of the subject is found first; fewer are tried one by one.</summary>
    private const int MinArms = 4;

    private static readonly SlotType ListType = new(SlotKind.List, false, []);
    private static readonly SlotType TupleType = new(SlotKind.Tuple, false, []);
    private static readonly SlotType MapType = new(SlotKind.Map, false, []);

    private readonly List<SlotType> _types = [];
    private readonly List<List<Run>> _chains = [];

    private TypedArms()
    {
    }

    /// <summary>Consecutive arms of a chain that require the same type.</summary>
    /// <param name="Type">The index of the type.</param>
    /// <param name="IsFirst">Whether no earlier arm requires this type.</param>
    /// <param name="Arms">The arms.</param>
    public readonly record struct Run(int Type, bool IsFirst, List<MatchArm> Arms);

    /// <summary>The number of arms.</summary>
    public int Count { get; private set; }

    /// <summary>The types, in the order of their first arms.</summary>
    public IReadOnlyList<SlotType> Types => _types;

    /// <summary>The chains, in the order of their first arms.</summary>
    public IReadOnlyList<IReadOnlyList<Run>> Chains => _chains;

    /// <summary>The arms from one on that require a type; null if they are few.</summary>
    public static TypedArms? At(ImmutableArray<MatchArm> arms, int start, ResolvedModule module)
    {
        TypedArms result = new();
        Dictionary<(SlotKind, int, string?), int> indexes = [];
        List<int> typeOfArm = [];
        bool hasOtherNames = false;
        for (int i = start; i < arms.Length && TypeOf(arms[i].Pattern, module) is { } type; i++)
        {
            if (indexes.TryAdd((type.Kind, type.ModuleSlot, type.MemberName), result._types.Count))
            {
                result._types.Add(type);
                hasOtherNames |= type.Kind == SlotKind.Struct && !module.IsAlone(type);
            }

            typeOfArm.Add(indexes[(type.Kind, type.ModuleSlot, type.MemberName)]);
        }

        if (typeOfArm.Count < MinArms)
        {
            return null;
        }

        result.Count = typeOfArm.Count;
        result.Chain(arms.AsSpan(start, typeOfArm.Count), typeOfArm, hasOtherNames ? module : null);
        return result;
    }

    /// <summary>Builds the chains; with a module, names of other modules are among its types.</summary>
    private void Chain(ReadOnlySpan<MatchArm> arms, List<int> typeOfArm, ResolvedModule? module)
    {
        Dictionary<int, List<Run>> chainOf = [];
        HashSet<int> seen = [];
        for (int i = 0; i < arms.Length; i++)
        {
            int type = typeOfArm[i];
            bool isShared = module is not null && _types[type].Kind == SlotKind.Struct;
            int key = isShared ? -1 : type;
            if (!chainOf.TryGetValue(key, out List<Run>? chain))
            {
                _chains.Add(chain = chainOf[key] = []);
            }

            // A guard may change the variable that names the struct, so its type is tested again.
            bool isOver = chain.Count == 0 || chain[^1].Type != type
                || (isShared && chain[^1].Arms[^1].Guard is not null && !module!.Declares(_types[type]));
            if (isOver)
            {
                chain.Add(new Run(type, seen.Add(type), []));
            }

            chain[^1].Arms.Add(arms[i]);
        }
    }

    /// <summary>The type that a value must have to match a pattern; null if values of several types may match.</summary>
    private static SlotType? TypeOf(Pattern pattern, ResolvedModule module) => LiteralPatterns.Unnamed(pattern) switch
    {
        ListPattern => ListType,
        TuplePattern => TupleType,
        MapPattern => MapType,
        StructPattern type => OneKind(module.TypeOf(type)),
        BindingPattern { Type: { } annotation } => module.TypeOf(annotation) is { IsImported: false } type && module.EnumOf(type) is null
            ? OneKind(type)
            : null,
        _ => null,
    };

    private static SlotType? OneKind(SlotType? type) => type is { IsOneKind: true } ? type : null;
}
