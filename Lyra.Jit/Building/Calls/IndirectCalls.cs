using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Calls of procs that are not known, or neither inlined nor compiled yet.</summary>
internal sealed class IndirectCalls(BuildParts parts, CallChooser chooser, CallOutLowering callOuts) : Lowering(parts)
{
    /// <summary>The kinds of values whose calls may run a script proc: bound methods and struct types are others.</summary>
    private const ObservedKinds Scripted = ObservedKinds.Closure | ObservedKinds.Struct | ObservedKinds.Other;

    /// <summary>
    /// Lowers a call of a value, whose arguments follow the register that takes the result: compiled code of the proc is called through
    /// the closure, and where there is none, the interpreter makes the call. False, with nothing appended, when only the interpreter can
    /// make it.
    /// </summary>
    public bool Call(Instruction i, IrNode callee, ObservedType? seen, IrNode[] arguments)
    {
        bool maybeScripted = callee.Type == IrType.Closure
            || (callee.Type is IrType.Any or IrType.Object && seen is not null && (seen.Kinds & Scripted) != 0);
        return maybeScripted && Call(i, callee, i.A + 1, i.A, arguments);
    }

    /// <summary>
    /// As the other overload, for a call of a known proc that may be compiled later. The call itself makes the list of a rest, which must
    /// not be among the arguments.
    /// </summary>
    public bool Call(Instruction i, in Callee callee, IrNode[] arguments)
    {
        bool mayBeCompiled = callee.Code.Kind == ProcKind.Normal
            || (callee.Code.Kind == ProcKind.Async && callee.Code.CompleteCount == arguments.Length);
        if (!mayBeCompiled || !CanCall(arguments))
        {
            return false;
        }

        chooser.RequireTaskCode(callee.Code);
        return Call(i, callee.Closure, callee.Start, callee.Target, arguments);
    }

    private bool CanCall(IrNode[] arguments) =>
        arguments.Length <= NativeArguments.Capacity && !Frame.IsRestartable && !callOuts.IsRareInProc;

    private bool Call(Instruction i, IrNode callee, int window, int target, IrNode[] arguments)
    {
        if (!CanCall(arguments))
        {
            return false;
        }

        State.RequireCallOuts();
        IrNode[] inputs = new IrNode[arguments.Length + 1];
        inputs[0] = Ir.Box(callee);
        for (int n = 0; n < arguments.Length; n++)
        {
            inputs[n + 1] = Ir.Box(arguments[n]);
        }

        IndirectCall call = new(arguments.Length, NeedsNoTask(target));
        IrNode result = State.Graph.NewNode(IrOp.CallRegion, IrType.Any, inputs).About(call, Frame.Depth);
        result.Exit = Ir.Snapshots.AfterCall(window, target);
        Ir.Append(result);
        State.RequireDepth(Frame.Depth + 1 + State.Limits.MaxInlineDepth);

        List<Path> ends = [];
        Path notCalled = Paths.Fork(Ir.Not(Ir.IsUnset(result)));
        Set(target, result);
        Paths.EndArm(ends);
        Paths.Resume(notCalled);
        callOuts.CallInterpreter(i);
        Paths.EndArm(ends);
        Paths.JoinArms(ends);
        return true;
    }
}
