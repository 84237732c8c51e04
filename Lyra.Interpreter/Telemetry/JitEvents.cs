using System;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Forwards the events of an engine's tier controller to the engine's subscribers and to the event source, if there are any.
/// </summary>
internal sealed class JitEvents
{
    /// <summary>The subscribers of the engine.</summary>
    public event Action<LyraJitEvent>? Happened;

    /// <summary>Starts to listen to a controller.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Observe(TierController tiers) => tiers.Observer = OnEvent;

    private void OnEvent(TierEvent e)
    {
        if (e.Kind == TierEventKind.LimitCheck || e.Exits > 1)
        {
            return;
        }

        EventLevel level = e.Kind is TierEventKind.Exit or TierEventKind.Deoptimized ? EventLevel.Verbose : EventLevel.Informational;
        bool isTraced = JitTrace.Shared.IsEnabled(level);
        if (Happened is null && !isTraced)
        {
            return;
        }

        LyraJitEvent forwarded = new(
            KindOf(e.Kind), e.Code.Prototype.Source.FileName, e.Code.Prototype.PositionAt(e.Pc).Line, e.Code.Prototype.Name, e.Detail);
        if (isTraced)
        {
            JitTrace.Shared.Write(forwarded, level);
        }

        Raise(forwarded);
    }

    private void Raise(LyraJitEvent forwarded)
    {
        try
        {
            Happened?.Invoke(forwarded);
        }
        catch (Exception e)
        {
            // An exception of a subscriber is neither an error that a script can catch nor a defect of Lyra.
            ErrorObject error = new(ErrorKinds.HostError, e.Message) { Class = ErrorClass.Fault, HostException = e };
            throw new ScriptErrorException(error);
        }
    }

    private static LyraJitEventKind KindOf(TierEventKind kind) => kind switch
    {
        TierEventKind.Hot => LyraJitEventKind.Hot,
        TierEventKind.Recorded => LyraJitEventKind.Recorded,
        TierEventKind.Compiled => LyraJitEventKind.Compiled,
        TierEventKind.Aborted => LyraJitEventKind.Aborted,
        TierEventKind.Exit => LyraJitEventKind.Exit,
        TierEventKind.Deoptimized => LyraJitEventKind.Deoptimized,
        TierEventKind.Dropped => LyraJitEventKind.Dropped,
        _ => LyraJitEventKind.Blacklisted,
    };
}
