using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Jit.Building;

/// <summary>Checks and conversions of annotated slots, as <see cref="SlotCheck"/> defines them.</summary>
internal sealed class SlotConversion(BuildParts parts) : Lowering(parts)
{
    public bool CheckSlot(Instruction i)
    {
        IrNode value = Registers.Operand(i.A, Profile.A);
        if (Convert(Frame.Code.SlotType(i.Wide), value) is not { } converted)
        {
            return false;
        }

        if (converted != value)
        {
            Registers.Set(i.A, converted);
        }

        return true;
    }

    /// <summary>
    /// A value as a slot stores it; exits where the slot refuses the value, or would make a new object for it. Null, with nothing appended,
    /// when certainly only the interpreter can store it.
    /// </summary>
    public IrNode? Convert(BoundType? type, IrNode value)
    {
        if (type is null || type.Kind == SlotKind.Any)
        {
            return value;
        }

        type = SlotCheck.FindDeclared(type) ?? type;
        if (value.Op == IrOp.ConstNil)
        {
            return type.Type.IsNullable || type.Kind == SlotKind.Nil ? value : null;
        }

        if (ConvertNumber(type.Kind, value) is { } number)
        {
            return number;
        }

        return (type.Kind, value.Type) switch
        {
            (_, IrType.Any) => OfUnknownKind(type, value),
            (_, IrType.Object) => Checked(type, value),
            (SlotKind.Tuple, IrType.Tuple) when type.ArgumentCount > 0 => Checked(type, value),
            (SlotKind.Struct, IrType.Struct) when SlotCheck.FindLastingShape(type) is { } shape =>
                value.Shape!.Is(shape) ? value : null,
            (SlotKind.Struct, IrType.Struct) when SlotCheck.FindLastingEnum(type) is { } owner =>
                ReferenceEquals(value.Shape!.Enum, owner) ? value : null,
            (SlotKind.Struct, IrType.Struct) => Checked(type, value),
            (SlotKind.Union, _) => OfUnion(type, value),
            _ => KindTypes.Takes(type.Kind, value.Type) == true ? value : null,
        };
    }

    /// <summary>What a slot of this kind makes of an int, a float or a bool; None for other values and where it refuses them.</summary>
    public static IrType NumberType(SlotKind kind, IrType type) => type switch
    {
        IrType.Int when kind is SlotKind.Any or SlotKind.Int || kind.IsSizedInt() => IrType.Int,
        IrType.Int or IrType.Float when kind is SlotKind.Float or SlotKind.F32 => IrType.Float,
        IrType.Float when kind == SlotKind.Any => IrType.Float,
        IrType.Bool when SlotCheck.TakesBool(kind) => IrType.Bool,
        _ => IrType.None,
    };

    /// <summary>
    /// An int, a float or a bool as a slot of this kind stores it; exits where that is an int beyond 64 bits. Null, with nothing appended,
    /// where <see cref="NumberType"/> is None.
    /// </summary>
    public IrNode? ConvertNumber(SlotKind kind, IrNode value) => NumberType(kind, value.Type) switch
    {
        IrType.None => null,
        IrType.Int when kind.IsSizedInt() && kind != SlotKind.I64 => Wrap(kind, value),
        IrType.Float when kind == SlotKind.F32 => Ir.Call(RegionHelpers.RoundedToSingle, Ir.ToFloat(value)),
        IrType.Float => Ir.ToFloat(value),
        IrType.Int or IrType.Bool => value,
        _ => throw new UnreachableException("A number type is Int, Float or Bool."),
    };

    /// <summary>The int with the low bits that a slot of its width keeps.</summary>
    private IrNode Wrap(SlotKind kind, IrNode value)
    {
        if (kind == SlotKind.U64)
        {
            // A negative int becomes an int beyond 64 bits.
            Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(0), value));
            return value;
        }

        SlotInfo row = SlotInfo.Of(kind);
        if (!row.IsSigned)
        {
            return Ir.Emit(IrOp.AndInt, IrType.Int, value, Ir.Int(Interval.OfSlot(kind).Max));
        }

        IrNode unused = Ir.Int(64 - row.Bits);
        return Ir.Emit(IrOp.ShrInt, IrType.Int, Ir.Emit(IrOp.ShlInt, IrType.Int, value, unused), unused);
    }

    /// <summary>
    /// A value of several kinds, or of a kind that was not recorded: unboxed where the slot keeps one kind, otherwise only checked.
    /// </summary>
    private IrNode OfUnknownKind(BoundType type, IrNode value)
    {
        IrType guaranteed = IrRepresentation.Guaranteed(type);
        if (guaranteed is IrType.Int or IrType.Bool)
        {
            IrNode unboxed = Registers.NarrowTo(new Representation(guaranteed, null), value);
            return guaranteed == IrType.Int && type.Kind != SlotKind.I64 ? Wrap(type.Kind, unboxed) : unboxed;
        }

        if (guaranteed == IrType.Float)
        {
            return Ir.Emit(IrOp.AsFloat, IrType.Float, Ir.Call(RegionHelpers.ConvertedForSlot, Ir.Foreign(type), value));
        }

        return Checked(type, value);
    }

    /// <summary>A value that a type of the union takes as it is; one that none of them takes is for the interpreter.</summary>
    private IrNode? OfUnion(BoundType union, IrNode value) => PatternLowering.IsOfType(union, value) switch
    {
        true => value,
        false => null,
        null => Checked(union, value),
    };

    /// <summary>Exits unless the slot stores the value unchanged.</summary>
    private IrNode Checked(BoundType type, IrNode value)
    {
        Ir.Guard(TakesAsIs(Ir, type, value));
        return value;
    }

    /// <summary>Whether a slot stores a value unchanged.</summary>
    public static IrNode TakesAsIs(IrBuilder ir, BoundType type, IrNode value) =>
        !type.Type.IsNullable && SlotCheck.FindLastingEnum(type) is { } owner
            ? ir.Call(RegionHelpers.IsOfEnum, ir.Foreign(owner), ir.Box(value))
            : ir.Call(RegionHelpers.SlotTakesAsIs, ir.Foreign(type), ir.Box(value));
}
