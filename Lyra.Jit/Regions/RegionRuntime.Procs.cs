using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>How the interpreter's call of a compiled proc ended.</summary>
internal enum ProcOutcome : byte
{
    /// <summary>It returned.</summary>
    Returned,

    /// <summary>It exited. All frames are in the interpreter's stacks, and the innermost one continues.</summary>
    Unwound,

    /// <summary>The arguments do not have the representations that it expects. Nothing happened.</summary>
    Mismatch,
}

/// <content>Entries into compiled procs from the interpreter, and their exits.</content>
internal static partial class RegionRuntime
{
    /// <summary>
    /// Calls a compiled proc in place of the interpreter's running frame, which is at the proc's first instruction. If the proc returns,
    /// the interpreter pops the frame.
    /// </summary>
    /// <param name="cell">The cell of the proc.</param>
    /// <param name="data">The data of its region.</param>
    /// <param name="result">Its result, if it returns.</param>
    public static ProcOutcome EnterProc(EntryCell cell, RegionData data, ref Value result)
    {
        IFrameHost host = data.Frames;
        ScriptContext context = host.Context;
        int root = host.Top;
        bool isTaken;
        bool isUnwinding;
        NativeStackCheck outer = NativeStackCheck.Enter(context);
        context.InRegion = true;
        try
        {
            isTaken = cell.Bridge!(context, host.Stack, host.BaseOf(root), host.ClosureOf(root), CallableFrames(context), ref result);
            isUnwinding = context.Regions.IsUnwinding;
        }
        finally
        {
            context.Regions.IsUnwinding = false;
            context.InRegion = false;
            outer.Restore(context);
        }

        if (isUnwinding)
        {
            data.Unwinding.BuildFrames(host);
            return ProcOutcome.Unwound;
        }

        return isTaken ? ProcOutcome.Returned : ProcOutcome.Mismatch;
    }

    /// <summary>The frames that compiled procs may need above the running one; see <see cref="EntryCode{TResult}"/>.</summary>
    public static int CallableFrames(ScriptContext context) => context.FramesLeft() - EntryCodes.Reserve;

    /// <summary>Emitted code of a proc calls this when it exits through a guard, and after a call whose callee has exited.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ExitProc(RegionData data, ScriptContext context, int guard)
    {
        Unwinding unwinding = data.Unwinding;
        if (!context.Regions.IsUnwinding)
        {
            unwinding.Begin(data.Region, guard);
            context.Regions.IsUnwinding = true;
        }

        unwinding.Add(data.States[data.Guards[guard].State], context.Regions.Exits!);
    }
}
