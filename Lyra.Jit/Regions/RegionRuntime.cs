using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>Entries into loop regions and their exits, and the calls of the interpreter from emitted code.</summary>
internal static partial class RegionRuntime
{
    /// <summary>
    /// Runs a loop region in the interpreter's running frame. When it returns, all frames are in the interpreter's stacks: at the
    /// instruction of the guard through which the region exited, or at the instruction after which it could not continue.
    /// </summary>
    public static RegionExit Enter(Region region)
    {
        IFrameHost host = region.Data.Frames;
        ScriptContext context = host.Context;
        int root = host.Top;
        bool isUnwinding;
        int guard;
        NativeStackCheck outer = NativeStackCheck.Enter(context);
        HostCallScope outerCall = HostCallScope.Begin(context, region.Data);
        context.Regions.Depth++;
        context.InRegion = true;
        try
        {
            guard = region.Loop!(context, host.Stack, host.BaseOf(root));
            isUnwinding = context.Regions.IsUnwinding;
        }
        catch (Exception e) when (region.Data.CallsHost)
        {
            if (!outerCall.TryRaise(context, region.Data, e))
            {
                throw;
            }

            guard = CallOutResult.Raised;
            isUnwinding = false;
        }
        finally
        {
            context.Regions.IsUnwinding = false;
            context.InRegion = false;
            context.Regions.Depth--;
            outerCall.End(context);
            outer.Restore(context);
        }

        if (guard == CallOutResult.Raised)
        {
            region.Data.ForgetHostCalls(context);
            return new RegionExit(region.Data.CallOutCheck.HasFailed ? RegionExitKind.Abandoned : RegionExitKind.Raised, 0);
        }

        ExitState state = region.Data.States[region.Guards[guard].State];
        Deoptimizer.Restore(host, state, root);
        region.Data.ForgetHostCalls(context);
        if (isUnwinding)
        {
            region.Data.Unwinding.BuildCalleeFrames(host, state, host.BaseOf(root));
            return new RegionExit(RegionExitKind.Unwound, guard);
        }

        return new RegionExit(RegionExitKind.Guard, guard);
    }

    /// <summary>
    /// An interpreter call-out: builds the frames of an exit state, lets the interpreter execute the one instruction there, and pops the
    /// inlined frames. Emitted code has stored the values in the exit buffers, and reads the results from the register stack (see
    /// <see cref="Stack"/>).
    /// </summary>
    /// <returns>
    /// A constant of <see cref="CallOutResult"/>. With <see cref="CallOutResult.Raised"/> the frames stay, and the region has to return the
    /// same at once.
    /// </returns>
    public static int CallInterpreter(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        ExitState here = data.States[state];
        ExitFrame[] frames = here.Frames;
        int root = host.Top;
        here.CallOuts++;
        context.Regions.CallOuts++;
        Deoptimizer.Restore(host, here, root);
        context.InRegion = false;
        if (!host.ExecuteOne())
        {
            return IsHandled(host, data.States[state], root) ? CallOutResult.Handled : CallOutResult.Raised;
        }

        if (data.CallOutCheck.Fails(context.Regions.CompiledSteps, data.Stress))
        {
            return CallOutResult.Raised;
        }

        context.InRegion = true;
        int result = host.PcOf(host.Top) == frames[^1].Pc + 1 ? CallOutResult.Continued : CallOutResult.Jumped;
        if (frames.Length > 1)
        {
            host.PopTo(root);
        }

        return result;
    }

    /// <summary>Whether the pending error has been taken to the handler at which the region continues.</summary>
    private static bool IsHandled(IFrameHost host, ExitState state, int root)
    {
        if (state.Handler is not { } handler || !host.TrySettle())
        {
            return false;
        }

        int frame = host.Top - root;
        if (frame != handler.Frame
            || host.PcOf(host.Top) != handler.Pc
            || !ReferenceEquals(host.ClosureOf(host.Top).Code, state.Frames[frame].Code))
        {
            return false;
        }

        host.PopTo(root);
        host.Context.InRegion = true;
        return true;
    }

    /// <summary>
    /// Pops the frames that were built during a call of the host. Emitted code calls this.
    /// </summary>
    /// <returns>The interpreter's register stack, which may be another array.</returns>
    public static Value[] EndHostCall(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        host.PopTo(host.Top - (data.States[state].Frames.Length - 1));
        context.InRegion = true;
        return host.Stack;
    }

    /// <summary>The interpreter's register stack, which may be another array after each <see cref="CallInterpreter"/>.</summary>
    public static Value[] Stack(RegionData data) => data.Frames.Stack;

    /// <summary>The closure of the region's root frame.</summary>
    public static Runtime.Objects.Closure RootClosure(RegionData data) => data.Frames.ClosureOf(data.Frames.Top);
}
