using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Regions;

/// <summary>
/// One entry into compiled code. It keeps what belongs to the outer entry: the limits of the native stack, the noted calls (see
/// <see cref="NotedCalls"/>) and the call of the host in progress.
/// </summary>
/// <remarks>
/// Before each call of a host's delegate, the region stores its state in the exit buffers, and the number of the call in
/// <see cref="RegionState.HostCall"/>. So the frames can be built when the delegate calls back into the engine or throws. After an
/// exception the delegate has had its effects: its error is raised without calling it again.
/// </remarks>
internal readonly ref struct EntryScope
{
    private readonly NativeStackCheck _outerStack;
    private readonly int _outerCall;
    private readonly IFrameSource? _outerFrames;
    private readonly int _outerBottom;
    private readonly int _outerBuilt;
    private readonly int _outerTop;
    private readonly int _protectedCount;

    /// <summary>Begins an entry into a region.</summary>
    public EntryScope(ScriptContext context, RegionData data)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        _outerStack = NativeStackCheck.Enter(context);
        _outerCall = context.Regions.HostCall;
        _outerFrames = context.Regions.HostFrames;
        _protectedCount = context.ProtectedCount;
        (_outerBottom, _outerBuilt, _outerTop) = (buffers.Bottom, buffers.Built, buffers.Top);
        buffers.Bottom = buffers.Built = buffers.Top;
        buffers.IsUsed |= data.NotesCalls || data.CallsHost;
        if (!buffers.HasSpace)
        {
            buffers.Grow();
        }

        context.Regions.HostCall = 0;
        context.Regions.HostFrames = data;
        context.Regions.Depth++;
        context.Budget.BeginCompiled();
        context.InRegion = true;
    }

    /// <summary>
    /// After an exception in a call of the host: leaves its error pending in its frames, for the interpreter to raise. False when the
    /// exception is none of the script's.
    /// </summary>
    public bool TryRaise(ScriptContext context, Exception exception)
    {
        int call = Math.Abs(context.Regions.HostCall);
        context.HasForeignAllocations = true;
        context.TryBuildFrames();
        RegionData data = (RegionData)context.Regions.HostFrames!;
        bool isDirect = data.States[call - 1].IsDirectCall;
        return data.Frames.TryPend(isDirect ? DelegateAdapter.Failed(context, exception) : exception, _protectedCount);
    }

    /// <summary>Ends the entry.</summary>
    public void End(ScriptContext context)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        (buffers.Bottom, buffers.Built, buffers.Top) = (_outerBottom, _outerBuilt, _outerTop);
        context.Regions.IsUnwinding = false;
        context.Regions.HasFrames = false;
        context.InRegion = false;
        context.Regions.Depth--;
        context.Regions.HostCall = _outerCall;
        context.Regions.HostFrames = _outerFrames;
        context.Budget.BeginInterpreter();
        _outerStack.Restore(context);
    }
}
