using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>A way out of a part: to a block outside it, or out of the proc.</summary>
/// <param name="Target">The block; null for the return from the proc.</param>
/// <param name="Slots">
/// For each value that the target takes, the element of the result; an Any takes two elements, for the reference and the bits.
/// </param>
internal readonly record struct PartOutcome(IrBlock? Target, int[] Slots);

/// <summary>
/// Blocks of a region that are a method of their own: a block, the root, and all blocks that it dominates. So control enters at the root
/// only, and values leave only as arguments of edges. The values from outside are the method's parameters. Its result is the number of a
/// guard through which the region exited, or the complement of the number of an <see cref="PartOutcome"/>, with the values for it.
/// </summary>
internal sealed class OutlinedPart
{
    /// <summary>The parameters in front of the inputs: the region's data, the context, and the frames that are left.</summary>
    public const int FirstInput = 3;

    /// <summary>The most elements that the result has for values: those of the largest tuple without the number.</summary>
    private const int MaxSlots = 6;

    /// <summary>The types of results, by the number of elements for values.</summary>
    private static readonly Type[] Results =
    [
        typeof(int),
        typeof(ValueTuple<,>),
        typeof(ValueTuple<,,>),
        typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>),
        typeof(ValueTuple<,,,,,,>),
    ];

    private readonly List<Type> _slots = [];

    private OutlinedPart(IrBlock[] blocks, IrNode[] inputs)
    {
        Blocks = blocks;
        Inputs = inputs;
    }

    /// <summary>Its blocks in the order of the region; the first is the root.</summary>
    public IrBlock[] Blocks { get; }

    public IrBlock Root => Blocks[0];

    /// <summary>The values from outside.</summary>
    public IrNode[] Inputs { get; }

    public List<PartOutcome> Outcomes { get; } = [];

    /// <summary>The types of the elements of the result that are values.</summary>
    public IReadOnlyList<Type> Slots => _slots;

    /// <summary>The result: the number alone, or a tuple of it and the values.</summary>
    public Type ResultType { get; private set; } = typeof(int);

    /// <summary>The delegate through which the region calls the method.</summary>
    public Type DelegateType { get; private set; } = null!;

    /// <summary>A part of these blocks, of which the first dominates the others; null where the CLR's types have no room for it.</summary>
    /// <param name="blocks">All blocks that the first one dominates.</param>
    /// <param name="inputs">The values from outside.</param>
    /// <param name="isInside">Whether a block is one of them.</param>
    public static OutlinedPart? Of(IrBlock[] blocks, List<IrNode> inputs, Func<IrBlock, bool> isInside)
    {
        List<Type> parameters = [];
        foreach (IrNode input in inputs)
        {
            parameters.AddRange(TypesOf(input));
        }

        OutlinedPart part = new(blocks, [.. inputs]);
        bool fits = parameters.Count <= EntryCodes.MaxParameters && part.TryFindOutcomes(isInside) && part.TryMakeTypes(parameters);
        return fits ? part : null;
    }

    /// <summary>The CLR types of a value: the reference and the bits of an Any, one of any other.</summary>
    public static Type[] TypesOf(IrNode node) => node.Type == IrType.Any ? [typeof(object), typeof(long)] : [Values.ClassOf(node)];

    /// <summary>The number of the way out to a block, or of the return.</summary>
    public int OutcomeOf(IrBlock? target) => Outcomes.FindIndex(outcome => ReferenceEquals(outcome.Target, target));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Tuples keep their fields and constructors.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Tuples keep their fields and constructors.")]
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "Tuples keep their fields and constructors.")]
    public ConstructorInfo Constructor() => ResultType.GetConstructor(ResultType.GetGenericArguments())!;

    /// <summary>The field of the result with the number, or behind it, from 1 on, with the values.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Tuples keep their fields and constructors.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Tuples keep their fields and constructors.")]
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "Tuples keep their fields and constructors.")]
    public FieldInfo FieldOf(int element) => ResultType.GetField($"Item{element + 1}")!;

    private bool TryFindOutcomes(Func<IrBlock, bool> isInside)
    {
        foreach (IrBlock block in Blocks)
        {
            if (block.End == IrEnd.Return && !TryAddOutcome(null, block.Value is null ? [] : [block.Value]))
            {
                return false;
            }

            foreach (IrEdge edge in block.Successors)
            {
                if (!isInside(edge.Target) && !TryAddOutcome(edge.Target, edge.Target.Parameters))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool TryAddOutcome(IrBlock? target, List<IrNode> values)
    {
        if (OutcomeOf(target) >= 0)
        {
            return true;
        }

        List<int> slots = [];
        foreach (IrNode value in values)
        {
            foreach (Type type in TypesOf(value))
            {
                slots.Add(FreeSlot(type, slots));
            }
        }

        Outcomes.Add(new PartOutcome(target, [.. slots]));
        return _slots.Count <= MaxSlots;
    }

    /// <summary>An element of a type that an outcome does not use yet.</summary>
    private int FreeSlot(Type type, List<int> used)
    {
        int slot = _slots.FindIndex(known => known == type);
        while (slot >= 0 && used.Contains(slot))
        {
            slot = _slots.FindIndex(slot + 1, known => known == type);
        }

        if (slot < 0)
        {
            slot = _slots.Count;
            _slots.Add(type);
        }

        return slot;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Tuples require nothing of their type arguments.")]
    private bool TryMakeTypes(List<Type> parameters)
    {
        // Of values, only these have a default that the code can push.
        if (_slots.Exists(static type => type.IsValueType && type != typeof(long) && type != typeof(double) && type != typeof(bool)))
        {
            return false;
        }

        if (_slots.Count > 0)
        {
            ResultType = RuntimeFeature.IsDynamicCodeSupported
                ? Results[_slots.Count].MakeGenericType([typeof(int), .. _slots])
                : throw DynamicCode.Missing();
        }

        DelegateType = EntryCodes.TypeOf(parameters, ResultType);
        return true;
    }
}
