using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using Lyra.Bench.Suite.Running;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Bench.Suite.Micro;

/// <summary>Runs <see cref="StressWork"/> in a new process, which prints the figures.</summary>
internal static class StressRun
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    /// <summary>Starts the process.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static StressFigure[] Measure(CommandStart command)
    {
        ProcessStartInfo info = new(command.File) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. command.Arguments, "bench", BenchColumns.InProcess, BenchColumns.InProcessStress])
        {
            info.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(info)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Timeout) || process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The process for {BenchColumns.InProcessStress} failed: {output}");
        }

        return JsonSerializer.Deserialize<StressFigure[]>(output)!;
    }

    /// <summary>Does the work in this process, and writes the figures as JSON.</summary>
    public static void Run(TextWriter output)
    {
        List<StressFigure> figures =
        [
            Measure("frames, interpreted", StressWork.Frames, static () => RunFrames(JitMode.Off)),
            Measure("frames, compiled", StressWork.Frames, static () => RunFrames(JitMode.On)),
            Measure("cache operations", StressWork.CacheOperations, static () => StressWork.UseCache(new HashInlineCache())),
            Measure("slots rented", StressWork.Rentals, static () => StressWork.RentSlots(new SlabPool())),
        ];
        output.WriteLine(JsonSerializer.Serialize(figures));
    }

    private static StressFigure Measure(string name, long operations, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using Process process = Process.GetCurrentProcess();
        return new StressFigure(name, operations, seconds, process.PeakWorkingSet64);
    }

    private static void RunFrames(JitMode jit)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = jit, Output = TextWriter.Null });
        engine.Run(StressWork.FrameProgram, "frames.lyra");
    }
}
