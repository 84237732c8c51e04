using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Lyra.Bench.Suite.Counting;

namespace Lyra.Bench.Suite.Facts;

/// <summary>The speed of the compiler to bytecode, over all programs.</summary>
internal static class CompilerFacts
{
    private const int Rounds = 7;

    public static double[] Measure()
    {
        string[] texts = [.. BenchProgram.All().Select(program => BenchProgram.Text(program.Name))];
        double[] fastest = [double.MaxValue, double.MaxValue];
        for (int round = 0; round < Rounds; round++)
        {
            fastest[0] = Math.Min(fastest[0], Seconds(texts, 0));
            fastest[1] = Math.Min(fastest[1], Seconds(texts, 3));
        }

        double megabytes = texts.Sum(Encoding.UTF8.GetByteCount) / 1e6;
        double thousands = texts.Sum(text => CodeCounter.Instructions(LyraScript.Compile(text, null, 0).Module.Main)) / 1e3;
        return [megabytes / fastest[1], (fastest[1] - fastest[0]) * 1e3 / thousands];
    }

    private static double Seconds(string[] texts, int level)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (string text in texts)
        {
            GC.KeepAlive(LyraScript.Compile(text, "program.lyra", level));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
