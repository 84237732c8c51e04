using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>What is known at compile time about a store to an annotated slot.</summary>
internal enum StoreVerdict
{
    /// <summary>The slot can keep the value as it is.</summary>
    Proven,

    /// <summary>The value needs a conversion, which can't fail.</summary>
    Converts,

    /// <summary>A check at run time decides.</summary>
    Check,

    /// <summary>The store certainly fails.</summary>
    Mismatch,
}

/// <summary>Compares the static type of a value with the type of a slot (language.md §3).</summary>
internal static class StoreRules
{
    public static StoreVerdict Judge(StaticType value, SlotType? slot)
    {
        if (slot is null || slot.Kind == SlotKind.Any || value.IsConverted)
        {
            return StoreVerdict.Proven;
        }

        if (slot.IsImported)
        {
            return StoreVerdict.Check;
        }

        if (value.IsStructName)
        {
            return slot.Kind is SlotKind.Proc or SlotKind.Iterator or SlotKind.Union ? StoreVerdict.Check : StoreVerdict.Mismatch;
        }

        if (value.Kind == SlotKind.Any)
        {
            return StoreVerdict.Check;
        }

        if (value.Kind == SlotKind.Nil)
        {
            return slot.IsNullable || slot.Kind == SlotKind.Nil ? StoreVerdict.Proven : StoreVerdict.Mismatch;
        }

        StoreVerdict verdict = JudgeKinds(value, slot);
        if (!value.IsNullable)
        {
            return verdict;
        }

        if (!slot.IsNullable)
        {
            return verdict == StoreVerdict.Mismatch ? verdict : StoreVerdict.Check;
        }

        return verdict == StoreVerdict.Mismatch ? StoreVerdict.Check : verdict;
    }

    private static StoreVerdict JudgeKinds(StaticType value, SlotType slot)
    {
        if (slot.Kind == SlotKind.Union)
        {
            return JudgeMembers(value, slot);
        }

        switch (slot.Kind)
        {
            case var kind when (kind == SlotKind.F32 || kind.IsSizedInt()) && value.Stored == kind:
                return StoreVerdict.Proven;
            case SlotKind.Float when value.Kind == SlotKind.Int:
            case SlotKind.F32 when value.Kind is SlotKind.Int or SlotKind.Float:
            case var kind when kind.IsSizedInt() && value.Kind == SlotKind.Int:
                return StoreVerdict.Converts;
            case SlotKind.Struct when value.Kind == SlotKind.Struct:
                return value.StructSlot == slot.ModuleSlot && slot.MemberName is null ? StoreVerdict.Proven : StoreVerdict.Check;
            case SlotKind.Tuple when value.Kind == SlotKind.Tuple && slot.Arguments.Length > 0:
                return value.Count < 0 || value.Count == slot.Arguments.Length ? StoreVerdict.Check : StoreVerdict.Mismatch;
            case SlotKind.Proc or SlotKind.Iterator when value.Kind == SlotKind.Struct:
                return StoreVerdict.Check;
            default:
                return value.Kind == slot.Kind ? StoreVerdict.Proven : StoreVerdict.Mismatch;
        }
    }

    private static StoreVerdict JudgeMembers(StaticType value, SlotType union)
    {
        StoreVerdict best = StoreVerdict.Mismatch;
        foreach (SlotType member in union.Arguments)
        {
            StoreVerdict verdict = member.IsImported ? StoreVerdict.Check : JudgeKinds(value, member);
            if (verdict == StoreVerdict.Proven)
            {
                return verdict;
            }

            best = verdict == StoreVerdict.Mismatch ? best : StoreVerdict.Check;
        }

        return best;
    }
}
