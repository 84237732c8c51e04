using System;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Facts;

/// <summary>
/// What <see cref="LyraMemoryMode.LowPause"/> saves and costs programs that make much garbage, each called frame by frame in one engine
/// for each mode, in turns.
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
        (FrameFigures Usual, FrameFigures LowPause)[] rows =
            [.. Programs.Select(program => Compare(program.Name, program.Size, frames, JitMode.On))];
        (FrameFigures usual, FrameFigures lowPause) = rows[Array.FindIndex(Programs, program => program.Name == SmallLists)];
        return
        [
            rows.Sum(row => (double)row.LowPause.Bytes) / rows.Sum(row => row.Usual.Bytes),
            (double)lowPause.Bytes / usual.Bytes,
            (double)rows.Sum(row => row.LowPause.Collections[0]) / rows.Sum(row => row.Usual.Collections[0]),
            rows.Sum(row => row.LowPause.Paused) / rows.Sum(row => row.Usual.Paused),
            GeometricMean.Of(rows.Select(row => row.LowPause.Milliseconds / row.Usual.Milliseconds)),
        ];
    }

    /// <summary>The least of five rounds of a program's frames in each mode, after as many frames that warm it up.</summary>
    public static (FrameFigures Usual, FrameFigures LowPause) Compare(string name, int size, int frames, JitMode jit)
    {
        using LyraEngine usual = Start(name, size, frames, jit, LyraMemoryMode.Throughput);
        using LyraEngine lowPause = Start(name, size, frames, jit, LyraMemoryMode.LowPause);
        (FrameFigures Usual, FrameFigures LowPause) least = Round();
        for (int round = 1; round < Rounds; round++)
        {
            (FrameFigures ofUsual, FrameFigures ofLowPause) = Round();
            least = (least.Usual.Least(ofUsual), least.LowPause.Least(ofLowPause));
        }

        return least;

        (FrameFigures Usual, FrameFigures LowPause) Round() =>
            (FrameFigures.Measure(usual, size, frames), FrameFigures.Measure(lowPause, size, frames));
    }

    private static LyraEngine Start(string name, int size, int frames, JitMode jit, LyraMemoryMode memory)
    {
        LyraEngine engine = new(new LyraOptions { Jit = jit, Memory = memory });
        engine.Run(File.ReadAllText(Path.Combine(Folder, name + ".lyra")), name + ".lyra");
        _ = FrameFigures.Measure(engine, size, frames);
        return engine;
    }
}
