using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Annotated slots: what <see cref="Runtime.Semantics.SlotCheck"/> does to a value, as far as its representation is known.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildCheckSlot(Instruction i)
    {
        IrNode value = Operand(i.A, Profile.A);
        if (ConvertForSlot(_scope.Code.SlotType(i.Wide), value) is not { } converted)
        {
            return false;
        }

        if (converted != value)
        {
            SetRegister(i.A, converted);
        }

        return true;
    }

    /// <summary>
    /// A value as a slot stores it: exits where the slot may refuse it or has to make a new object for it. Null, with nothing built, when it is
    /// certain that only the interpreter can store it.
    /// </summary>
    private IrNode? ConvertForSlot(BoundType? type, IrNode value)
    {
        if (type is null || type.Kind == SlotKind.Any)
        {
            return value;
        }

        if (value.Op == IrOp.ConstNil)
        {
            return type.Type.IsNullable || type.Kind == SlotKind.Nil ? value : null;
        }

        return (type.Kind, value.Type) switch
        {
            (_, IrType.Any) => ConvertUnknown(type, value),
            (SlotKind.Float, IrType.Float) or (SlotKind.Bool, IrType.Bool) or (SlotKind.Int or SlotKind.I64, IrType.Int) => value,
            (SlotKind.Int, IrType.BigInt) => value,
            ( >= SlotKind.I8 and <= SlotKind.U64, IrType.Int) => Wrap(type.Kind, value),
            (SlotKind.Float, IrType.Int) => ToFloat(value),
            (SlotKind.F32, IrType.Int or IrType.Float) => Call(RegionHelpers.RoundToSingle, ToFloat(value)),
            (SlotKind.Tuple, IrType.Tuple) when type.ArgumentCount > 0 => CheckedForSlot(type, value),
            (SlotKind.Str, IrType.Str) or (SlotKind.List, IrType.List) or (SlotKind.Map, IrType.Map) or (SlotKind.Set, IrType.Set) => value,
            (SlotKind.Tuple, IrType.Tuple) or (SlotKind.Range, IrType.Range) or (SlotKind.Bytes, IrType.Bytes) => value,
            (SlotKind.Proc, IrType.Closure) or (SlotKind.Iterator, IrType.Generator) => value,
            (SlotKind.Struct, IrType.Struct) => IsOfType(value.Shape!, type) ? value : null,
            (_, IrType.Object) => CheckedForSlot(type, value),
            _ => null,
        };
    }

    /// <summary>The int with the low bits that a slot of its width keeps.</summary>
    private IrNode Wrap(SlotKind kind, IrNode value)
    {
        switch (kind)
        {
            case SlotKind.U8:
                return Emit(IrOp.AndInt, IrType.Int, value, Int(byte.MaxValue));
            case SlotKind.U16:
                return Emit(IrOp.AndInt, IrType.Int, value, Int(ushort.MaxValue));
            case SlotKind.U32:
                return Emit(IrOp.AndInt, IrType.Int, value, Int(uint.MaxValue));
            case SlotKind.U64:
                // What is negative becomes an int beyond 64 bits.
                Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LeInt, IrType.Bool, Int(0), value));
                return value;
            default:
                IrNode unused = Int(kind == SlotKind.I8 ? 56 : kind == SlotKind.I16 ? 48 : 32);
                return Emit(IrOp.ShrInt, IrType.Int, Emit(IrOp.ShlInt, IrType.Int, value, unused), unused);
        }
    }

    /// <summary>A value of several kinds, or of one that nobody has recorded: unboxed where the slot keeps one kind, else only checked.</summary>
    private IrNode ConvertUnknown(BoundType type, IrNode value)
    {
        IrType guaranteed = KindOfSlot(type);
        if (guaranteed is IrType.Int or IrType.Bool)
        {
            IrNode unboxed = Unbox(value, new Representation(guaranteed, null));
            Refine(value, unboxed);
            return guaranteed == IrType.Int && type.Kind != SlotKind.I64 ? Wrap(type.Kind, unboxed) : unboxed;
        }

        if (guaranteed == IrType.Float)
        {
            return Emit(IrOp.AsFloat, IrType.Float, Call(RegionHelpers.ConvertForSlot, Foreign(type), value));
        }

        return CheckedForSlot(type, value);
    }

    /// <summary>Exits unless the slot stores the value unchanged.</summary>
    private IrNode CheckedForSlot(BoundType type, IrNode value)
    {
        Guarded(IrOp.Guard, IrType.None, Call(RegionHelpers.SlotTakes, Foreign(type), Box(value)));
        return value;
    }

    private static bool IsOfType(Shape shape, BoundType type)
    {
        SlotType named = type.Type;
        if (type.Module is not { } module || named.ModuleSlot < 0 || named.ModuleSlot >= module.Slots.Length)
        {
            return false;
        }

        object? found = module.Slots[named.ModuleSlot].Ref;
        if (named.MemberName is not null)
        {
            found = found is ModuleInstance other && other.TryGetExport(named.MemberName, out int slot) ? other.Slots[slot].Ref : null;
        }

        return ReferenceEquals(found, shape);
    }

    /// <summary>The representation that a slot guarantees of what it holds; Any when it guarantees none.</summary>
    private static IrType KindOfSlot(BoundType? type) => type is not { Type.IsNullable: false } ? IrType.Any : type.Kind switch
    {
        // An `int` may be beyond 64 bits; the sized ones up to i64 never are.
        SlotKind.I8 or SlotKind.I16 or SlotKind.I32 or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 => IrType.Int,
        SlotKind.Float or SlotKind.F32 => IrType.Float,
        SlotKind.Bool => IrType.Bool,
        _ => IrType.Any,
    };
}
