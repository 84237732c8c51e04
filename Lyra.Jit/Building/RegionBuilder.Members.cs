using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>Fields of structs.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildMember(Instruction i) => i.Op switch
    {
        Opcode.GetField => BuildGetField(i),
        Opcode.SetField => BuildSetField(i),
        _ => false,
    };

    private bool BuildGetField(Instruction i)
    {
        IrNode receiver = Operand(i.B, Profile.B);
        string name = _scope.Code.Prototype.Sites[i.C];
        if (receiver.Type != IrType.Struct || receiver.Shape!.IndexOf(name) is not (>= 0 and var index))
        {
            return BuildOtherMember(i, receiver, name);
        }

        (IrOp op, IrType type) = KindOfField(receiver.Shape, index) switch
        {
            IrType.Int => (IrOp.LoadFieldInt, IrType.Int),
            IrType.Float => (IrOp.LoadFieldFloat, IrType.Float),
            IrType.Bool => (IrOp.LoadFieldBool, IrType.Bool),
            _ => (IrOp.LoadField, IrType.Any),
        };
        SetRegister(i.A, Emit(op, type, receiver).About(null, index));
        return true;
    }

    private bool BuildOtherMember(Instruction i, IrNode receiver, string name) => false;

    /// <summary>The representation that a field's annotation guarantees; Any when it guarantees none.</summary>
    private static IrType KindOfField(Shape shape, int index) => shape.FieldTypes[index] is not { Type.IsNullable: false } type ? IrType.Any : type.Kind switch
    {
        // An `int` may be beyond 64 bits; the sized ones up to i64 never are.
        SlotKind.I8 or SlotKind.I16 or SlotKind.I32 or SlotKind.I64 or SlotKind.U8 or SlotKind.U16 or SlotKind.U32 => IrType.Int,
        SlotKind.Float or SlotKind.F32 => IrType.Float,
        SlotKind.Bool => IrType.Bool,
        _ => IrType.Any,
    };

    private bool BuildSetField(Instruction i)
    {
        IrNode receiver = Operand(i.A, Profile.A);
        IrNode value = Operand(i.B, Profile.B);
        string name = _scope.Code.Prototype.Sites[i.C];
        if (receiver.Type != IrType.Struct || receiver.Shape!.IndexOf(name) is not (>= 0 and var index))
        {
            return false;
        }

        if (!TakesAsIs(receiver.Shape.FieldTypes[index], value))
        {
            return false;
        }

        if (KindOfField(receiver.Shape, index) == IrType.Float && value.Type == IrType.Float)
        {
            Emit(IrOp.StoreFieldFloat, IrType.None, receiver, value).About(null, index);
            return true;
        }

        Emit(IrOp.StoreField, IrType.None, receiver, Box(value)).About(null, index);
        return true;
    }

    /// <summary>Whether a slot with an annotation stores a value without check or conversion.</summary>
    private static bool TakesAsIs(BoundType? type, IrNode value) => type is null || (type.Kind, value.Type) switch
    {
        (SlotKind.Any, _) => true,
        (SlotKind.Int, IrType.Int) or (SlotKind.I64, IrType.Int) or (SlotKind.Float, IrType.Float) or (SlotKind.Bool, IrType.Bool) or (SlotKind.Str, IrType.Str) => true,
        (SlotKind.Struct, IrType.Struct) => type.Module is { } module && type.Type.MemberName is null && type.Type.ModuleSlot >= 0
            && ReferenceEquals(module.Slots[type.Type.ModuleSlot].Ref, value.Shape),
        _ => false,
    };
}
