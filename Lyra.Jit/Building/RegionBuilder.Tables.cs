using Lyra.Jit.Emission;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <content>Maps and sets: a key is looked up once, what is read or stored at its position comes after.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>The position of a key; -1 where it is absent. Null when only the interpreter can look it up.</summary>
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

    private IrNode MapElement(IrNode map, IrNode key) => Call(RegionHelpers.MapValueOr, map, PositionOf(map, key), Nil());

    private IrNode HasKey(IrNode table, IrNode key) => Emit(IrOp.LeInt, IrType.Bool, Int(0), PositionOf(table, key));

    /// <summary>
    /// Stores under a key. One that takes more than a look to find is found by the helper alone: what is charged for finding it is charged once.
    /// </summary>
    private void StoreInMap(IrNode map, IrNode key, IrNode value)
    {
        IrNode position = key.Type is IrType.Int or IrType.Str ? PositionOf(map, key) : Int(-1);
        Call(RegionHelpers.MapStore, map, position, Box(key), Box(value));
    }
}
