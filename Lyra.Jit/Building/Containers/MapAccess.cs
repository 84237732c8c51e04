using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>Maps and sets. A key is looked up once; its value is then read or stored at the position that was found.</summary>
internal sealed class MapAccess(BuildParts parts, TextComparisons texts) : Lowering(parts)
{
    private readonly List<KnownKey> _known = [];

    /// <summary>
    /// The value of a key, nil when it is absent. Where every recorded key was present, its position is found once while no key comes or
    /// goes.
    /// </summary>
    public IrNode Get(IrNode map, IrNode key) => AlwaysFinds(key)
        ? Ir.Emit(IrOp.LoadMapValue, IrType.Any, map, FoundPosition(map, key))
        : GetOr(map, key, Ir.Nil());

    /// <summary>The value of a key; exits when it is absent.</summary>
    public IrNode GetPresent(IrNode map, IrNode key) => Ir.Emit(IrOp.LoadMapValue, IrType.Any, map, FoundPosition(map, key));

    /// <summary>The value of a key, or another value when it is absent.</summary>
    public IrNode GetOr(IrNode map, IrNode key, IrNode other)
    {
        ChargeKey(key);
        return Ir.Call(RegionHelpers.ReadValueOr, map, PositionOf(map, key), other);
    }

    /// <summary>True when a map or set has a key.</summary>
    public IrNode Has(IrNode table, IrNode key)
    {
        ChargeKey(key);
        return Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), PositionOf(table, key));
    }

    /// <summary>
    /// Stores a value under a key. When finding the key may call a hook or cost a charge, the helper alone finds it, so that it is charged
    /// once.
    /// </summary>
    public void Store(IrNode map, IrNode key, IrNode value)
    {
        if (!AlwaysFinds(key))
        {
            StoreAny(map, key, value);
            return;
        }

        Ir.Guard(Ir.Call(RegionHelpers.IsPlainMap, map));
        Ir.Emit(IrOp.StoreMapValue, IrType.None, map, FoundPosition(map, key), Ir.Box(value));
    }

    /// <summary>Stores a value under a key that may be absent.</summary>
    public void StoreAny(IrNode map, IrNode key, IrNode value)
    {
        IrNode position = IsQuickKey(key) ? PositionOf(map, key) : Ir.Int(-1);
        Ir.Call(RegionHelpers.StoreAt, map, position, Ir.Box(key), Ir.Box(value));
    }

    /// <summary>Stores a value under a key that the source writes as the name of a member.</summary>
    public void StoreMember(IrNode map, ScriptString name, IrNode value)
    {
        IrNode key = Ir.Object(name);
        Ir.Call(RegionHelpers.StoreMember, map, PositionOf(map, key), Ir.Box(key), Ir.Box(value));
    }

    /// <summary>True when finding a key calls no hook, and its charge is known beforehand.</summary>
    public static bool IsQuickKey(IrNode key) => key.Type is IrType.Int or IrType.Str || IsTupleOfInts(key);

    /// <summary>True when a key is looked up without a hook, except that of a struct in a tuple, at which the region exits.</summary>
    public static bool IsPlainKey(IrNode key) => IsQuickKey(key) || key.Type == IrType.Tuple;

    /// <summary>The position of a key; -1 when it is absent. The caller charges for hashing a str.</summary>
    private IrNode PositionOf(IrNode table, IrNode key) =>
        !IsQuickKey(key) ? Ir.Emit(IrOp.AsInt, IrType.Int, Ir.Call(RegionHelpers.FindKey, table, Ir.Box(key)))
        : key.Type == IrType.Int ? Ir.Call(RegionHelpers.FindNumber, table, key)
        : key is { Op: IrOp.ConstObject, Payload: ScriptString text } ? Ir.Call(RegionHelpers.FindKnown, table, Ir.Foreign(Known(text)))
        : key.Type == IrType.Str ? Ir.Call(RegionHelpers.FindText, table, key)
        : Ir.Call(key.Inputs.Length == 2 ? RegionHelpers.FindPair : RegionHelpers.FindTriple, [table, .. key.Inputs]);

    /// <summary>The cache of a key, one for all places of the region.</summary>
    private KnownKey Known(ScriptString text)
    {
        KnownKey? known = _known.Find(known => known.Text.ContentEquals(text));
        if (known is null)
        {
            known = new(text);
            _known.Add(known);
        }

        return known;
    }

    /// <summary>
    /// True for a tuple of two or three ints that this region makes. The lookup takes the ints, so that the tuple is made only where it is
    /// kept.
    /// </summary>
    private static bool IsTupleOfInts(IrNode key) =>
        key.Op == IrOp.NewTuple && key.Inputs.Length is 2 or 3 && key.Inputs.All(static item => item.Type == IrType.Int);

    /// <summary>
    /// The position of a key; exits when it is absent. The charge comes after the guard: if that fails, the interpreter finds the key and
    /// charges.
    /// </summary>
    private IrNode FoundPosition(IrNode map, IrNode key)
    {
        IrNode position = Ir.EmitGuarded(IrOp.FoundPosition, IrType.Int, PositionOf(map, key));
        ChargeKey(key);
        return position;
    }

    private bool AlwaysFinds(IrNode key) => IsQuickKey(key) && !Profile.MissedKey && !Profile.Raised;

    private void ChargeKey(IrNode key)
    {
        if (key.Type == IrType.Str)
        {
            texts.ChargeComparison(key, key);
        }
    }
}
