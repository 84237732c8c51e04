using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Variables of modules, captures, builtins as values.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildVariable(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.GetModule:
                SetRegister(i.A, ModuleVariable(i.Wide));
                return true;
            case Opcode.SetModule:
                Emit(IrOp.StoreVariable, IrType.None, Box(Register(i.A))).About(_scope.Code.Module, i.Wide);
                return true;
            case Opcode.GetCapture:
                SetRegister(i.A, Narrow(Emit(IrOp.LoadCapture, IrType.Any, FrameClosure()).About(null, i.B), Profile.Result));
                return true;
            case Opcode.GetUpvalue:
                SetRegister(i.A, Given(Emit(IrOp.LoadUpvalue, IrType.Any, CapturedCell(i.B))));
                return true;
            case Opcode.SetUpvalue:
                Emit(IrOp.StoreUpvalue, IrType.None, CapturedCell(i.B), Box(Register(i.A)));
                return true;
            case Opcode.LoadUpvalue:
                SetRegister(i.A, Given(Emit(IrOp.LoadUpvalue, IrType.Any, Cell(i.B))));
                return true;
            case Opcode.StoreUpvalue:
                Emit(IrOp.StoreUpvalue, IrType.None, Cell(i.A), Box(Register(i.B)));
                return true;
            case Opcode.GetBuiltin:
                return BuildBuiltinValue(i);
            default:
                return false;
        }
    }

    private IrNode ModuleVariable(int index)
    {
        ModuleInstance module = _scope.Code.Module;
        Value present = module.Slots[index];
        if (!present.IsUnset && IsNeverAssignedAgain(module.Compiled!.Variables[index].Kind))
        {
            return ConstantOf(present);
        }

        return Given(Emit(IrOp.LoadVariable, IrType.Any).About(module, index));
    }

    /// <summary>Whether a variable that has a value keeps it: its declaration runs once in the life of its module.</summary>
    private static bool IsNeverAssignedAgain(ModuleVariableKind kind) =>
        kind is ModuleVariableKind.Let or ModuleVariableKind.Const or ModuleVariableKind.Proc or ModuleVariableKind.Struct or ModuleVariableKind.Import;

    /// <summary>A variable's value, which exits when its declaration has not run.</summary>
    private IrNode Given(IrNode value)
    {
        IrNode narrow = Narrow(value, Profile.Result);
        if (narrow == value)
        {
            Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.IsUnset, IrType.Bool, value));
        }

        return narrow;
    }

    private IrNode CapturedCell(int capture) => AsCell(Emit(IrOp.LoadCapture, IrType.Any, FrameClosure()).About(null, capture));

    private IrNode Cell(int register)
    {
        IrNode value = Register(register);
        if (value.Type == IrType.Upvalue)
        {
            return value;
        }

        IrNode cell = AsCell(value);
        Refine(value, cell);
        return cell;
    }

    /// <summary>The verifier has proved that an upvalue is there; the cast keeps that from being taken on trust.</summary>
    private IrNode AsCell(IrNode value) => value.Type == IrType.Upvalue ? value : Emit(IrOp.AsObject, IrType.Upvalue, value);

    private bool BuildBuiltinValue(Instruction i)
    {
        if (_scope.Code.Module.Builtins[i.Wide] is not { } known)
        {
            return false;
        }

        SetRegister(i.A, Object(known));
        return true;
    }
}
