using System;
using System.IO;
using System.Linq;

namespace Lyra.Bench.Suite.Facts;

/// <summary>
/// What <see cref="LyraMemoryMode.LowPause"/> saves compiled programs that make much garbage, each called frame by frame in one engine for
/// each mode, in turns.
/// </summary>
internal static class PauseFacts
{
    private const int Rounds = 5;

    /// <summary>The program whose garbage is lists of at most 16 elements.</summary>
    private const string SmallLists = "matrices";

    /// <summary>Each program of <c>Lyra.Bench/Pauses</c>, and the argument of one call of its <c>run</c>: a millisecond of work.</summary>
    public static readonly (string Name, int Size)[] Programs = [("game", 4), ("requests", 60), ("tokens", 30), (SmallLists, 120)];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Pauses");

    /// <summary>
    /// Of the mode to <see cref="LyraMemoryMode.Throughput"/>: allocated bytes of all programs, those of the one with small lists,
    /// collections, pauses, and the geometric mean of the times.
    /// </summary>
    /// <param name="frames">The frames of each measurement.</param>
    public static double[] Measure(int frames)
    {
        (string Name, FrameFigures Usual, FrameFigures LowPause)[] rows =
            [.. Programs.Select(program => Measure(program.Name, program.Size, frames))];
        (string _, FrameFigures usual, FrameFigures lowPause) = rows.Single(row => row.Name == SmallLists);
        return
        [
            rows.Sum(row => (double)row.LowPause.Bytes) / rows.Sum(row => row.Usual.Bytes),
            (double)lowPause.Bytes / usual.Bytes,
            (double)rows.Sum(row => row.LowPause.Collections[0]) / rows.Sum(row => row.Usual.Collections[0]),
            rows.Sum(row => row.LowPause.Paused) / rows.Sum(row => row.Usual.Paused),
            Math.Exp(rows.Average(row => Math.Log(row.LowPause.Milliseconds / row.Usual.Milliseconds))),
        ];
    }

    /// <summary>The source of a program.</summary>
    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".lyra"));

    /// <summary>An engine for a program, after its first frames.</summary>
    public static LyraEngine Start(string name, int size, int frames, JitMode jit, LyraMemoryMode memory)
    {
        LyraEngine engine = new(new LyraOptions { Jit = jit, Memory = memory });
        engine.Run(Text(name), name + ".lyra");
        _ = FrameFigures.Measure(engine, size, frames);
        return engine;
    }

    private static (string Name, FrameFigures Usual, FrameFigures LowPause) Measure(string name, int size, int frames)
    {
        using LyraEngine usual = Start(name, size, frames, JitMode.On, LyraMemoryMode.Throughput);
        using LyraEngine lowPause = Start(name, size, frames, JitMode.On, LyraMemoryMode.LowPause);
        FrameFigures leastUsual = FrameFigures.Measure(usual, size, frames);
        FrameFigures leastLowPause = FrameFigures.Measure(lowPause, size, frames);
        for (int round = 1; round < Rounds; round++)
        {
            leastUsual = leastUsual.Least(FrameFigures.Measure(usual, size, frames));
            leastLowPause = leastLowPause.Least(FrameFigures.Measure(lowPause, size, frames));
        }

        return (name, leastUsual, leastLowPause);
    }
}
