using System;
using System.Collections.Generic;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>A script that is to be stopped: by a limit, by a cancellation, by an error, in the engine of a tenant who does nothing else.</summary>
/// <param name="Name">How it ends; also what it is counted as.</param>
/// <param name="Source">The source.</param>
internal sealed record Misuse(string Name, string Source)
{
    private const int TicksUntilCancelled = 3_000;

    /// <summary>Those for an engine that counts steps and memory.</summary>
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

    /// <summary>For an engine that bounds time. Its clock goes on by the same at each look, so that it stops after the same work each time.</summary>
    public static Misuse Overtime { get; } = new("Time", "var n = 0\nwhile true { n = (n * 31 + 7) % 1000 }");

    /// <summary>Runs it.</summary>
    /// <returns>How it ended; null when it came to its end.</returns>
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
