using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>Decides how calls of script procs are lowered: inlined, as calls of compiled code, or by the interpreter.</summary>
internal sealed class CallChooser(BuildState state)
{
    /// <summary>The choice for a call by the present instruction.</summary>
    public CallChoice Choose(LinkedPrototype code, IrNode[] arguments)
    {
        if (state.Frame.IsRestartable)
        {
            return CanDefer(code) ? CallChoice.Inline : CallChoice.None;
        }

        if (code.Kind == ProcKind.Generator)
        {
            return CallChoice.Generator;
        }

        bool canInline = CanInline(code);
        if (state.Callees is null)
        {
            return canInline ? CallChoice.Inline : CallChoice.None;
        }

        bool hasClosure = HasClosure(arguments);
        bool prefersCall = !hasClosure && IsShared(code);
        bool isRecursive = IsActive(code) || (canInline && CallsItself(Context(code)));
        if (code.Kind == ProcKind.Async)
        {
            return canInline && !isRecursive ? CallChoice.Inline : CallChoice.None;
        }

        if (canInline && !prefersCall && (isRecursive ? IsWorthUnrolling(code) : hasClosure || IsCheap(code)))
        {
            return CallChoice.Inline;
        }

        bool hasRegion = code.Kind == ProcKind.Normal && FindCompiled(code, mayWait: !canInline || prefersCall || isRecursive) is not null;
        bool mayInline = canInline && !isRecursive;
        return hasRegion ? (mayInline ? CallChoice.RegionOrInline : CallChoice.Region) : mayInline ? CallChoice.Inline : CallChoice.None;
    }

    /// <summary>
    /// True for a call in a restartable one whose steps can be charged after that: it is inlined, and every path that returns has made it.
    /// </summary>
    private bool CanDefer(LinkedPrototype code) => code.Kind == ProcKind.Normal && CanInline(code) && !IsActive(code)
        && state.Graph.Blocks.Count == state.Frame.Restarted.BlocksBeforeHook;

    public bool CanInline(LinkedPrototype code) =>
        (code.IsFrameOnly || ResumePoints.AreNone(code)) && IsSmallEnough(code)
        && state.Frame.Context.FindCallee(state.Pc, code) is not null;

    /// <summary>True when the limits allow to inline a proc at the present instruction.</summary>
    public bool IsSmallEnough(LinkedPrototype code) => state.Frame.Depth < state.Limits.MaxInlinedFrames
        && (code.Kind == ProcKind.Generator || state.Frame.Context.Calls < state.Limits.MaxInlineDepth)
        && code.Prototype.Code.Length <= state.Limits.MaxInlineInstructions
        && !state.History.NotInlined.Contains((state.Frame.Context, state.Pc));

    /// <summary>The compiled code of a proc; null when it has none.</summary>
    /// <param name="code">The proc.</param>
    /// <param name="mayWait">True when the call is not to be inlined, so that it is worth waiting for the proc's code.</param>
    /// <exception cref="BuildAbortException">The region waits for the proc's code.</exception>
    public RegionCall? FindCompiled(LinkedPrototype code, bool mayWait)
    {
        if (state.Signature is not null && ReferenceEquals(code, state.Region.Root.Code))
        {
            return new RegionCall(state.Signature, null);
        }

        if (!state.History.Cells.TryGetValue(code, out EntryCell? cell))
        {
            cell = state.Callees!.Find(code);
            state.History.Cells.Add(code, cell);
        }

        if (cell is not null)
        {
            return new RegionCall(cell.Signature, cell);
        }

        if (mayWait && state.Callees!.IsWorthWaitingFor(code, state.Region))
        {
            throw new BuildAbortException(AbortReason.WaitsForCallee, code.Prototype.Name) { Callee = code };
        }

        return null;
    }

    /// <summary>
    /// Waits for the code of an async proc that the present instruction calls. It is not inlined, so that each call would be the
    /// interpreter's until it has code.
    /// </summary>
    /// <exception cref="BuildAbortException">The region waits for the proc's code.</exception>
    public void RequireTaskCode(LinkedPrototype code)
    {
        if (code.Kind == ProcKind.Async && state.Callees is not null && !IsActive(code))
        {
            FindCompiled(code, mayWait: true);
        }
    }

    private CallContext Context(LinkedPrototype code) => state.Frame.Context.FindCallee(state.Pc, code)!;

    /// <summary>
    /// True for a small proc that calls itself, in its own region: one level of the recursion is inlined. Half of the calls, with their
    /// saving of registers, disappear.
    /// </summary>
    /// <remarks>
    /// Model: GHC and LuaJIT unroll recursion for the same reason. The outer call must be small, too: of a proc that dispatches on its
    /// arguments, an inner call shows only the few paths that were recorded there, and would exit for the others.
    /// </remarks>
    private bool IsWorthUnrolling(LinkedPrototype code) => state.Signature is not null && state.Frame.Caller is null
        && ReferenceEquals(code, state.Frame.Code) && RecordedInstructions(Context(code)) <= state.Limits.SmallRecursion
        && RecordedInstructions(state.Frame.Context) <= 2 * state.Limits.SmallRecursion;

    /// <summary>True when a proc is the callee of a frame that is being built.</summary>
    public bool IsActive(LinkedPrototype code)
    {
        for (FrameScope? frame = state.Frame; frame is not null; frame = frame.Caller)
        {
            if (ReferenceEquals(frame.Code, code))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True for a proc that would be compiled at each of several places, which is not small: it is compiled once, and called. If it has no
    /// compiled code that can be called here, it is inlined nevertheless.
    /// </summary>
    private bool IsShared(LinkedPrototype code) =>
        code.HasManyCallSites && code.Prototype.Code.Length > state.Limits.MaxSharedInstructions;

    /// <summary>True when inlining a callee lets a closure that is passed to it be inlined in it.</summary>
    private static bool HasClosure(IrNode[] arguments)
    {
        foreach (IrNode argument in arguments)
        {
            if (argument is { Op: IrOp.NewClosure } or { Op: IrOp.ConstObject, Type: IrType.Closure })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCheap(LinkedPrototype code) => RecordedInstructions(Context(code)) <= state.Limits.SmallCallee;

    private static int RecordedInstructions(CallContext context)
    {
        int recorded = 0;
        for (int pc = 0; pc < context.Code.Prototype.Code.Length; pc++)
        {
            recorded += context.ProfileAt(pc) is null ? 0 : 1;
        }

        return recorded;
    }

    /// <summary>True when a call leads to another call of the same proc, other than through a proc that is being built.</summary>
    private bool CallsItself(CallContext context)
    {
        Stack<CallContext> work = new(context.Callees);
        while (work.TryPop(out CallContext? callee))
        {
            if (ReferenceEquals(callee.Code, context.Code))
            {
                return true;
            }

            if (!IsActive(callee.Code))
            {
                foreach (CallContext next in callee.Callees)
                {
                    work.Push(next);
                }
            }
        }

        return false;
    }
}
