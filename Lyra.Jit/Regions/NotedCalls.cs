using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>
/// The calls of compiled procs in progress whose callers have stored the values of their frames (docs/decisions/0013): builds these frames
/// in the interpreter's stacks when a callee needs the interpreter, and removes them when it has returned.
/// <para>
/// A noted call takes <see cref="ExitState.ValueCount"/> elements of the exit buffers, and one more, which holds the region's
/// <see cref="RegionData"/> and the number of the state after the call. The outermost region of an entry runs in a frame that the
/// interpreter has pushed.
/// </para>
/// </summary>
internal static class NotedCalls
{
    /// <summary>Builds the frames of all noted calls, and of a state of the region that runs, whose values begin at the top.</summary>
    /// <returns>The index of the region's root frame.</returns>
    public static int Build(RegionData data, ScriptContext context, int state)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        BuildCallers(data.Frames, buffers);
        return Build(data.Frames, buffers, data.States[state], buffers.Top);
    }

    /// <summary>Builds the frames of all noted calls.</summary>
    public static void BuildCallers(IFrameHost host, ExitBuffers buffers)
    {
        // From the top down, each call stores where the next one ends.
        int next = 0;
        int end = buffers.Top;
        while (end > buffers.Built)
        {
            ref long number = ref buffers.Ints[end - 1];
            int start = end - 1 - StateAt(buffers, end).ValueCount;
            number = (uint)number | ((long)next << 32);
            next = end;
            end = start;
        }

        while (next != 0)
        {
            int start = end;
            end = next;
            next = (int)(buffers.Ints[end - 1] >> 32);
            Build(host, buffers, StateAt(buffers, end), start);
        }

        buffers.Built = buffers.Top;
    }

    /// <summary>Removes the frames of a region that were built for a state whose values began at the top.</summary>
    public static void Pop(IFrameHost host, ExitBuffers buffers, ExitState state) => host.PopTo(host.Top - PushedFrames(buffers, state));

    /// <summary>The number of frames that are pushed for a state whose values begin at the top.</summary>
    private static int PushedFrames(ExitBuffers buffers, ExitState state) => state.Frames.Length - (buffers.Top == buffers.Bottom ? 1 : 0);

    private static int Build(IFrameHost host, ExitBuffers buffers, ExitState state, int start)
    {
        ExitValues values = new(buffers, start);
        if (start == buffers.Bottom)
        {
            int entered = host.Top;
            Deoptimizer.Restore(host, state, values, entered);
            return entered;
        }

        ExitState caller = StateAt(buffers, start);
        int origin = host.BaseOf(host.Top - caller.Frames.Length + 1);
        Ir.SnapshotCallee callee = caller.Callee.GetValueOrDefault();
        int root = host.Top + 1;
        Deoptimizer.PushAll(host, state, values, origin + callee.Base, origin + callee.ReturnSlot);
        return root;
    }

    /// <summary>The state of the noted call that ends in front of an element.</summary>
    private static ExitState StateAt(ExitBuffers buffers, int end) =>
        ((RegionData)buffers.Objects[end - 1].Object!).States[(int)(uint)buffers.Ints[end - 1]];
}
