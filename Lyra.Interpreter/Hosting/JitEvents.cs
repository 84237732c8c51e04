using System;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Errors;

namespace Lyra.Interpreter.Hosting;

/// <summary>Hands what an engine's tier controller does to the engine's subscribers and to the event source, while there are any.</summary>
internal sealed class JitEvents
{
    /// <summary>The subscribers of the engine.</summary>
    public event Action<LyraJitEvent>? Happened;

    /// <summary>Listens to a controller from now on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Observe(TierController tiers) => tiers.Observer = OnEvent;

    private void OnEvent(TierEvent e)
    {
        bool isExit = e.Kind is TierEventKind.Exit or TierEventKind.Deoptimized;
        bool isTraced = LyraEventSource.Log.IsEnabled(isExit ? EventLevel.Verbose : EventLevel.Informational, EventKeywords.None);
        if (Happened is null && !isTraced)
        {
            return;
        }

        LyraJitEvent told = new(
            KindOf(e.Kind), e.Code.Prototype.Source.FileName, e.Code.Prototype.PositionAt(e.Pc).Line, e.Code.Prototype.Name, e.Detail);
        if (isTraced)
        {
            Trace(told, isExit);
        }

        Tell(told);
    }

    private void Tell(LyraJitEvent told)
    {
        try
        {
            Happened?.Invoke(told);
        }
        catch (Exception e)
        {
            // A subscriber's fault is none of the script's to catch, nor one of Lyra.
            throw new ScriptErrorException(new ErrorObject(ErrorKinds.HostError, e.Message) { Class = ErrorClass.Fault, HostException = e });
        }
    }

    private static void Trace(LyraJitEvent told, bool isExit)
    {
        if (isExit)
        {
            LyraEventSource.Log.JitExit(told.Kind.ToString(), told.File, told.Line, told.Proc, told.Detail);
            return;
        }

        LyraEventSource.Log.JitEvent(told.Kind.ToString(), told.File, told.Line, told.Proc, told.Detail);
    }

    private static LyraJitEventKind KindOf(TierEventKind kind) => kind switch
    {
        TierEventKind.Hot => LyraJitEventKind.Hot,
        TierEventKind.Recorded => LyraJitEventKind.Recorded,
        TierEventKind.Compiled => LyraJitEventKind.Compiled,
        TierEventKind.Aborted => LyraJitEventKind.Aborted,
        TierEventKind.Exit => LyraJitEventKind.Exit,
        TierEventKind.Deoptimized => LyraJitEventKind.Deoptimized,
        _ => LyraJitEventKind.Blacklisted,
    };
}
