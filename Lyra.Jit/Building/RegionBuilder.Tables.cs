using Lyra.Jit.Emission;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <content>Maps and sets: a key is looked up once, what is read or stored at its position comes after.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>The position of a key; -1 where it is absent. What it takes to look through a str is the caller's to charge.</summary>
    private IrNode PositionOf(IrNode table, IrNode key)
    {
        switch (key.Type)
        {
            case IrType.Int:
                return Call(RegionHelpers.TableFindInt, table, key);
            case IrType.Str:
                return Call(RegionHelpers.TableFindStr, table, key);
            default:
                return Emit(IrOp.AsInt, IrType.Int, Call(RegionHelpers.TableFind, table, Box(key)));
        }
    }

    /// <summary>The value under a key; where every key was seen to be there, a position that is looked up once as long as no key comes or goes.</summary>
    private IrNode MapElement(IrNode map, IrNode key) => AlwaysFinds(key)
        ? Emit(IrOp.LoadMapValue, IrType.Any, map, FoundPosition(map, key))
        : MapElementOr(map, key, Nil());

    private IrNode MapElementOr(IrNode map, IrNode key, IrNode other)
    {
        ChargeKey(key);
        return Call(RegionHelpers.MapValueOr, map, PositionOf(map, key), other);
    }

    private IrNode HasKey(IrNode table, IrNode key)
    {
        ChargeKey(key);
        return Emit(IrOp.LeInt, IrType.Bool, Int(0), PositionOf(table, key));
    }

    /// <summary>
    /// Stores under a key. One that takes more than a look to find is found by the helper alone: what is charged for finding it is charged once.
    /// </summary>
    private void StoreInMap(IrNode map, IrNode key, IrNode value)
    {
        if (!AlwaysFinds(key))
        {
            IrNode position = IsQuickKey(key) ? PositionOf(map, key) : Int(-1);
            Call(RegionHelpers.MapStore, map, position, Box(key), Box(value));
            return;
        }

        Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.MapTakesPlain, map));
        Emit(IrOp.StoreMapValue, IrType.None, map, FoundPosition(map, key), Box(value));
    }

    private bool AlwaysFinds(IrNode key) => IsQuickKey(key) && !Profile.MissedKey && !Profile.Raised;

    /// <summary>Whether finding a key calls no hook, and charges what is known before.</summary>
    private static bool IsQuickKey(IrNode key) => key.Type is IrType.Int or IrType.Str;

    /// <summary>The position of a key that is there. Charges behind the guard: where that fails, the interpreter looks for the key, and charges.</summary>
    private IrNode FoundPosition(IrNode map, IrNode key)
    {
        IrNode position = Guarded(IrOp.FoundPosition, IrType.Int, PositionOf(map, key));
        ChargeKey(key);
        return position;
    }

    private void ChargeKey(IrNode key)
    {
        if (key.Type == IrType.Str)
        {
            ChargeLook(key, key);
        }
    }
}
