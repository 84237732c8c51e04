using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>Elements of lists, by the strategy with which a list stores them.</summary>
internal sealed class ListAccess(BuildParts parts) : Lowering(parts)
{
    /// <summary>The element of a list at an int.</summary>
    public IrNode Get(IrNode list, IrNode index, ObservedType? seen)
    {
        if (OnlyStrategy(seen) is not { } strategy)
        {
            return Ir.Call(RegionHelpers.ListGetAny, list, index);
        }

        GuardStrategy(list, strategy);
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.ListCount, IrType.Int, list));
        return Load(list, strategy, position);
    }

    /// <summary>Stores a value in a list at an int; always true.</summary>
    public bool Store(IrNode list, IrNode index, IrNode value)
    {
        if (OnlyStrategy(Profile.A) is not { } strategy || (strategy != ListStrategy.Values && value.Type != ElementType(strategy))
            || (strategy == ListStrategy.Values && Profile.A!.HasTypedList))
        {
            Ir.Call(RegionHelpers.ListSetAny, list, index, Ir.Box(value));
            return true;
        }

        GuardStrategy(list, strategy);
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.ListCount, IrType.Int, list));
        if (strategy == ListStrategy.Values)
        {
            Ir.GuardNot(Ir.Emit(IrOp.ListIsTyped, IrType.Bool, list));
            Ir.Emit(IrOp.StoreValue, IrType.None, Ir.Emit(IrOp.ListValues, IrType.ValueArray, list), position, Ir.Box(value));
            return true;
        }

        GuardPlainElements(list);
        (IrOp load, IrOp store, IrType array) = strategy switch
        {
            ListStrategy.Ints => (IrOp.ListInts, IrOp.StoreInt, IrType.IntArray),
            ListStrategy.Floats => (IrOp.ListFloats, IrOp.StoreFloat, IrType.FloatArray),
            _ => (IrOp.ListBools, IrOp.StoreBool, IrType.BoolArray),
        };
        Ir.Emit(store, IrType.None, Ir.Emit(load, array, list), position, value);
        return true;
    }

    /// <summary>Appends to a list, by its recorded strategy.</summary>
    public void Push(IrNode list, IrNode value, ObservedType? seen)
    {
        if (value.IsUnknown && OnlyStrategy(seen) is { } only && ElementType(only) is not IrType.Any and var expected)
        {
            value = Registers.NarrowTo(new Representation(expected, null), value);
        }

        (RegionHelper helper, IrNode item) = (OnlyStrategy(seen) ?? StrategyFor(value), value.Type) switch
        {
            (ListStrategy.Ints, IrType.Int) => (RegionHelpers.ListAppendInt, value),
            (ListStrategy.Floats, IrType.Float) => (RegionHelpers.ListAppendFloat, value),
            (ListStrategy.Bools, IrType.Bool) => (RegionHelpers.ListAppendBool, value),
            (ListStrategy.Values, _) when !seen!.HasTypedList => (RegionHelpers.ListAppendValue, Ir.Box(value)),
            _ => (RegionHelpers.ListAppendAny, Ir.Box(value)),
        };
        Ir.Call(helper, list, item);
    }

    /// <summary>Removes the last element of a list and returns it.</summary>
    public IrNode Pop(IrNode list, ObservedType? seen)
    {
        ListStrategy? strategy = OnlyStrategy(seen);
        if (strategy is not (ListStrategy.Ints or ListStrategy.Floats))
        {
            return Ir.Call(RegionHelpers.ListPopAny, list);
        }

        GuardStrategy(list, strategy.Value);
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), Ir.Emit(IrOp.ListCount, IrType.Int, list)));
        return Ir.Call(strategy == ListStrategy.Ints ? RegionHelpers.ListPopInt : RegionHelpers.ListPopFloat, list);
    }

    /// <summary>The element of a list at a position that was checked.</summary>
    public IrNode Load(IrNode list, ListStrategy strategy, IrNode position) => strategy switch
    {
        ListStrategy.Ints => Ir.Emit(IrOp.LoadInt, IrType.Int, Ir.Emit(IrOp.ListInts, IrType.IntArray, list), position),
        ListStrategy.Floats => Ir.Emit(IrOp.LoadFloat, IrType.Float, Ir.Emit(IrOp.ListFloats, IrType.FloatArray, list), position),
        ListStrategy.Bools => Ir.Emit(IrOp.LoadBool, IrType.Bool, Ir.Emit(IrOp.ListBools, IrType.BoolArray, list), position),
        _ => Ir.Emit(IrOp.LoadValue, IrType.Any, Ir.Emit(IrOp.ListValues, IrType.ValueArray, list), position),
    };

    /// <summary>Exits unless a list has a strategy.</summary>
    public void GuardStrategy(IrNode list, ListStrategy strategy)
    {
        IrNode present = Ir.Emit(IrOp.ListStrategy, IrType.Int, list);
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, present, Ir.Int((long)strategy)));
    }

    /// <summary>The one strategy that was recorded for a list with elements; null when there were several.</summary>
    public static ListStrategy? OnlyStrategy(ObservedType? seen) => (seen?.Strategies & ~(1 << (int)ListStrategy.Empty)) switch
    {
        1 << (int)ListStrategy.Ints => ListStrategy.Ints,
        1 << (int)ListStrategy.Floats => ListStrategy.Floats,
        1 << (int)ListStrategy.Bools => ListStrategy.Bools,
        1 << (int)ListStrategy.Values => ListStrategy.Values,
        _ => null,
    };

    /// <summary>The strategy of a new list of these values; null when it depends on values whose kinds are not known.</summary>
    public static ListStrategy? StrategyFor(IrNode[] items)
    {
        if (items.Length == 0)
        {
            return ListStrategy.Empty;
        }

        bool isSame = true;
        bool isKnown = true;
        ListStrategy first = StrategyFor(items[0]);
        foreach (IrNode item in items)
        {
            bool isOpen = item.IsUnknown;
            isKnown &= !isOpen;
            isSame &= isOpen || StrategyFor(item) == first;
        }

        bool isAnything = !isSame || first == ListStrategy.Values;
        return items[0].IsUnknown ? null
            : isAnything ? ListStrategy.Values
            : isKnown ? first
            : null;
    }

    public static ListStrategy StrategyFor(IrNode item) => item.Type switch
    {
        IrType.Int => ListStrategy.Ints,
        IrType.Float => ListStrategy.Floats,
        IrType.Bool => ListStrategy.Bools,
        _ => ListStrategy.Values,
    };

    /// <summary>Exits when the list has an element type that converts values that its storage could hold unchanged.</summary>
    private void GuardPlainElements(IrNode list)
    {
        if (Profile.A is { HasTypedList: false })
        {
            Ir.GuardNot(Ir.Emit(IrOp.ListIsTyped, IrType.Bool, list));
            return;
        }

        Ir.Guard(Ir.Call(RegionHelpers.ListTakesPlain, list));
    }

    private static IrType ElementType(ListStrategy strategy) => strategy switch
    {
        ListStrategy.Ints => IrType.Int,
        ListStrategy.Floats => IrType.Float,
        ListStrategy.Bools => IrType.Bool,
        _ => IrType.Any,
    };
}
