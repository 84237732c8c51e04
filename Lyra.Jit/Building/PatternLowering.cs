using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>Identity, membership, and the tests of patterns.</summary>
internal sealed class PatternLowering(BuildParts parts, TextComparisons texts, MapAccess maps) : Lowering(parts)
{
    public IrNode Identity(IrNode x, IrNode y)
    {
        if (x.Op == IrOp.ConstNil || y.Op == IrOp.ConstNil)
        {
            return Ir.IsNil(x.Op == IrOp.ConstNil ? y : x);
        }

        return (x.Type, y.Type) switch
        {
            (IrType.Int, IrType.Int) => Ir.Emit(IrOp.EqInt, IrType.Bool, x, y),
            (IrType.Float, IrType.Float) => Ir.Emit(IrOp.EqFloat, IrType.Bool, x, y),
            (IrType.Bool, IrType.Bool) => Ir.Emit(IrOp.EqBool, IrType.Bool, x, y),
            (IrType.Str, IrType.Str) => texts.CompareUnits(Opcode.Eq, x, y) ?? texts.Equal(x, y),
            _ when IsComparedByReference(x.Type) && IsComparedByReference(y.Type) => Ir.Emit(IrOp.SameObject, IrType.Bool, x, y),
            _ => Ir.AsBool(Ir.Call(RegionHelpers.IdenticalAny, Ir.Box(x), Ir.Box(y))),
        };
    }

    public IrNode? Membership(IrNode item, IrNode container)
    {
        if (RecordedKinds.MayHaveHooks(item, Profile.B) || RecordedKinds.MayHaveHooks(container, Profile.C) || Profile.Raised)
        {
            return null;
        }

        switch (container.Type)
        {
            case IrType.Map or IrType.Set:
                return maps.Has(container, item);
            case IrType.Range:
                return Ir.InRange(item, container);
            default:
                return Ir.AsBool(Ir.Call(RegionHelpers.ContainsAny, Ir.Box(container), Ir.Box(item)));
        }
    }

    public IrNode? TestRange(IrNode value, IrNode range) => range.Type == IrType.Range ? Ir.InRange(value, range) : null;

    /// <summary>Tests whether a pattern's type matches a value. The representation decides where the type says no more than that.</summary>
    public IrNode TestType(BoundType type, IrNode value)
    {
        bool? known = type.Type.IsNullable ? null : (type.Kind, value.Type) switch
        {
            (SlotKind.Any, _) => true,
            (_, IrType.Any or IrType.Object or IrType.Struct) => null,
            (SlotKind.Int or SlotKind.I64, IrType.Int) or (SlotKind.Float, IrType.Float) or (SlotKind.Bool, IrType.Bool) => true,
            (SlotKind.Str, IrType.Str) or (SlotKind.List, IrType.List) or (SlotKind.Map, IrType.Map) or (SlotKind.Set, IrType.Set) => true,
            (SlotKind.Range, IrType.Range) or (SlotKind.Bytes, IrType.Bytes) or (SlotKind.Proc, IrType.Closure) => true,
            (SlotKind.Str or SlotKind.List or SlotKind.Map or SlotKind.Set or SlotKind.Tuple or SlotKind.Range or SlotKind.Bytes
                or SlotKind.Bool, _) when value.Type is not IrType.Tuple => false,
            (SlotKind.Int or SlotKind.Float or SlotKind.Str or SlotKind.List or SlotKind.Map or SlotKind.Bool, IrType.Tuple) => false,
            (SlotKind.Int or SlotKind.Struct or SlotKind.Nil, not IrType.BigInt) => false,
            (SlotKind.Float, not IrType.Float) => false,
            _ => null,
        };
        if (known is { } verdict)
        {
            return Ir.Bool(verdict);
        }

        return TestOfRepresentation(type, value) ?? Ir.Call(RegionHelpers.SlotTakes, Ir.Foreign(type), Ir.Box(value));
    }

    public IrNode? TestContainer(Opcode op, IrNode value, int count)
    {
        IrType expected = op switch
        {
            Opcode.TestList or Opcode.TestListPrefix => IrType.List,
            Opcode.TestTuple or Opcode.TestTuplePrefix => IrType.Tuple,
            _ => IrType.Map,
        };
        if (value.Type != expected)
        {
            return value.Type is IrType.Any or IrType.Object ? null : Ir.Bool(false);
        }

        IrNode length = Ir.LengthOf(value)!;
        bool isPrefix = op is Opcode.TestListPrefix or Opcode.TestTuplePrefix or Opcode.TestMapPrefix;
        return isPrefix ? Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(count), length) : Ir.Emit(IrOp.EqInt, IrType.Bool, length, Ir.Int(count));
    }

    private static bool IsComparedByReference(IrType type) =>
        IrTypes.IsObject(type) && type is not (IrType.Object or IrType.Str or IrType.BigInt);

    /// <summary>The test of an unknown value against a type that is one representation; null for all others.</summary>
    private IrNode? TestOfRepresentation(BoundType type, IrNode value)
    {
        if (value.Type != IrType.Any || type.Type.IsNullable)
        {
            return null;
        }

        return type.Kind switch
        {
            SlotKind.Nil => Ir.IsNil(value),
            SlotKind.Float => Ir.Emit(IrOp.IsFloat, IrType.Bool, value),
            SlotKind.Bool => Ir.Emit(IrOp.IsBool, IrType.Bool, value),
            SlotKind.Str => IsObject(value, IrType.Str),
            SlotKind.List => IsObject(value, IrType.List),
            SlotKind.Map => IsObject(value, IrType.Map),
            SlotKind.Set => IsObject(value, IrType.Set),
            SlotKind.Range => IsObject(value, IrType.Range),
            SlotKind.Bytes => IsObject(value, IrType.Bytes),
            _ => null,
        };
    }

    private IrNode IsObject(IrNode value, IrType type) => Ir.Emit(IrOp.IsObject, IrType.Bool, value).About(null, (long)type);
}
