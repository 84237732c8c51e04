using System;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Deoptimization;

/// <summary>How a loop region is entered and left, and what emitted code calls to have the interpreter work in the middle of it.</summary>
internal static partial class RegionRuntime
{
    /// <summary>The instruction went on behind itself.</summary>
    public const int WentOn = 0;

    /// <summary>The instruction jumped.</summary>
    public const int Jumped = 1;

    /// <summary>The instruction raised an error that a handler of the region took.</summary>
    public const int Handled = 2;

    /// <summary>
    /// Runs a loop region in the interpreter's running frame. When it returns, the frames are the interpreter's again: where the guard stands that
    /// the region was left through, or where an instruction that the interpreter executed for it could not go on.
    /// </summary>
    /// <returns>
    /// The number of the guard; <see cref="Region.Raised"/> when the interpreter has to settle what is pending; <see cref="Region.Unwound"/> when a proc
    /// that the region called was left early, of which the <see cref="Unwinding"/> knows more; <see cref="Region.Abandoned"/> when the region does not pay.
    /// </returns>
    public static int Enter(Region region)
    {
        IFrameHost host = region.Data.Frames;
        ScriptContext context = host.Context;
        int root = host.Top;
        bool isUnwinding;
        int guard;
        NativeRoom outer = NativeRoom.Grant(context);
        HostCallScope outerCall = HostCallScope.Begin(context, region.Data);
        context.InRegion = true;
        try
        {
            guard = region.Loop!(context, host.Stack, host.BaseOf(root));
            isUnwinding = context.IsUnwinding;
        }
        catch (Exception e) when (region.Data.CallsHost)
        {
            if (!outerCall.TryRaise(context, region.Data, e))
            {
                throw;
            }

            guard = Region.Raised;
            isUnwinding = false;
        }
        finally
        {
            context.IsUnwinding = false;
            context.InRegion = false;
            outerCall.End(context);
            outer.Restore(context);
        }

        if (guard == Region.Raised)
        {
            region.Data.ForgetHostCalls(context);
            return region.Data.Trial.HasFailed ? Region.Abandoned : guard;
        }

        ExitState state = region.Data.States[region.Guards[guard].State];
        Deoptimizer.Restore(host, state, root);
        region.Data.ForgetHostCalls(context);
        if (isUnwinding)
        {
            region.Data.Unwinding.LayOutCallees(host, state, host.BaseOf(root));
            return Region.Unwound;
        }

        return guard;
    }

    /// <summary>
    /// Has the interpreter execute the instruction at an exit state: its frames are built for it, and those inlined are taken away again. Called by
    /// emitted code, which has put the state's values into the exit buffers, and reads the results from the register stack (see <see cref="Stack"/>).
    /// </summary>
    /// <returns>
    /// <see cref="WentOn"/>, <see cref="Jumped"/> or <see cref="Handled"/>; <see cref="Region.Raised"/> when the region is to return the same at once: the frames
    /// stay. That is so after an error, and when the region is to be left because it does not pay.
    /// </returns>
    public static int Interpret(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        ExitState here = data.States[state];
        ExitFrame[] frames = here.Frames;
        int root = host.Top;
        here.Interpretations++;
        context.Interpretations++;
        Deoptimizer.Restore(host, here, root);
        context.InRegion = false;
        if (!host.ExecuteOne())
        {
            return IsHandled(host, data.States[state], root) ? Handled : Region.Raised;
        }

        if (data.Trial.Fails(context.CompiledSteps, data.Stress))
        {
            return Region.Raised;
        }

        context.InRegion = true;
        int result = host.PcOf(host.Top) == frames[^1].Pc + 1 ? WentOn : Jumped;
        if (frames.Length > 1)
        {
            host.PopTo(root);
        }

        return result;
    }

    /// <summary>Whether what the instruction left pending has been taken to the handler at which the region goes on.</summary>
    private static bool IsHandled(IFrameHost host, ExitState state, int root)
    {
        if (state.Handler is not { } handler || !host.TrySettle())
        {
            return false;
        }

        int frame = host.Top - root;
        if (frame != handler.Frame || host.PcOf(host.Top) != handler.Pc || !ReferenceEquals(host.ClosureOf(host.Top).Code, state.Frames[frame].Code))
        {
            return false;
        }

        host.PopTo(root);
        host.Context.InRegion = true;
        return true;
    }

    /// <summary>
    /// Behind a call of the host during which frames were built: takes them away again. Called by emitted code.
    /// </summary>
    /// <returns>The interpreter's register stack, which may be another array.</returns>
    public static Value[] EndHostCall(RegionData data, ScriptContext context, int state)
    {
        IFrameHost host = data.Frames;
        host.PopTo(host.Top - (data.States[state].Frames.Length - 1));
        context.InRegion = true;
        return host.Stack;
    }

    /// <summary>The interpreter's register stack, which may be another array after each <see cref="Interpret"/>.</summary>
    public static Value[] Stack(RegionData data) => data.Frames.Stack;

    /// <summary>The closure that the region's root frame runs.</summary>
    public static Runtime.Objects.Closure RootClosure(RegionData data) => data.Frames.ClosureOf(data.Frames.Top);
}
