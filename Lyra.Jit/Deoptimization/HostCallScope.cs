using System;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;

namespace Lyra.Jit.Deoptimization;

/// <summary>
/// The calls of the host that one entry into a loop region makes. The region puts the state of its frames into the exit buffers before each, and notes in
/// <see cref="ScriptContext.HostCall"/> which it is; so the frames can be built when the host looks back, or throws. The delegate has had its effects
/// then: its error is raised without calling it again.
/// </summary>
internal readonly struct HostCallScope
{
    private readonly int _outerCall;
    private readonly IFrameSource? _outerFrames;
    private readonly int _protectedCount;

    private HostCallScope(ScriptContext context)
    {
        _outerCall = context.HostCall;
        _outerFrames = context.HostFrames;
        _protectedCount = context.ProtectedCount;
    }

    /// <summary>To be called where a region is entered.</summary>
    /// <returns>What held outside of it.</returns>
    public static HostCallScope Begin(ScriptContext context, RegionData data)
    {
        HostCallScope outer = new(context);
        context.HostCall = 0;
        context.HostFrames = data;
        return outer;
    }

    /// <summary>
    /// To be called when an exception has left the region's code: leaves the error of the call pending in its frames, for the interpreter to raise.
    /// False when the exception is none of a call's.
    /// </summary>
    public bool TryRaise(ScriptContext context, RegionData data, Exception exception)
    {
        int call = Math.Abs(context.HostCall);
        if (call == 0)
        {
            return false;
        }

        context.TryBuildFrames();
        return data.Frames.TryPend(data.States[call - 1].IsDirectCall ? DelegateAdapter.Failed(context, exception) : exception, _protectedCount);
    }

    /// <summary>To be called where the region was left.</summary>
    public void End(ScriptContext context)
    {
        context.HostCall = _outerCall;
        context.HostFrames = _outerFrames;
    }
}
