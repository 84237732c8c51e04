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
        EntryScope scope = new(context, region.Data);
        try
        {
            guard = region.Loop!(context, host.Stack, host.BaseOf(root));

            // Before the scope ends, which counts the steps taken.
            context.Budget.Left += guard == CallOutResult.Raised ? 0 : region.Guards[guard].Refund;
            isUnwinding = context.Regions.IsUnwinding;
        }
        catch (Exception e) when (context.Regions.HostCall != 0)
        {
            if (!scope.TryRaise(context, e))
            {
                throw;
            }

            guard = CallOutResult.Raised;
            isUnwinding = false;
        }
        finally
        {
            scope.End(context);
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
    /// An interpreter call-out: builds the frames of an exit state and of the calls in progress, lets the interpreter execute the one
    /// instruction there, and pops the state's frames. Emitted code has stored the values in the exit buffers, and reads the results from
    /// the register stack (see <see cref="Stack"/> and <see cref="Origin"/>).
    /// </summary>
    /// <returns>
    /// A constant of <see cref="CallOutResult"/>. With <see cref="CallOutResult.Raised"/> the frames stay, and the region has to return at
    /// once.
    /// </returns>
    public static int CallInterpreter(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        ExitBuffers buffers = context.Regions.Exits!;
        ExitState here = data.States[state];
        here.CallOuts++;
        context.Regions.CallOuts++;
        int root = NotedCalls.Build(data, context, state);
        context.InRegion = false;
        int result;
        if (!host.ExecuteOne())
        {
            result = IsHandled(host, here, root) ? CallOutResult.Handled : CallOutResult.Raised;
        }
        else if (data.CallOutCheck.Fails(context.Regions.CompiledSteps, data.Stress))
        {
            result = CallOutResult.Raised;
        }
        else
        {
            result = host.PcOf(host.Top) == here.Frames[^1].Pc + 1 ? CallOutResult.Continued : CallOutResult.Jumped;
        }

        if (result != CallOutResult.Raised)
        {
            buffers.Origin = host.BaseOf(root);
            host.PopTo(buffers.Top == buffers.Bottom ? root : root - 1);
            context.InRegion = true;
        }
        else if (data.Region is { Entry: not null } proc)
        {
            data.Unwinding.Abandoned = data.CallOutCheck.HasFailed ? proc : data.Unwinding.Abandoned;
            Exit(context);
        }

        return result;
    }

    /// <summary>Whether the pending error has been taken to the handler at which the region continues.</summary>
    private static bool IsHandled(IFrameHost host, ExitState state, int root)
    {
        if (state.Handler is not { } handler || !host.TryFinish())
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

        return true;
    }

    /// <summary>Pops the frames that were built during a call of the host. Emitted code calls this.</summary>
    public static void EndHostCall(RegionData data, ScriptContext context, int state)
    {
        NotedCalls.Pop(data.Frames, context.Regions.Exits!, data.States[state]);
        context.InRegion = true;
    }

    /// <summary>The interpreter's register stack, which may be another array after the interpreter has run.</summary>
    public static Value[] Stack(RegionData data) => data.Frames.Stack;

    /// <summary>After a <see cref="CallInterpreter"/> of a proc region: where the registers of its root frame were.</summary>
    public static int Origin(ScriptContext context) => context.Regions.Exits!.Origin;

    /// <summary>The closure of the region's root frame.</summary>
    public static Runtime.Objects.Closure RootClosure(RegionData data) => data.Frames.ClosureOf(data.Frames.Top);
}
