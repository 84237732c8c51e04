using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Variables of modules, globals of the engine, captures and upvalues, closures, and builtins as values.</summary>
internal sealed class VariableLowering(BuildParts parts) : Lowering(parts)
{
    public bool GetModule(Instruction i) => Set(i.A, Load(Frame.Code.Module, i.Wide));

    public bool SetModule(Instruction i)
    {
        Ir.Emit(IrOp.StoreVariable, IrType.None, Ir.Box(Registers.Get(i.A))).About(Frame.Code.Module, i.Wide);
        return true;
    }

    /// <summary>A global of the engine: the host may assign it whenever its code runs.</summary>
    public bool GetExternal(Instruction i) =>
        Set(i.A, Assigned(Ir.Call(RegionHelpers.ReadGlobal, Ir.Foreign(Frame.Code.Module.Externals[i.Wide]))));

    public bool SetExternal(Instruction i)
    {
        Ir.Call(RegionHelpers.WriteGlobal, Ir.Foreign(Frame.Code.Module.Externals[i.Wide]), Ir.Box(Registers.Get(i.A)));
        return true;
    }

    /// <summary>
    /// A proc of the library, a proc of the host, or a constant such as <c>math.pi</c>: none of them changes once the module is linked.
    /// </summary>
    public bool GetBuiltin(Instruction i)
    {
        ModuleInstance module = Frame.Code.Module;
        if (module.Builtins[i.Wide] is { } known)
        {
            return Set(i.A, Ir.Object(known));
        }

        return LibraryTable.TryFindConstant(module.Compiled!.Builtins[i.Wide], out Value constant) && Set(i.A, Ir.ConstantOf(constant));
    }

    public bool GetCapture(Instruction i) => Set(i.A, Registers.Narrow(Capture(Registers.Closure(), i.B), Profile.Result));

    public bool GetUpvalue(Instruction i) => Set(i.A, Assigned(Ir.Emit(IrOp.LoadUpvalue, IrType.Any, CapturedUpvalue(i.B))));

    public bool SetUpvalue(Instruction i)
    {
        Ir.Emit(IrOp.StoreUpvalue, IrType.None, CapturedUpvalue(i.B), Ir.Box(Registers.Get(i.A)));
        return true;
    }

    public bool LoadUpvalue(Instruction i) => Set(i.A, Assigned(Ir.Emit(IrOp.LoadUpvalue, IrType.Any, Upvalue(i.B))));

    public bool StoreUpvalue(Instruction i)
    {
        Ir.Emit(IrOp.StoreUpvalue, IrType.None, Upvalue(i.A), Ir.Box(Registers.Get(i.B)));
        return true;
    }

    public bool NewUpvalue(Instruction i) => Set(i.A, Ir.EmitGuarded(IrOp.NewUpvalue, IrType.Upvalue, Ir.Box(Registers.Get(i.A))));

    public bool NewUnsetUpvalue(Instruction i) => Set(i.A, Ir.EmitGuarded(IrOp.NewUpvalue, IrType.Upvalue, Ir.Unset()));

    public bool NewClosure(Instruction i)
    {
        LinkedPrototype code = Frame.Code.Child(i.Wide);
        CaptureInfo[] infos = code.Prototype.Captures;
        IrNode[] captures = new IrNode[infos.Length];
        for (int n = 0; n < captures.Length; n++)
        {
            captures[n] = infos[n].FromRegister ? Registers.Get(infos[n].Index) : Capture(Registers.Closure(), infos[n].Index);
        }

        return Set(i.A, Ir.EmitGuarded(IrOp.NewClosure, IrType.Closure, captures).About(code, 0));
    }

    /// <summary>A module's variable that the present instruction reads: a constant where nothing assigns it again.</summary>
    public IrNode Load(ModuleInstance module, int index)
    {
        bool isFixed = module.Compiled is not { } compiled || IsAssignedOnce(compiled.Variables[index].Kind);
        if (isFixed && HasSucceeded && !module.Slots[index].IsUnset)
        {
            return Ir.ConstantOf(module.Slots[index]);
        }

        return Assigned(Ir.Emit(IrOp.LoadVariable, IrType.Any).About(module, index));
    }

    /// <summary>
    /// True when a recording saw the present instruction succeed, so that the variable has its value. Otherwise the script's thread may be
    /// about to assign the variable, in two words, while this thread reads it.
    /// </summary>
    private bool HasSucceeded => Profile.Visits > Profile.Raises;

    /// <summary>True for a variable that keeps its first value: its declaration runs once in the life of its module.</summary>
    private static bool IsAssignedOnce(ModuleVariableKind kind) => kind is ModuleVariableKind.Let or ModuleVariableKind.Const
        or ModuleVariableKind.Proc or ModuleVariableKind.Struct or ModuleVariableKind.InnerStruct or ModuleVariableKind.Enum
        or ModuleVariableKind.InnerEnum or ModuleVariableKind.Case or ModuleVariableKind.Import;

    /// <summary>The value that was read from a variable; exits when the variable's declaration has not run.</summary>
    private IrNode Assigned(IrNode value)
    {
        if (Profile.Result is { Kinds: ObservedKinds.Other, OnlyOther: NativeProc }
            && Registers.NarrowToConstant(value, Profile.Result) is var constant && constant != value)
        {
            return constant;
        }

        IrNode narrow = Registers.Narrow(value, Profile.Result);
        if (narrow == value)
        {
            Ir.GuardNot(Ir.Emit(IrOp.IsUnset, IrType.Bool, value));
        }

        return narrow;
    }

    /// <summary>A capture: the captured value itself where the closure is a constant or made in the region.</summary>
    private IrNode Capture(IrNode closure, int capture) => closure switch
    {
        { Op: IrOp.NewClosure } => closure.Inputs[capture],
        { Op: IrOp.ConstObject, Payload: Closure known } => Ir.ConstantOf(known.Captures[capture]),
        _ => Ir.Emit(IrOp.LoadCapture, IrType.Any, closure).About(null, capture),
    };

    private IrNode CapturedUpvalue(int capture) => AsUpvalue(Capture(Registers.Closure(), capture));

    /// <summary>The upvalue in a register.</summary>
    private IrNode Upvalue(int register)
    {
        IrNode value = Registers.Get(register);
        IrNode upvalue = AsUpvalue(value);
        Registers.Refine(value, upvalue);
        return upvalue;
    }

    /// <summary>The bytecode verifier has proved that the value is an upvalue; the cast checks it nevertheless.</summary>
    private IrNode AsUpvalue(IrNode value) => value.Type == IrType.Upvalue ? value : Ir.Emit(IrOp.AsObject, IrType.Upvalue, value);
}
