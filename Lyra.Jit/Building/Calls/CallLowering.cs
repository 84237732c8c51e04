using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Call instructions: finds the callee, as far as it is known or was recorded.</summary>
internal sealed class CallLowering(
    BuildParts parts,
    ProcCalls procs,
    IndirectCalls indirect,
    NativeCallLowering natives,
    MemberLowering members,
    ShapeArms arms,
    HostMemberLowering hosts)
    : Lowering(parts)
{
    private readonly CallChooser _chooser = procs.Chooser;

    /// <summary>A call of a proc that its module declares.</summary>
    public bool CallProc(Instruction i)
    {
        if (Frame.Code.Module.Slots[i.B].Ref is not Closure proc)
        {
            return false;
        }

        Callee callee = Callee.At(i, Ir.Object(proc), proc.Code);
        IrNode[] arguments = Arguments(i);
        return procs.CallBound(callee, arguments) || (!proc.Code.Prototype.HasRest && indirect.Call(i, callee, arguments));
    }

    /// <summary>A call of a builtin. A struct may have a method that replaces it, which only the interpreter calls.</summary>
    public bool CallBuiltin(Instruction i)
    {
        if (Frame.Code.Module.Builtins[i.B] is not { } native || ScriptedProc(native.Intrinsic, i.C) is not { } proc)
        {
            return natives.CallBuiltin(i);
        }

        IrNode[] arguments = Arguments(i);
        if (arguments.Length == 0)
        {
            return CallKnown(i, Callee.At(i, Ir.Object(proc), proc.Code), arguments);
        }

        arguments[0] = Registers.Operand(i.A + 1, Profile.B);
        return arguments[0].Type is not (IrType.Any or IrType.Struct)
            && CallKnown(i, Callee.At(i, Ir.Object(proc), proc.Code), arguments);
    }

    /// <summary>Lowers calls with spread arguments.</summary>
    public required SpreadCalls Spreads { get; init; }

    /// <summary>A call of a value.</summary>
    public bool Call(Instruction i) => CallRecorded(i, Registers.Operand(i.A, Profile.A), Profile.A, Arguments(i));

    /// <summary>A call with named or spread arguments.</summary>
    public bool CallEx(Instruction i)
    {
        CallDescriptor descriptor = Frame.Code.Prototype.CallDescriptors[i.B];
        IrNode callee = Registers.NarrowToConstant(Registers.Operand(i.A, Profile.A), Profile.A);
        if (descriptor.HasNamedSpread)
        {
            return false;
        }

        if (descriptor.HasSpread)
        {
            return Spreads.Call(i, callee, arguments => CallSpread(i, callee, arguments, descriptor.Names));
        }

        int positional = i.C - descriptor.Names.Length;
        return CallNamed(i, callee, Registers.Range(i.A + 1, positional), descriptor.Names);
    }

    /// <summary>A call with positional arguments, and named ones in the last registers of the call.</summary>
    private bool CallNamed(Instruction i, IrNode callee, IrNode[] positional, string[] names) =>
        Resolve(callee, Profile.A) is var (code, closure, leading)
        && procs.Call(
            Callee.At(i, closure, code), [.. leading, .. positional],
            names, Registers.Range(i.A + 1 + i.C - names.Length, names.Length));

    private bool CallSpread(Instruction i, IrNode callee, IrNode[] arguments, string[] names) => callee switch
    {
        _ when names.Length > 0 => CallNamed(i, callee, arguments, names),
        { Op: IrOp.Call, Inputs: [_, { Payload: NativeProc method }] } when ReferenceEquals(callee.Payload, RegionHelpers.BindMethod) =>
            natives.CallMethod(i, method.Intrinsic, [IrRepresentation.Unboxed(callee.Inputs[0]), .. arguments]),
        { Op: IrOp.ConstObject, Payload: BoundProc { Target: NativeProc method } bound } =>
            natives.CallMethod(i, method.Intrinsic, [Ir.ConstantOf(bound.Receiver), .. arguments]),
        _ => CallRecorded(i, callee, Profile.A, arguments),
    };

    public bool CallMethod(Instruction i)
    {
        IrNode receiver = Registers.NarrowToConstant(Registers.Operand(i.A, Profile.A), Profile.A);
        string name = Frame.Code.Prototype.Sites[i.B];
        if (HostMemberLowering.IsHost(receiver, Profile.A))
        {
            return hosts.CallMethod(i, receiver, name);
        }

        return receiver.Type == IrType.Any && ShapeArms.ShapesOf(Profile.A) is { Count: > 1 } shapes
            ? arms.ByShape(i, receiver, shapes, instance => CallStructMethod(i, instance, name))
            : CallMethodOf(i, receiver, name);
    }

    private bool CallMethodOf(Instruction i, IrNode receiver, string name)
    {
        switch (receiver)
        {
            case { Type: IrType.Struct }:
                return CallStructMethod(i, receiver, name);
            case { Type: IrType.Object, Op: IrOp.ConstObject, Payload: ModuleInstance or Shape or EnumType }:
                return members.OfConstant(receiver, name) is { } member
                    ? CallValue(i, member, null, Arguments(i))
                    : receiver.Payload is EnumType && natives.CallMethod(i, receiver, name);
            case { Type: IrType.Object, Op: IrOp.ConstObject, Payload: HostType type }:
                return type.FindStatic(name)?.Method is { } function && natives.CallValue(i, function, Arguments(i));
            default:
                return NativeCallLowering.MethodOf(receiver, name) is { } row && ScriptedProc(row, i.C + 1) is { } proc
                    ? CallKnown(i, new Callee(proc.Code, Ir.Object(proc), i.A, i.A), [receiver, .. Arguments(i)])
                    : natives.CallMethod(i, receiver, name);
        }
    }

    /// <summary>The proc that executes a call of an intrinsic; null if the intrinsic is not written in Lyra.</summary>
    private Closure? ScriptedProc(Intrinsic row, int count) =>
        row.IsScripted(count) ? Frame.Code.Module.Context!.FindScripted(row, count, Frame.Code, Pc) : null;

    private bool CallStructMethod(Instruction i, IrNode instance, string name)
    {
        Shape shape = instance.Shape!;
        if (shape.IndexOf(name) is >= 0 and var field)
        {
            return CallRecorded(i, Registers.Narrow(members.LoadField(instance, field), Profile.Field), Profile.Field, Arguments(i));
        }

        return shape.FindMethod(name) is { } method
            ? CallKnown(i, new Callee(method.Code, Ir.Object(method), i.A, i.A), [instance, .. Arguments(i)])
            : natives.CallMethod(i, instance, name);
    }

    /// <summary>A call of a value, by the one callee or the few callees that were recorded.</summary>
    private bool CallRecorded(Instruction i, IrNode value, ObservedType? seen, IrNode[] arguments)
    {
        IrNode callee = Registers.NarrowToConstant(value, seen);
        if (callee.Op == IrOp.ConstObject && (callee.Payload as NativeProc ?? (callee.Payload as HostType)?.Constructor) is { } native)
        {
            return natives.CallValue(i, native, arguments);
        }

        if (callee.KnownCode is null && callee.Type == IrType.Closure && seen is { Codes.Count: > 1, IsMegamorphic: false })
        {
            return arms.ByCode(
                i, callee, seen.Codes,
                code => procs.Call(Callee.At(i, callee, code), arguments) || indirect.Call(i, callee, seen, arguments));
        }

        return callee.Type == IrType.Any && ShapeArms.ShapesOf(seen) is { Count: > 1 } shapes
            ? arms.ByShape(i, callee, shapes, instance => CallValue(i, instance, null, arguments))
            : CallValue(i, callee, seen, arguments) || indirect.Call(i, callee, seen, arguments);
    }

    private bool CallKnown(Instruction i, in Callee callee, IrNode[] arguments) =>
        procs.Call(callee, arguments) || indirect.Call(i, callee, arguments);

    private bool CallValue(Instruction i, IrNode callee, ObservedType? seen, IrNode[] arguments) =>
        Resolve(callee, seen) is var (code, closure, leading)
        && CallKnown(i, Callee.At(i, closure, code), [.. leading, .. arguments]);

    /// <summary>
    /// The proc that a call of a value runs, and the arguments that precede those of the call: bound methods, struct types and
    /// <c>__call</c> hooks are looked through. Exits when it is not the recorded one. Null when it is not known, or only the interpreter
    /// can call it.
    /// </summary>
    private (LinkedPrototype Code, IrNode Closure, IrNode[] Leading)? Resolve(IrNode callee, ObservedType? seen) => callee switch
    {
        { Type: IrType.Closure } => ResolveClosure(callee, seen),
        { Type: IrType.Struct, Shape.Hooks.Call: { } hook } => (hook.Code, Ir.Object(hook), [callee]),
        { Type: IrType.Object, Op: IrOp.ConstObject, Payload: Shape shape } =>
            (shape.Constructor.Code, Ir.Object(shape.Constructor), []),
        { Type: IrType.Object, Op: IrOp.ConstObject, Payload: BoundProc bound } =>
            Resolve(Ir.ConstantOf(Value.FromObject(bound.Target)), null) is var (target, closure, leading)
                ? (target, closure, [Ir.ConstantOf(bound.Receiver), .. leading])
                : null,
        { Type: IrType.Object, Op: IrOp.Call } when ReferenceEquals(callee.Payload, RegionHelpers.BindMethod) =>
            Resolve(callee.Inputs[1], null) is var (method, closure, leading)
                ? (method, closure, [callee.Inputs[0], .. leading])
                : null,
        _ => null,
    };

    private (LinkedPrototype Code, IrNode Closure, IrNode[] Leading)? ResolveClosure(IrNode closure, ObservedType? seen)
    {
        LinkedPrototype? code = closure.KnownCode ?? (seen is { Codes.Count: 1, IsMegamorphic: false } ? seen.Codes[0] : null);
        if (code is null || _chooser.Choose(code, []) == CallChoice.None)
        {
            return null;
        }

        Ir.GuardCode(closure, code);
        return (code, closure, []);
    }

    /// <summary>The values of the registers that follow the one for the result.</summary>
    private IrNode[] Arguments(Instruction i) => Registers.Range(i.A + 1, i.C);
}
