using System;
using System.Globalization;
using Lyra.Bench.Suite.Facts;

namespace Lyra.Bench;

/// <summary>
/// Measures what <see cref="LyraMemoryMode.LowPause"/> saves and costs, in both tiers: four programs that make much garbage, called frame
/// by frame in one engine for each mode. The engines take turns.
/// </summary>
internal static class PauseReport
{
    /// <summary>Prints a table in Markdown.</summary>
    public static void Report()
    {
        Console.WriteLine(
            "| program | JIT | mode | bytes per frame | collections 0/1/2 | pauses ms | longest ms | frame p99.9 ms | peak MB "
            + "| reused | time |");
        Console.WriteLine("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach ((string name, int size) in PauseFacts.Programs)
        {
            Report(name, size, JitMode.Off, 500);
            Report(name, size, JitMode.On, 2_000);
        }
    }

    private static void Report(string name, int size, JitMode jit, int frames)
    {
        (FrameFigures usual, FrameFigures lowPause) = PauseFacts.Compare(name, size, frames, jit);
        Print(name, jit, LyraMemoryMode.Throughput, usual, usual.Milliseconds, frames);
        Print(name, jit, LyraMemoryMode.LowPause, lowPause, usual.Milliseconds, frames);
    }

    private static void Print(string name, JitMode jit, LyraMemoryMode mode, FrameFigures f, double reference, int frames) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {jit} | {mode} | {f.Bytes / frames:N0} | {f.Collections[0]}/{f.Collections[1]}/{f.Collections[2]} "
            + $"| {f.Paused:0.0} | {f.LongestPause:0.00} | {f.SlowFrame:0.00} | {f.PeakBytes / 1e6:0.0} "
            + $"| {(double)f.Reused / Math.Max(1, f.Rented):P0} "
            + $"| {f.Milliseconds / reference:0.00} |"));
}
