using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>Elements of lists, by the strategy with which a list stores them.</summary>
internal sealed class ListAccess(BuildParts parts, SlotConversion slots) : Lowering(parts)
{
    /// <summary>The element of a list at an int.</summary>
    public IrNode Get(IrNode list, IrNode index, ObservedType? seen)
    {
        if (OnlyStrategy(seen) is not { } strategy)
        {
            return Ir.Call(RegionHelpers.ReadElement, list, index);
        }

        GuardStrategy(list, strategy, MayBeEmpty(seen));
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.ListCount, IrType.Int, list));
        GuardRange(list, strategy, seen);
        return Load(list, strategy, position);
    }

    /// <summary>Stores a value in a list at an int; always true.</summary>
    public bool Store(IrNode list, IrNode index, IrNode value)
    {
        ObservedType? seen = Profile.A;
        if (OnlyStrategy(seen) is not { } strategy || seen!.OnlyElementKind is not { } kind || !CanStore(strategy, kind, value))
        {
            Ir.Call(RegionHelpers.StoreElement, list, index, Ir.Box(value));
            return true;
        }

        GuardStrategy(list, strategy, MayBeEmpty(seen));
        IrNode position = Ir.CheckIndex(index, Ir.Emit(IrOp.ListCount, IrType.Int, list));
        GuardElementKind(list, kind);
        IrNode element = slots.ConvertNumber(kind, value) ?? Element(list, kind, Ir.Box(value));
        (IrOp array, IrType type, IrOp store) = strategy switch
        {
            ListStrategy.Ints => (IrOp.ListInts, IrType.IntArray, IrOp.StoreInt),
            ListStrategy.Floats => (IrOp.ListFloats, IrType.FloatArray, IrOp.StoreFloat),
            ListStrategy.Bools => (IrOp.ListBools, IrType.BoolArray, IrOp.StoreBool),
            ListStrategy.Empty or ListStrategy.Values => (IrOp.ListValues, IrType.ValueArray, IrOp.StoreValue),
        };
        Ir.Emit(store, IrType.None, Ir.Emit(array, type, list), position, strategy == ListStrategy.Values ? Ir.Box(element) : element);
        return true;
    }

    /// <summary>Appends to a list, by its recorded strategy.</summary>
    public void Push(IrNode list, IrNode value, ObservedType? seen)
    {
        if (value.IsUnknown && OnlyStrategy(seen) is { } only && ElementType(only) is not IrType.Any and var expected)
        {
            value = Registers.NarrowTo(new Representation(expected, null), value);
        }

        if (value.Type == IrType.Int && OnlyStrategy(seen) == ListStrategy.Floats
            && seen!.OnlyElementKind is { } kind and (SlotKind.Float or SlotKind.F32))
        {
            GuardElementKind(list, kind);
            value = Ir.ToFloat(value);
        }

        ListStrategy strategy = OnlyStrategy(seen) ?? (HasStrategy(seen) ? ListStrategy.Values : StrategyFor(value));
        (RegionHelper helper, IrNode item) = (strategy, value.Type) switch
        {
            (ListStrategy.Ints, IrType.Int) => (RegionHelpers.AppendInt, value),
            (ListStrategy.Floats, IrType.Float) => (RegionHelpers.AppendFloat, value),
            (ListStrategy.Bools, IrType.Bool) => (RegionHelpers.AppendBool, value),
            _ => (RegionHelpers.AppendValue, Ir.Box(value)),
        };
        Ir.Call(helper, list, item);
    }

    /// <summary>Removes the last element of a list and returns it.</summary>
    public IrNode Pop(IrNode list, ObservedType? seen)
    {
        ListStrategy? strategy = OnlyStrategy(seen);
        if (strategy is not (ListStrategy.Ints or ListStrategy.Floats) || seen?.OnlyElementKind is not { } kind || kind == SlotKind.Frozen)
        {
            return Ir.Call(RegionHelpers.TakeLast, list);
        }

        GuardStrategy(list, strategy.Value, mayBeEmpty: false);
        GuardElementKind(list, kind);
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, Ir.Int(0), Ir.Emit(IrOp.ListCount, IrType.Int, list)));
        return Ir.Call(strategy == ListStrategy.Ints ? RegionHelpers.TakeLastInt : RegionHelpers.TakeLastFloat, list);
    }

    /// <summary>The element of a list at a position that was checked.</summary>
    public IrNode Load(IrNode list, ListStrategy strategy, IrNode position) => strategy switch
    {
        ListStrategy.Ints => Ir.Emit(IrOp.LoadInt, IrType.Int, Ir.Emit(IrOp.ListInts, IrType.IntArray, list), position),
        ListStrategy.Floats => Ir.Emit(IrOp.LoadFloat, IrType.Float, Ir.Emit(IrOp.ListFloats, IrType.FloatArray, list), position),
        ListStrategy.Bools => Ir.Emit(IrOp.LoadBool, IrType.Bool, Ir.Emit(IrOp.ListBools, IrType.BoolArray, list), position),
        ListStrategy.Empty or ListStrategy.Values =>
            Ir.Emit(IrOp.LoadValue, IrType.Any, Ir.Emit(IrOp.ListValues, IrType.ValueArray, list), position),
    };

    /// <summary>Exits unless a list has a strategy, or is empty where it may be.</summary>
    public void GuardStrategy(IrNode list, ListStrategy strategy, bool mayBeEmpty)
    {
        IrNode present = Ir.Emit(IrOp.ListStrategy, IrType.Int, list);
        if (mayBeEmpty)
        {
            IrNode others = Ir.Emit(IrOp.AndInt, IrType.Int, present, Ir.Int(~(long)strategy));
            Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, others, Ir.Int((long)ListStrategy.Empty)));
        }
        else
        {
            Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, present, Ir.Int((long)strategy)));
        }
    }

    /// <summary>Tells range analysis the ints that the elements can be, where the recorded lists have such an element type.</summary>
    public void GuardRange(IrNode list, ListStrategy strategy, ObservedType? seen)
    {
        if (strategy == ListStrategy.Ints && seen?.OnlyElementKind is { } kind && Interval.OfSlot(kind) != Interval.All)
        {
            GuardElementKind(list, kind);
        }
    }

    /// <summary>Whether a list that never had an element was recorded.</summary>
    public static bool MayBeEmpty(ObservedType? seen) => seen is not null && (seen.Strategies & (1 << (int)ListStrategy.Empty)) != 0;

    /// <summary>The one strategy that was recorded for a list with elements; null when there were several.</summary>
    public static ListStrategy? OnlyStrategy(ObservedType? seen) => (seen?.Strategies & ~(1 << (int)ListStrategy.Empty)) switch
    {
        1 << (int)ListStrategy.Ints => ListStrategy.Ints,
        1 << (int)ListStrategy.Floats => ListStrategy.Floats,
        1 << (int)ListStrategy.Bools => ListStrategy.Bools,
        1 << (int)ListStrategy.Values => ListStrategy.Values,
        _ => null,
    };

    /// <summary>Whether a list with elements was recorded.</summary>
    private static bool HasStrategy(ObservedType? seen) => (seen?.Strategies & ~(1 << (int)ListStrategy.Empty)) is not (null or 0);

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

    public static ListStrategy StrategyFor(IrNode item) => IrTypes.GroupOf(item.Type) switch
    {
        IrTypeGroup.Int => ListStrategy.Ints,
        IrTypeGroup.Float => ListStrategy.Floats,
        IrTypeGroup.Bool => ListStrategy.Bools,
        IrTypeGroup.None or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Object or IrTypeGroup.Storage
            or IrTypeGroup.Vector => ListStrategy.Values,
    };

    /// <summary>Whether compiled code can store a value in a list of this strategy and element kind.</summary>
    private static bool CanStore(ListStrategy strategy, SlotKind kind, IrNode value)
    {
        IrType stored = SlotConversion.NumberType(kind, value.Type);
        return strategy == ListStrategy.Values
            ? stored != IrType.None || !(kind.IsSizedInt() || kind is SlotKind.Float or SlotKind.F32)
            : stored == ElementType(strategy);
    }

    /// <summary>A boxed value; exits when the list's element type would not store it unchanged.</summary>
    private IrNode Element(IrNode list, SlotKind kind, IrNode value)
    {
        if (kind != SlotKind.Any)
        {
            Ir.Guard(Ir.Call(RegionHelpers.ListTakesAsIs, list, value));
        }

        return value;
    }

    /// <summary>Exits unless the list's element type is of this kind; Any means that it has none.</summary>
    private void GuardElementKind(IrNode list, SlotKind kind)
    {
        IrNode present = Ir.Emit(IrOp.ListElementKind, IrType.Int, list);
        Ir.Guard(Ir.Emit(IrOp.EqInt, IrType.Bool, present, Ir.Int((long)kind)));
    }

    private static IrType ElementType(ListStrategy strategy) => strategy switch
    {
        ListStrategy.Ints => IrType.Int,
        ListStrategy.Floats => IrType.Float,
        ListStrategy.Bools => IrType.Bool,
        ListStrategy.Empty or ListStrategy.Values => IrType.Any,
    };
}
