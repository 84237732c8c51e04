using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Lyra.Bench.Suite.Running;

/// <summary>Runs a program of <c>Peers/csharp</c> in this process.</summary>
internal static class CSharpRun
{
    /// <summary>Writes the result and the seconds, as the programs in Lyra do.</summary>
    public static void Run(BenchProgram program, BenchSize size, TextWriter output)
    {
        Func<int, double> run = Benches.All[program.Name];
        int n = (int)program.WorkAt(size).N;
        long start = Stopwatch.GetTimestamp();
        double result = run(n);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result:F0} {seconds:F6}"));
    }
}
