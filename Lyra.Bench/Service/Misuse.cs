using System;
using System.Collections.Generic;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>
/// A script that must be stopped by a limit, a cancellation or an error. It runs in the engine of a tenant that does nothing else.
/// </summary>
/// <param name="Name">How it ends; also its name in the counters.</param>
/// <param name="Source">The source.</param>
internal sealed record Misuse(string Name, string Source)
{
    private const int TicksUntilCancelled = 3_000;

    /// <summary>The scripts for an engine that limits steps and memory.</summary>
    public static IReadOnlyList<Misuse> Stopped { get; } =
    [
        new("Steps", "var n = 0\nwhile true { n = (n * 31 + 7) % 1000 }"),
        new("Memory", "let xs = []\nwhile true { xs.push([1.5, \"abc\"]) }"),
        new("Cancelled", "while true { tick() }"),
        new("Frames", "proc f(n) { return 1 + f(n + 1) }\nf(0)"),
        new("IndexError", "let xs = [1, 2, 3]\nvar sum = 0\nfor i in 0..2000 { sum += xs[i / 600] }"),
        new("HostError", "for i in 0..2000 { check(i) }"),
        new("exit", "for i in 0..2000 { if i == 1900 { exit(3) } }"),
    ];

    /// <summary>
    /// The script for an engine that limits time. The clock advances by the same amount at each reading, so the script always stops after
    /// the same work.
    /// </summary>
    public static Misuse Overtime { get; } = new("Time", "var n = 0\nwhile true { n = (n * 31 + 7) % 1000 }");

    /// <summary>Runs the script.</summary>
    /// <returns>How it ended; null if it ended normally.</returns>
    public static string? Outcome(LyraEngine engine, LyraScript script)
    {
        using CancellationTokenSource cancellation = new();
        int ticks = 0;
        engine.Define("tick", () =>
        {
            if (++ticks == TicksUntilCancelled)
            {
                cancellation.Cancel();
            }
        });
        engine.Define("check", static (int i) => i < 1_500 ? i : throw new NotSupportedException("on purpose"));
        try
        {
            engine.Run(script, cancellation.Token);
            return null;
        }
        catch (LyraCanceledException)
        {
            return "Cancelled";
        }
        catch (LyraLimitException e)
        {
            return e.Limit.ToString();
        }
        catch (LyraExitException)
        {
            return "exit";
        }
        catch (LyraException e)
        {
            return e.Kind;
        }
    }
}
