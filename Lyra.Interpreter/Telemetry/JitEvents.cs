using System;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Forwards the events of an engine's tier controller to the engine's subscribers and to the event source, if there are any, and counts
/// those that the meter shows.
/// </summary>
/// <param name="engine">The number of the engine.</param>
internal sealed class JitEvents(int engine)
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

        Count(e);
        bool isExit = e.Kind is TierEventKind.Exit or TierEventKind.Deoptimized;
        bool isExitHot = e is { Kind: TierEventKind.Hot, Cause: HotCause.Exit };
        EventLevel level = isExit ? EventLevel.Verbose : EventLevel.Informational;
        EventKeywords keywords = isExit || isExitHot ? LyraEventSource.Keywords.Exits : LyraEventSource.Keywords.Regions;
        bool isTraced = EventTrace.Shared.IsEnabled(level, keywords);
        if (Happened is null && !isTraced)
        {
            return;
        }

        LyraJitEvent forwarded = new(
            KindOf(e.Kind), e.Code.Prototype.Source.FileName, e.Code.Prototype.PositionAt(e.Pc).Line, e.Code.Prototype.Name, e.Detail);
        if (isTraced)
        {
            // An event that waits must not keep the subscribers alive.
            int number = engine;
            EventTrace.Shared.Write(level, keywords, source => source.Write(number, forwarded, isExitHot));
        }

        Raise(forwarded);
    }

    private static void Count(in TierEvent e)
    {
        switch (e.Kind)
        {
            case TierEventKind.Compiled:
                EventTotals.Shared.CountCompiled();
                LyraMeter.Current?.RecordCompilation(e.CompileTime);
                break;
            case TierEventKind.Aborted:
                EventTotals.Shared.CountAbort(e.Reason.ToString());
                break;
            case TierEventKind.Dropped:
                EventTotals.Shared.CountDropped();
                break;
        }
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
            ErrorObject error = new(ErrorKinds.HostError, HostTasks.MessageOf(e)) { Class = ErrorClass.Fault, HostException = e };
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
        TierEventKind.LimitCheck or TierEventKind.Blacklisted => LyraJitEventKind.Blacklisted,
    };
}
