using System.Runtime.CompilerServices;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The loop's fast paths for elements of lists, by storage strategy.</summary>
internal static class ListElements
{
    /// <summary>Copies an element into a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ListObject list, int index, ref Value target)
    {
        // A chain of predictable branches beats a jump table here (9.0 against 10.4 ns per loop of two accesses).
        if (list.Strategy == ListStrategy.Ints)
        {
            target.SetInt(list.Ints[index]);
        }
        else if (list.Strategy == ListStrategy.Floats)
        {
            target.SetFloat(list.Floats[index]);
        }
        else if (list.Strategy == ListStrategy.Values)
        {
            target.Assign(list.Values[index]);
        }
        else
        {
            target.SetBool(list.Bools[index]);
        }
    }

    /// <summary>
    /// Stores an element that fits the strategy of a list without an element type; false when the store must widen the list, or check
    /// the type. No call is between the operands' load and their last use, so that the loop need not save them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ListObject list, int index, in Value value)
    {
        if (list.ElementKind != SlotKind.Any)
        {
            return false;
        }

        if (list.Strategy == ListStrategy.Ints && value.IsInt)
        {
            list.Ints[index] = value.Bits;
        }
        else if (list.Strategy == ListStrategy.Floats && value.IsFloat)
        {
            list.Floats[index] = value.AsFloat;
        }
        else if (list.Strategy == ListStrategy.Values)
        {
            list.Values[index].Assign(value);
        }
        else if (list.Strategy == ListStrategy.Bools && value.IsBool)
        {
            list.Bools[index] = value.Bits != 0;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>
    /// Stores an element that fits the strategy and the element type of a list; false when the store must widen the list.
    /// </summary>
    public static bool TryStoreTyped(ListObject list, int index, in Value value)
    {
        if (list.Strategy == ListStrategy.Ints && value.IsInt)
        {
            long bits = value.Bits;
            if (!SlotCheck.TryConvert(list.ElementKind, ref bits))
            {
                return false;
            }

            list.Ints[index] = bits;
            return true;
        }

        if (list.Strategy == ListStrategy.Floats && value.IsFloat)
        {
            double number = value.AsFloat;
            if (!SlotCheck.TryConvert(list.ElementKind, ref number))
            {
                return false;
            }

            list.Floats[index] = number;
            return true;
        }

        bool isBool = list.Strategy == ListStrategy.Bools && value.IsBool && SlotCheck.TakesBool(list.ElementKind);
        if (isBool)
        {
            list.Bools[index] = value.Bits != 0;
        }

        return isBool;
    }
}
