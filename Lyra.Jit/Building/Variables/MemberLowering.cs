using System.Diagnostics;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Members: fields of structs, exports of modules, methods as values.</summary>
internal sealed class MemberLowering(
    BuildParts parts,
    SlotConversion slots,
    FieldTypes fields,
    VariableLowering variables,
    ShapeArms arms,
    HostMemberLowering hosts,
    MapAccess maps)
    : Lowering(parts)
{
    public bool GetField(Instruction i)
    {
        IrNode receiver = Registers.NarrowToConstant(Registers.Operand(i.B, Profile.B), Profile.B);
        string name = Frame.Code.Prototype.Sites[i.C];
        if (HostMemberLowering.IsHost(receiver, Profile.B))
        {
            return hosts.GetProperty(i, receiver, name);
        }

        if (receiver.Type == IrType.Any && ShapeArms.ShapesOf(Profile.B) is { Count: > 1 } shapes)
        {
            return arms.ByShape(i, receiver, shapes, instance => GetMember(i, instance, name));
        }

        if (receiver.Type == IrType.Any && Profile.B is { Kinds: ObservedKinds.Struct, IsMegamorphic: true })
        {
            return Set(i.A, Ir.Call(RegionHelpers.FieldOfAnyShape, Ir.Foreign(Frame.Code.Sites[i.C]), receiver));
        }

        return receiver.Type == IrType.Map
            ? Set(i.A, maps.GetPresent(receiver, Ir.Object(ScriptString.Constant(name))))
            : GetMember(i, receiver, name);
    }

    public bool SetField(Instruction i)
    {
        IrNode receiver = Registers.Operand(i.A, Profile.A);
        IrNode value = Registers.Operand(i.B, Profile.B);
        string name = Frame.Code.Prototype.Sites[i.C];
        if (HostMemberLowering.IsHost(receiver, Profile.A))
        {
            return hosts.SetProperty(i, receiver, value, name);
        }

        if (receiver.Type == IrType.Any && ShapeArms.ShapesOf(Profile.A) is { Count: > 1 } shapes)
        {
            return arms.ByShape(i, receiver, shapes, instance => StoreField(instance, value, name));
        }

        if (receiver.Type == IrType.Any && Profile.A is { Kinds: ObservedKinds.Struct, IsMegamorphic: true })
        {
            Ir.Call(RegionHelpers.TryStoreFieldOfAnyShape, Ir.Foreign(Frame.Code.Sites[i.C]), receiver, Ir.Box(value));
            return true;
        }

        if (receiver.Type == IrType.Map && LibraryTable.FindMethod(ValueKind.Map, name) is null)
        {
            maps.StoreMember(receiver, ScriptString.Constant(name), value);
            return true;
        }

        return StoreField(receiver, value, name);
    }

    /// <summary>A method as a value, bound to its receiver.</summary>
    public bool LoadMethod(Instruction i)
    {
        IrNode receiver = Registers.Operand(i.B, Profile.B);
        string name = Frame.Code.Prototype.Sites[i.C];
        return receiver.Type == IrType.Struct && receiver.Shape!.FindMethod(name) is { } method
            ? Set(i.A, Bind(receiver, method))
            : GetMember(i, receiver, name) || BindBuiltin(i, receiver, name);
    }

    private bool BindBuiltin(Instruction i, IrNode receiver, string name) =>
        NativeCallLowering.MethodOf(receiver, name) is { } row && Set(i.A, Bind(receiver, row.Proc));

    /// <summary>A field of an instance whose shape is known, in the representation that all its values have.</summary>
    public IrNode LoadField(IrNode instance, int index)
    {
        (IrOp op, IrType type) = fields.Of(instance.Shape!, index) switch
        {
            IrType.Int => (IrOp.LoadFieldInt, IrType.Int),
            IrType.Float => (IrOp.LoadFieldFloat, IrType.Float),
            IrType.Bool => (IrOp.LoadFieldBool, IrType.Bool),
            IrType.None or IrType.Any => (IrOp.LoadField, IrType.Any),
            var other => throw new UnreachableException($"No field is known to hold {other} alone."),
        };
        return Ir.Emit(op, type, instance).About(null, index);
    }

    /// <summary>
    /// A member of a constant: an export of a module, or a method of a struct type. Null when only the interpreter can read it.
    /// </summary>
    public IrNode? OfConstant(IrNode receiver, string name)
    {
        if (receiver.Op != IrOp.ConstObject)
        {
            return null;
        }

        return receiver.Payload switch
        {
            ModuleInstance module => module.TryGetExport(name, out int slot) ? variables.Load(module, slot) : null,
            Shape shape => (shape.FindStatic(name) ?? shape.FindMethod(name)) is { } method ? Ir.Object(method) : null,
            EnumType type => type.FindMember(name) is { } member ? Ir.Object(member) : null,
            _ => null,
        };
    }

    private bool GetMember(Instruction i, IrNode receiver, string name)
    {
        if (receiver.Type == IrType.Struct)
        {
            return receiver.Shape!.IndexOf(name) is >= 0 and var index ? Set(i.A, LoadNarrow(receiver, index))
                : receiver.Shape.FindMethod(name) is { } method ? Set(i.A, Bind(receiver, method))
                : Members.OfCase(receiver.Shape, name) is { } property && Set(i.A, Ir.ConstantOf(property));
        }

        if (receiver.Type == IrType.Task && name == Members.Done)
        {
            return Set(i.A, Ir.Call(RegionHelpers.IsDone, receiver));
        }

        return HasProperty(receiver, name)
                ? Set(i.A, Ir.Call(RegionHelpers.PropertyOf, Ir.Foreign(Frame.Code.Sites[i.C]), Ir.Box(receiver)))
            : receiver is { Op: IrOp.ConstObject, Payload: HostType type } ? hosts.GetStatic(i, type, name)
            : SetIfAny(i.A, OfConstant(receiver, name));
    }

    /// <summary>Whether a value is of a built-in type that has a property of this name, as far as is known.</summary>
    private bool HasProperty(IrNode receiver, string name) => receiver switch
    {
        { Op: IrOp.ConstObject } => receiver.Payload is EnumType type && type.FindMember(name) is null && Members.IsOfEnums(name),
        { Type: IrType.Int } => Members.IsOfInts(name) && !Profile.Raised,
        { Type: IrType.Task } => name == Members.Result && !Profile.Raised,
        { Type: IrType.Any or IrType.Object } =>
            Profile.B is { Kinds: ObservedKinds.Other } && Members.IsOfErrors(name) && !Profile.Raised,
        _ => false,
    };

    /// <summary>
    /// A field of an instance. A number is unboxed at once, in the representation that was recorded; an object where it is used, because a
    /// field that holds a tree's nodes is often only tested, moved or passed on.
    /// </summary>
    private IrNode LoadNarrow(IrNode receiver, int index)
    {
        IrNode value = LoadField(receiver, index);
        return Representation.Of(Profile.Result).Type is IrType.Int or IrType.Float or IrType.Bool
            ? Registers.Narrow(value, Profile.Result)
            : value;
    }

    private bool StoreField(IrNode receiver, IrNode value, string name)
    {
        // The interpreter throws the error for values of enums, which never change.
        if (receiver.Type != IrType.Struct || receiver.Shape!.Enum is not null
            || receiver.Shape.IndexOf(name) is not (>= 0 and var index)
            || slots.Convert(receiver.Shape.FieldTypes[index], value) is not { } stored)
        {
            return false;
        }

        IrType type = fields.Of(receiver.Shape, index);
        if (fields.Fit(type, stored) is not { } kept)
        {
            return false;
        }

        IrNode store = type switch
        {
            IrType.Float => Ir.Emit(IrOp.StoreFieldFloat, IrType.None, receiver, kept),
            IrType.Int => Ir.Emit(IrOp.StoreFieldInt, IrType.None, receiver, kept),
            IrType.None or IrType.Bool or IrType.Any => Ir.Emit(IrOp.StoreField, IrType.None, receiver, Ir.Box(kept)),
            _ => throw new UnreachableException($"No field is known to hold {type} alone."),
        };
        store.Bits = index;
        return true;
    }

    private IrNode Bind(IrNode receiver, ScriptObject method) =>
        Ir.Call(RegionHelpers.BindMethod, Ir.Box(receiver), Ir.Object(method));
}
