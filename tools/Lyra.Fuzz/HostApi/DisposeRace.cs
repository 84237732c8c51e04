using System;
using System.Threading;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// A thread disposes an engine in which another thread runs a script again and again. It must be refused while a run goes on; afterwards,
/// the other thread must be refused.
/// </summary>
internal static class DisposeRace
{
    /// <summary>The other thread runs the script so often, if the engine is not disposed before.</summary>
    private const int MostRuns = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private static readonly string[] Sources =
    [
        "var s = 0\nfor i in 0..90 { s += i }\ns",
        "proc f(n) { return if n < 2 { n } else { f(n - 1) + f(n - 2) } }\nf(8)",
        "proc g() { for i in 0..40 { yield i } }\nsum(g())",
        "while true { }",
        "var xs = []\nwhile true { xs.push([1, 2, 3]) }",
        "try { while true { } } finally { for i in 0..90 { } }",
        "async proc f(n) { return n }\nawait gather([f(1), f(2)])",
        "throw \"thrown\"",
    ];

    /// <summary>A script for a race.</summary>
    public static string Source(FuzzRandom random) => random.PickFrom(Sources);

    /// <summary>Does it.</summary>
    /// <param name="engine">A new engine.</param>
    /// <param name="source">The script.</param>
    /// <param name="fault">Called with what is wrong.</param>
    public static string Run(LyraEngine engine, string source, Action<string> fault)
    {
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim tried = new();
        Exception? ended = null;
        engine.Define("begun", () =>
        {
            begun.Set();
            tried.Wait(Patience);
        });
        Thread runner = new(() => ended = RunUntilDisposed(engine, $"begun()\n{source}"));
        runner.Start();
        while (!begun.Wait(Pause) && runner.IsAlive)
        {
            // The runs either begin, or end at a limit that their code exceeds.
        }

        if (!begun.IsSet)
        {
            engine.Dispose();
            return "not begun";
        }

        if (Disposal(engine) is not InvalidOperationException)
        {
            fault("an engine was disposed in the middle of a run");
        }

        tried.Set();
        while (Disposal(engine) is { } refusal)
        {
            if (refusal is not InvalidOperationException)
            {
                fault($"an engine in use was not disposed for another reason\n{refusal}");
                break;
            }

            Thread.Sleep(1);
        }

        if (!runner.Join(Patience))
        {
            fault("a run did not end");
        }
        else if (ended is not (null or ObjectDisposedException) || Ending(engine, "1") is not ObjectDisposedException)
        {
            fault($"an engine was used after its disposal\n{ended}");
        }

        return "disposed";
    }

    /// <summary>The exception that ended the runs; null if all were made.</summary>
    private static Exception? RunUntilDisposed(LyraEngine engine, string source)
    {
        for (int i = 0; i < MostRuns; i++)
        {
            if (Ending(engine, source) is { } e && !IsExpected(e))
            {
                return e;
            }
        }

        return null;
    }

    /// <summary>Whether it is an error of the script, or the refusal by an engine that is just being disposed.</summary>
    private static bool IsExpected(Exception e) => e is LyraException { Kind: not "InternalError" }
        || (e is InvalidOperationException and not ObjectDisposedException);

    private static Exception? Ending(LyraEngine engine, string source)
    {
        try
        {
            engine.Run(source);
            return null;
        }
        catch (Exception e)
        {
            // An exception that leaves a thread ends the process; the caller judges it.
            return e;
        }
    }

    private static Exception? Disposal(LyraEngine engine)
    {
        try
        {
            engine.Dispose();
            return null;
        }
        catch (Exception e)
        {
            // The caller judges it.
            return e;
        }
    }
}
