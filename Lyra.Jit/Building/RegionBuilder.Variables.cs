using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
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
                SetRegister(i.A, VariableOf(_scope.Code.Module, i.Wide));
                return true;
            case Opcode.SetModule:
                Emit(IrOp.StoreVariable, IrType.None, Box(Register(i.A))).About(_scope.Code.Module, i.Wide);
                return true;
            case Opcode.GetExternal:
                return BuildGetExternal(i);
            case Opcode.SetExternal:
                return BuildSetExternal(i);
            case Opcode.GetCapture:
                SetRegister(i.A, Narrow(CaptureOf(FrameClosure(), i.B), Profile.Result));
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
            case Opcode.NewUpvalue:
                SetRegister(i.A, Guarded(IrOp.NewUpvalue, IrType.Upvalue, Box(Register(i.A))));
                return true;
            case Opcode.NewUnsetUpvalue:
                SetRegister(i.A, Guarded(IrOp.NewUpvalue, IrType.Upvalue, Unset()));
                return true;
            case Opcode.NewClosure:
                SetRegister(i.A, NewClosure(_scope.Code.Child(i.Wide)));
                return true;
            case Opcode.GetBuiltin:
                return BuildBuiltinValue(i);
            default:
                return false;
        }
    }

    /// <summary>A variable that the present instruction reads.</summary>
    private IrNode VariableOf(ModuleInstance module, int index)
    {
        bool isFixed = module.Compiled is not { } compiled || IsNeverAssignedAgain(compiled.Variables[index].Kind);
        if (isFixed && WasRead && !module.Slots[index].IsUnset)
        {
            return ConstantOf(module.Slots[index]);
        }

        return Given(Emit(IrOp.LoadVariable, IrType.Any).About(module, index));
    }

    /// <summary>
    /// Whether a recording saw the present instruction succeed, so that the variable it reads has its value. Otherwise the script's thread may be about to
    /// give it one, in two words, while this thread looks.
    /// </summary>
    private bool WasRead => Profile.Visits > Profile.Raises;

    /// <summary>Whether a variable that has a value keeps it: its declaration runs once in the life of its module.</summary>
    private static bool IsNeverAssignedAgain(ModuleVariableKind kind) =>
        kind is ModuleVariableKind.Let or ModuleVariableKind.Const or ModuleVariableKind.Proc or ModuleVariableKind.Struct or ModuleVariableKind.Import;

    /// <summary>A variable's value, which exits when its declaration has not run.</summary>
    private IrNode Given(IrNode value)
    {
        if (Profile.Result is { Kinds: ObservedKinds.Other, OnlyOther: NativeProc })
        {
            return TheOne(value, Profile.Result);
        }

        IrNode narrow = Narrow(value, Profile.Result);
        if (narrow == value)
        {
            Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.IsUnset, IrType.Bool, value));
        }

        return narrow;
    }

    private IrNode CapturedCell(int capture) => AsCell(CaptureOf(FrameClosure(), capture));

    /// <summary>A capture; of a closure made in the region what it was made from, of a constant one a constant.</summary>
    private IrNode CaptureOf(IrNode closure, int capture) => closure.Op switch
    {
        IrOp.NewClosure => closure.Inputs[capture],
        IrOp.ConstObject => ConstantOf(((Closure)closure.Payload!).Captures[capture]),
        _ => Emit(IrOp.LoadCapture, IrType.Any, closure).About(null, capture),
    };

    private IrNode NewClosure(LinkedPrototype code)
    {
        CaptureInfo[] infos = code.Prototype.Captures;
        IrNode[] captures = new IrNode[infos.Length];
        for (int i = 0; i < captures.Length; i++)
        {
            captures[i] = infos[i].FromRegister ? Register(infos[i].Index) : CaptureOf(FrameClosure(), infos[i].Index);
        }

        return Guarded(IrOp.NewClosure, IrType.Closure, captures).About(code, 0);
    }

    /// <summary>A global of the engine: the host may assign it whenever its code runs.</summary>
    private bool BuildGetExternal(Instruction i)
    {
        SetRegister(i.A, Given(Call(RegionHelpers.LoadGlobal, Foreign(_scope.Code.Module.Externals[i.Wide]))));
        return true;
    }

    private bool BuildSetExternal(Instruction i)
    {
        Call(RegionHelpers.StoreGlobal, Foreign(_scope.Code.Module.Externals[i.Wide]), Box(Register(i.A)));
        return true;
    }

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

    /// <summary>A proc of the library, or of the host under its name, or a constant such as <c>math.pi</c>: nothing changes either once the module is linked.</summary>
    private bool BuildBuiltinValue(Instruction i)
    {
        ModuleInstance module = _scope.Code.Module;
        if (module.Builtins[i.Wide] is { } known)
        {
            return Set(i.A, Object(known));
        }

        return LibraryTable.TryFindConstant(module.Compiled!.Builtins[i.Wide], out Value constant) && Set(i.A, ConstantOf(constant));
    }
}
