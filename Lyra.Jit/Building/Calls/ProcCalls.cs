using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Building;

/// <summary>Calls of script procs in the way that <see cref="CallChooser"/> chooses.</summary>
internal sealed class ProcCalls(BuildParts parts, CallChooser chooser, Inliner inliner) : Lowering(parts)
{
    private readonly IrArgumentBinder _binder = new(parts.Ir);

    public CallChooser Chooser { get; } = chooser;

    /// <summary>
    /// Lowers a call with positional arguments. False, with nothing appended, when only the interpreter can make it; the guards that the
    /// caller has appended before stay valid then.
    /// </summary>
    public bool Call(in Callee callee, IrNode[] positional)
    {
        CallChoice choice = Chooser.Choose(callee.Code, positional);
        return choice != CallChoice.None && _binder.Bind(callee.Code, positional) is { } arguments && Call(choice, callee, arguments);
    }

    /// <summary>Lowers a call with positional and named arguments; false when only the interpreter can make it.</summary>
    public bool Call(in Callee callee, IrNode[] positional, string[] names, IrNode[] named) =>
        _binder.Bind(callee.Code, positional, names, named) is { } arguments && CallBound(callee, arguments);

    /// <summary>Lowers a call with one argument for each parameter; false when only the interpreter can make it.</summary>
    public bool CallBound(in Callee callee, IrNode[] arguments) => Call(Chooser.Choose(callee.Code, arguments), callee, arguments);

    private bool Call(CallChoice choice, in Callee callee, IrNode[] arguments)
    {
        if (choice == CallChoice.Generator)
        {
            IrNode generator = Ir.EmitGuarded(IrOp.NewGenerator, IrType.Generator, [callee.Closure, .. arguments]);
            return Set(callee.Target, generator.About(callee.Code, 0));
        }

        if (choice is CallChoice.Region or CallChoice.RegionOrInline && CallCompiled(callee, arguments))
        {
            return true;
        }

        if (choice is CallChoice.Inline or CallChoice.RegionOrInline)
        {
            inliner.Inline(callee, arguments);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Calls the callee's compiled code; false, with nothing appended, when an argument can't have the expected representation.
    /// </summary>
    private bool CallCompiled(in Callee callee, IrNode[] bound)
    {
        RegionCall call = Chooser.FindCompiled(callee.Code, mayWait: false)!;
        if (callee.DropsResult || !CanAccept(call.Signature, bound))
        {
            return false;
        }

        ReadOnlySpan<EntryArgument> arguments = call.Signature.Arguments;
        IrNode[] inputs = new IrNode[arguments.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = arguments[i].Register == EntryArgument.ClosureRegister
                ? callee.Closure
                : Ir.Convert(bound[arguments[i].Register], arguments[i].Representation)!;
        }

        if (call.Signature.CallsOut)
        {
            State.RequireCallOuts();
        }

        Ir.ChargeSteps(callee.Code.EntryCost);
        IrNode node = State.Graph.NewNode(IrOp.CallRegion, call.Signature.ResultType, inputs).About(call, Frame.Depth);
        node.Exit = Ir.Snapshots.AfterCall(callee.Window, callee.Target);
        Ir.Append(node);
        State.RequireDepth(Frame.Depth + 1 + State.Limits.MaxInlineDepth);
        return Set(callee.Target, node.Type == IrType.None ? Ir.Nil() : node);
    }

    /// <summary>True when every argument has the representation that the callee expects, or may have it.</summary>
    private static bool CanAccept(EntrySignature signature, IrNode[] bound)
    {
        foreach (EntryArgument argument in signature.Arguments)
        {
            if (argument.Register == EntryArgument.ClosureRegister)
            {
                continue;
            }

            IrNode value = bound[argument.Register];
            Representation expected = argument.Representation;
            if (expected.Type != IrType.Any && Representation.Of(value) != expected && !value.IsUnknown)
            {
                return false;
            }
        }

        return true;
    }
}
