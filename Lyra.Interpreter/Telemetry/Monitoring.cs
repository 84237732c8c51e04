using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// Makes the event source and the meter of the process. That takes some 15 ms of processor time, so a thread of its own does it, when the
/// process has used Lyra for a while: a command that ends sooner pays nothing.
/// </summary>
internal static class Monitoring
{
    private const int None = 0;
    private const int Begun = 1;

    /// <summary>The time since the first engine after which it begins, at the next engine or the next end of a run.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private static readonly ManualResetEventSlim Ready = new();
    private static int _state;
    private static long _firstUse;

    /// <summary>Called when an engine is made, when a run ends, and when it waits.</summary>
    public static void Poll()
    {
        if (Volatile.Read(ref _state) == None)
        {
            BeginIfDue();
        }
    }

    /// <summary>Begins now, if it has not begun. Returns at once.</summary>
    public static void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, None) == None)
        {
            Start();
        }
    }

    /// <summary>Begins now, and waits until the event source and the meter exist.</summary>
    public static void Complete()
    {
        Begin();
        Ready.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BeginIfDue()
    {
        long now = Stopwatch.GetTimestamp();
        long first = Interlocked.CompareExchange(ref _firstUse, now, 0);
        if (first != 0 && Stopwatch.GetElapsedTime(first, now) >= Delay)
        {
            Begin();
        }
    }

    private static void Start()
    {
        try
        {
            // Without the execution context, which would keep values of the host alive.
            new Thread(Run) { IsBackground = true, Name = "Lyra monitoring" }.UnsafeStart();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // The system allows no further thread.
            Run();
        }
    }

    private static void Run()
    {
        try
        {
            EventTrace.Shared.Resume();
            LyraMeter.Create();
        }
        catch (Exception)
        {
            // Every exception, of a listener too: on a thread of its own it would end the process. Scripts run without the meter as well.
        }
        finally
        {
            Ready.Set();
        }
    }
}
