using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Regions;

/// <summary>
/// The calls of the host's delegates during one entry into a loop region. Before each call the region stores its state in the exit buffers,
/// and notes in <see cref="RegionState.HostCall"/> the number of the call. So the frames can be built when the delegate calls back into the
/// engine or throws. After an exception the delegate has had its effects: its error is raised without calling it again.
/// </summary>
internal readonly struct HostCallScope
{
    private readonly int _outerCall;
    private readonly IFrameSource? _outerFrames;
    private readonly int _protectedCount;

    private HostCallScope(ScriptContext context)
    {
        _outerCall = context.Regions.HostCall;
        _outerFrames = context.Regions.HostFrames;
        _protectedCount = context.ProtectedCount;
    }

    /// <summary>Begins the scope, before the region is entered.</summary>
    /// <returns>The outer scope.</returns>
    public static HostCallScope Begin(ScriptContext context, RegionData data)
    {
        HostCallScope outer = new(context);
        context.Regions.HostCall = 0;
        context.Regions.HostFrames = data;
        return outer;
    }

    /// <summary>
    /// After an exception in the region's code: leaves the error of the host's call pending in its frames, for the interpreter to raise.
    /// False when no call of the host has thrown the exception.
    /// </summary>
    public bool TryRaise(ScriptContext context, RegionData data, Exception exception)
    {
        int call = Math.Abs(context.Regions.HostCall);
        if (call == 0)
        {
            return false;
        }

        context.TryBuildFrames();
        bool isDirect = data.States[call - 1].IsDirectCall;
        return data.Frames.TryPend(isDirect ? DelegateAdapter.Failed(context, exception) : exception, _protectedCount);
    }

    /// <summary>Ends the scope, after the region has ended.</summary>
    public void End(ScriptContext context)
    {
        context.Regions.HostCall = _outerCall;
        context.Regions.HostFrames = _outerFrames;
    }
}
