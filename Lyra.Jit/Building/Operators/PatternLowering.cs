using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>Identity, membership, and the tests of patterns.</summary>
internal sealed class PatternLowering(BuildParts parts, TextComparisons texts, MapAccess maps) : Lowering(parts)
{
    /// <summary>The kinds as which collections of the host are recorded.</summary>
    private const ObservedKinds OfHost = ObservedKinds.Other | ObservedKinds.HostItems | ObservedKinds.HostTable;

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
            (IrType.Str, IrType.Str) => texts.CompareAsInts(Opcode.Eq, x, y) ?? texts.Equal(x, y),
            _ when IsComparedByReference(x.Type) && IsComparedByReference(y.Type) => Ir.Emit(IrOp.SameObject, IrType.Bool, x, y),
            (IrType.Any, _) when IsComparedByReference(y.Type) => Ir.Emit(IrOp.IsThis, IrType.Bool, x, y),
            (_, IrType.Any) when IsComparedByReference(x.Type) && x.Type != IrType.Struct => Ir.Emit(IrOp.IsThis, IrType.Bool, y, x),
            _ => Ir.AsBool(Ir.Call(RegionHelpers.AreIdenticalValues, Ir.Box(x), Ir.Box(y))),
        };
    }

    public IrNode? Membership(IrNode item, IrNode container)
    {
        if (RecordedKinds.IsHostTable(container, Profile.C) && !RecordedKinds.SawKeyHooks(item, Profile.B))
        {
            Ir.Guard(Ir.Call(RegionHelpers.IsPlainTable, container));
            return Ir.AsBool(Ir.Call(RegionHelpers.HasEntry, container, Ir.Box(item)));
        }

        if (RecordedKinds.SawKeyHooks(item, Profile.B) || RecordedKinds.MayHaveHooks(container, Profile.C) || Profile.Raised)
        {
            return null;
        }

        return IrTypes.SequenceOf(container.Type) switch
        {
            IrSequence.Map or IrSequence.Set => maps.Has(container, item),
            IrSequence.Range => Ir.InRange(item, container),
            IrSequence.Str when item.Type == IrType.Str => Ir.AsBool(Ir.Call(RegionHelpers.ContainsText, container, item)),
            IrSequence.None or IrSequence.List or IrSequence.Str or IrSequence.Tuple or IrSequence.Bytes or IrSequence.Generator
                or IrSequence.Channel => Ir.AsBool(Ir.Call(RegionHelpers.ContainsItem, Ir.Box(container), Ir.Box(item))),
        };
    }

    /// <summary>Whether a value is in the range of a pattern; null for bounds beyond 64 bits.</summary>
    public IrNode? TestRange(IrNode value, IrNode start, IrNode end) =>
        start.Type != IrType.Int || end.Type != IrType.Int ? null
        : value.Type == IrType.Int ? Ir.Call(RegionHelpers.IsIntBetween, value, start, end)
        : value.Type == IrType.Float ? Ir.Call(RegionHelpers.IsFloatBetween, value, start, end)
        : Ir.Call(RegionHelpers.IsBetween, Ir.Box(value), start, end);

    /// <summary>
    /// Tests whether a pattern's type matches a value. A value of which only other types were recorded is tested for this one: an exit for
    /// any type but the recorded ones would be one too many.
    /// </summary>
    public IrNode TestType(Instruction i)
    {
        BoundType type = Frame.Code.SlotType(i.C);
        IrNode value = Registers.Get(i.B);
        Representation tested = RepresentationOf(type);
        if (value.IsUnknown && tested.Type != IrType.Any && Representation.Of(Profile.B) != tested)
        {
            return TestUnknown(type, tested, value);
        }

        return TestType(type, Registers.Narrow(value, Profile.B));
    }

    /// <summary>
    /// The index of the first of several types that a value is of: a constant if its representation decides, else a call, which
    /// <see cref="SwitchLowering"/> replaces by tests where few types were recorded.
    /// </summary>
    public IrNode FindType(Instruction i)
    {
        TypeChoice types = TypeChoice.Of(Frame.Code.SlotType(i.C));
        IrNode value = Registers.Operand(i.B, Profile.B);
        return IndexOf(types, value) is { } index ? Ir.Int(index) : Ir.Call(RegionHelpers.IndexOfType, Ir.Foreign(types), Ir.Box(value));
    }

    /// <summary>Tests a value of a known representation, which decides where the type says no more than that.</summary>
    public IrNode TestType(BoundType type, IrNode value)
    {
        if (IsOfType(type, value) is { } verdict)
        {
            return Ir.Bool(verdict);
        }

        Representation tested = RepresentationOf(type);
        return value.Type == IrType.Any && tested.Type != IrType.Any
            ? TestUnknown(type, tested, value)
            : SlotConversion.TakesAsIs(Ir, type, value);
    }

    /// <summary>Tests whether a value is a container of a pattern's kind and length.</summary>
    public IrNode TestContainer(Opcode op, IrNode value, int count)
    {
        (IrType expected, RegionHelper pattern) = op switch
        {
            Opcode.TestList or Opcode.TestListPrefix => (IrType.List, RegionHelpers.CountOfList),
            Opcode.TestTuple or Opcode.TestTuplePrefix => (IrType.Tuple, RegionHelpers.CountOfTuple),
            Opcode.TestMap or Opcode.TestMapPrefix => (IrType.Map, RegionHelpers.CountOfMap),
            _ => throw new UnreachableException($"{op} tests no container."),
        };
        bool isUnknown = value.Type is IrType.Any or IrType.Object;
        if (value.Type != expected && !isUnknown)
        {
            return Ir.Bool(false);
        }

        IrNode length = isUnknown ? Ir.Call(pattern, Ir.Box(value)) : Ir.LengthOf(value)!;
        bool isPrefix = op is Opcode.TestListPrefix or Opcode.TestTuplePrefix or Opcode.TestMapPrefix;
        return isPrefix ? Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(count), length) : Ir.Emit(IrOp.EqInt, IrType.Bool, length, Ir.Int(count));
    }

    private static int? IndexOf(TypeChoice types, IrNode value)
    {
        for (int index = 0; index < types.Count; index++)
        {
            bool? isOfType = types[index] is { } type ? IsOfType(type, value) : true;
            if (isOfType is null or true)
            {
                return isOfType is null ? null : index;
            }
        }

        return types.Count;
    }

    /// <summary>Whether a value is of a type; null if its representation does not decide it.</summary>
    public static bool? IsOfType(BoundType type, IrNode value)
    {
        type = SlotCheck.FindDeclared(type) ?? type;
        if (type.Kind == SlotKind.Union)
        {
            return IsOfMember(type, value);
        }

        if (type.Kind == SlotKind.Struct && value is { Type: IrType.Struct, Shape: { } shape }
            && SlotCheck.FindLastingEnum(type) is { } owner)
        {
            return ReferenceEquals(shape.Enum, owner);
        }

        // Until an import has run, a name may stand for any type.
        bool isNamed = type.Kind != SlotKind.Struct || SlotCheck.FindShape(type) is not null;
        if (!isNamed)
        {
            return null;
        }

        if (value.Type == IrType.Struct && type.Kind != SlotKind.Any)
        {
            bool isKnown = type.Kind != SlotKind.Struct || (SlotCheck.FindLastingShape(type) is not null && value.Shape is not null);
            return isKnown ? type.Kind == SlotKind.Struct && value.Shape!.Is(SlotCheck.FindLastingShape(type)!) : null;
        }

        bool? isTaken = type.Type.IsNullable ? null : KindTypes.Takes(type.Kind, value.Type);
        return isTaken == true && type.Kind == SlotKind.Tuple && type.ArgumentCount > 0 ? null : isTaken;
    }

    /// <summary>Whether a value is of a type of a union; null if its representation does not decide it.</summary>
    private static bool? IsOfMember(BoundType union, IrNode value)
    {
        if (union.Type.IsNullable && value.Op == IrOp.ConstNil)
        {
            return true;
        }

        bool? isAny = union.Type.IsNullable && value.Type is IrType.Any or IrType.Object ? null : false;
        for (int i = 0; i < union.ArgumentCount && isAny != true; i++)
        {
            bool? isMember = union.Argument(i) is { } member ? IsOfType(member, value) : true;
            isAny = isMember == true ? true : isMember is null ? null : isAny;
        }

        return isAny;
    }

    private static bool IsComparedByReference(IrType type) =>
        IrTypes.IsObject(type) && type is not (IrType.Object or IrType.Str or IrType.BigInt);

    /// <summary>The representation that all values of a type have and no others; Any if there is none.</summary>
    private static Representation RepresentationOf(BoundType type)
    {
        if (type.Kind == SlotKind.Struct && !type.Type.IsNullable && SlotCheck.FindLastingShape(type) is { HasUsers: false } shape)
        {
            return new Representation(IrType.Struct, shape);
        }

        return new Representation(type.Type.IsNullable ? IrType.Any : KindTypes.OnlyOf(type.Kind), null);
    }

    /// <summary>
    /// Tests a value of any representation. A collection of the host is of a kind without having its representation: it exits, and where
    /// such values were recorded, a call tests the type.
    /// </summary>
    private IrNode TestUnknown(BoundType type, Representation tested, IrNode value)
    {
        if (tested.Type is IrType.List or IrType.Map or IrType.Set)
        {
            if (Profile.B is { } seen && (seen.Kinds & OfHost) != ObservedKinds.None)
            {
                return Ir.Call(RegionHelpers.SlotTakesAsIs, Ir.Foreign(type), value);
            }

            Ir.GuardNot(Ir.Call(RegionHelpers.IsHostValue, value));
        }

        return TestRepresentation(tested, value);
    }

    private IrNode TestRepresentation(Representation tested, IrNode value) => IrTypes.GroupOf(tested.Type) switch
    {
        IrTypeGroup.None => Ir.IsNil(value),
        IrTypeGroup.Float => Ir.Emit(IrOp.IsFloat, IrType.Bool, value),
        IrTypeGroup.Bool => Ir.Emit(IrOp.IsBool, IrType.Bool, value),
        IrTypeGroup.Object => tested.Type == IrType.Struct
            ? Ir.Emit(IrOp.IsStruct, IrType.Bool, value).About(tested.Shape, 0)
            : Ir.Emit(IrOp.IsObject, IrType.Bool, value).About(null, (long)tested.Type),
        IrTypeGroup.Int or IrTypeGroup.Decimal or IrTypeGroup.Any or IrTypeGroup.Storage or IrTypeGroup.Vector =>
            throw new UnreachableException($"No pattern tests for {tested.Type} alone."),
    };
}
