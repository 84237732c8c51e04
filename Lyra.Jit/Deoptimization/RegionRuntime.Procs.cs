using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Deoptimization;

/// <summary>How the interpreter's call of a compiled proc came out.</summary>
internal enum ProcOutcome : byte
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It was left early: all frames are in the interpreter's stacks, the innermost is to go on.</summary>
    Unwound,

    /// <summary>The arguments are not of the representations that it takes; nothing happened.</summary>
    Mismatch,
}

/// <content>How a compiled proc is entered from the interpreter and left early.</content>
internal static partial class RegionRuntime
{
    /// <summary>
    /// Calls a compiled proc in place of the interpreter's running frame, which stands at the proc's first instruction. When it returned, the frame is
    /// the interpreter's to pop.
    /// </summary>
    /// <param name="cell">What to call.</param>
    /// <param name="data">That of its region.</param>
    /// <param name="result">What it gave.</param>
    public static ProcOutcome EnterProc(EntryCell cell, RegionData data, ref Value result)
    {
        IFrameHost host = data.Frames;
        ScriptContext context = host.Context;
        int root = host.Top;
        bool isTaken;
        bool isUnwinding;
        NativeRoom outer = NativeRoom.Grant(context);
        context.InRegion = true;
        try
        {
            isTaken = cell.Bridge!(context, host.Stack, host.BaseOf(root), host.ClosureOf(root), RoomOf(context), ref result);
            isUnwinding = context.IsUnwinding;
        }
        finally
        {
            context.IsUnwinding = false;
            context.InRegion = false;
            outer.Restore(context);
        }

        if (isUnwinding)
        {
            data.Unwinding.LayOut(host);
            return ProcOutcome.Unwound;
        }

        return isTaken ? ProcOutcome.Returned : ProcOutcome.Mismatch;
    }

    /// <summary>The frames above the running one that compiled procs may stand for; see <see cref="EntryCode{TResult}"/>.</summary>
    public static int RoomOf(ScriptContext context) => context.FramesLeft() - EntryCodes.Reserve;

    /// <summary>Called by an entry region that is left through a guard, also the one behind a call that was left itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Leave(RegionData data, ScriptContext context, int guard)
    {
        Unwinding unwinding = data.Unwinding;
        if (!context.IsUnwinding)
        {
            unwinding.Begin(data.Region, guard);
            context.IsUnwinding = true;
        }

        unwinding.Add(data.States[data.Guards[guard].State], context.Exits!);
    }
}
