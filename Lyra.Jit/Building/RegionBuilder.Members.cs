using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Members: fields of structs, exports of modules, methods as values.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildMember(Instruction i) => i.Op switch
    {
        Opcode.GetField => BuildGetField(i),
        Opcode.SetField => BuildSetField(i),
        Opcode.LoadMethod => BuildLoadMethod(i),
        Opcode.CheckSlot => BuildCheckSlot(i),
        _ => false,
    };

    private bool BuildGetField(Instruction i)
    {
        IrNode receiver = Operand(i.B, Profile.B);
        string name = _scope.Code.Prototype.Sites[i.C];
        if (receiver.Type == IrType.Any && ShapesOf(Profile.B) is { Count: > 1 } shapes)
        {
            return ByShape(i, receiver, shapes, instance => BuildGetMember(i, instance, name));
        }

        if (receiver.Type == IrType.Any && Profile.B is { Kinds: ObservedKinds.Struct, IsMegamorphic: true })
        {
            SetRegister(i.A, Call(RegionHelpers.FieldAtSite, Foreign(_scope.Code.Sites[i.C]), receiver));
            return true;
        }

        return BuildGetMember(i, receiver, name);
    }

    private bool BuildGetMember(Instruction i, IrNode receiver, string name)
    {
        if (receiver.Type == IrType.Struct)
        {
            return receiver.Shape!.IndexOf(name) is >= 0 and var index
                ? Set(i.A, Narrow(FieldOf(receiver, index), Profile.Result))
                : receiver.Shape.FindMethod(name) is { } method && Set(i.A, Bound(receiver, method));
        }

        return MemberOfConstant(receiver, name) is { } member ? Set(i.A, member) : BuildOtherMember(i, receiver, name);
    }

    private bool Set(int register, IrNode value)
    {
        SetRegister(register, value);
        return true;
    }

    private IrNode FieldOf(IrNode instance, int index)
    {
        (IrOp op, IrType type) = KindOfSlot(instance.Shape!.FieldTypes[index]) switch
        {
            IrType.Int => (IrOp.LoadFieldInt, IrType.Int),
            IrType.Float => (IrOp.LoadFieldFloat, IrType.Float),
            IrType.Bool => (IrOp.LoadFieldBool, IrType.Bool),
            _ => (IrOp.LoadField, IrType.Any),
        };
        return Emit(op, type, instance).About(null, index);
    }

    private IrNode Bound(IrNode receiver, ScriptObject method) => Call(RegionHelpers.NewBound, Box(receiver), Object(method));

    /// <summary>The export of a module, or the method of a struct type, that are constants; null when it can't be had without the interpreter.</summary>
    private IrNode? MemberOfConstant(IrNode receiver, string name)
    {
        if (receiver.Op != IrOp.ConstObject)
        {
            return null;
        }

        return receiver.Payload switch
        {
            ModuleInstance module => module.TryGetExport(name, out int slot) ? VariableOf(module, slot) : null,
            Shape shape => (shape.FindStatic(name) ?? shape.FindMethod(name)) is { } method ? Object(method) : null,
            _ => null,
        };
    }

    private bool BuildOtherMember(Instruction i, IrNode receiver, string name) => false;

    /// <summary>A method taken off its object; a call of it knows what it calls.</summary>
    private bool BuildLoadMethod(Instruction i)
    {
        IrNode receiver = Operand(i.B, Profile.B);
        string name = _scope.Code.Prototype.Sites[i.C];
        return receiver.Type == IrType.Struct && receiver.Shape!.FindMethod(name) is { } method
            ? Set(i.A, Bound(receiver, method))
            : BuildGetMember(i, receiver, name);
    }

    private bool BuildSetField(Instruction i)
    {
        IrNode receiver = Operand(i.A, Profile.A);
        IrNode value = Operand(i.B, Profile.B);
        string name = _scope.Code.Prototype.Sites[i.C];
        if (receiver.Type == IrType.Any && ShapesOf(Profile.A) is { Count: > 1 } shapes)
        {
            return ByShape(i, receiver, shapes, instance => BuildStoreField(instance, value, name));
        }

        if (receiver.Type == IrType.Any && Profile.A is { Kinds: ObservedKinds.Struct, IsMegamorphic: true })
        {
            Call(RegionHelpers.StoreFieldAtSite, Foreign(_scope.Code.Sites[i.C]), receiver, Box(value));
            return true;
        }

        return BuildStoreField(receiver, value, name);
    }

    private bool BuildStoreField(IrNode receiver, IrNode value, string name)
    {
        if (receiver.Type != IrType.Struct || receiver.Shape!.IndexOf(name) is not (>= 0 and var index)
            || ConvertForSlot(receiver.Shape.FieldTypes[index], value) is not { } stored)
        {
            return false;
        }

        IrNode store = KindOfSlot(receiver.Shape.FieldTypes[index]) switch
        {
            IrType.Float => Emit(IrOp.StoreFieldFloat, IrType.None, receiver, stored),
            IrType.Int => Emit(IrOp.StoreFieldInt, IrType.None, receiver, stored),
            _ => Emit(IrOp.StoreField, IrType.None, receiver, Box(stored)),
        };
        store.Bits = index;
        return true;
    }
}
