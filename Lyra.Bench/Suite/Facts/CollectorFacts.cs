using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Bench.Suite.Baseline;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Facts;

/// <summary>What the programs cost the garbage collector, on the stack baseline and compiled.</summary>
internal static class CollectorFacts
{
    private const double MicrosecondsOfMillisecond = 1_000;

    /// <summary>
    /// Allocated bytes, collections, pauses and live bytes, each summed over the programs and divided by that of the baseline; and the mean
    /// pause of compiled programs in microseconds.
    /// </summary>
    public static double[] Measure(IReadOnlyList<BenchProgram> programs, BenchSize size)
    {
        Usage baseline = default;
        Usage compiled = default;
        foreach (BenchProgram program in programs)
        {
            string source = BenchProgram.Declarations(program.Name);
            long n = program.WorkAt(size).N;
            baseline += Usage.Of(() => OnBaseline(source, program.Name, n));
            compiled += Usage.Of(() => Compiled(source, program.Name, n));
        }

        double meanPause = compiled.Collections == 0 ? 0 : compiled.Pauses / compiled.Collections * MicrosecondsOfMillisecond;
        return [.. compiled.Values.Zip(baseline.Values, static (now, other) => other == 0 ? double.NaN : now / other), meanPause];
    }

    private static object OnBaseline(string source, string name, long n)
    {
        StackMachine machine = new(new HostServices { Output = TextWriter.Null });
        StackModule module = StackCompiler.Compile(machine, new SourceText(source, name), LibraryNames.Instance);
        machine.Run(module);
        machine.Call(module.ValueOf("run"), [Value.FromInt(n)]);
        return (machine, module);
    }

    private static LyraEngine Compiled(string source, string name, long n)
    {
        LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
        engine.Run(source, name);
        engine.Call("run", n);
        return engine;
    }

    /// <summary>What a program takes.</summary>
    /// <param name="Bytes">The bytes that all threads allocate, the compiler's too.</param>
    /// <param name="Collections">The garbage collections.</param>
    /// <param name="Pauses">Their pauses in milliseconds.</param>
    /// <param name="Live">The bytes that are alive after the run, with the engine.</param>
    internal readonly record struct Usage(double Bytes, double Collections, double Pauses, double Live)
    {
        public double[] Values => [Bytes, Collections, Pauses, Live];

        public static Usage operator +(Usage a, Usage b) =>
            new(a.Bytes + b.Bytes, a.Collections + b.Collections, a.Pauses + b.Pauses, a.Live + b.Live);

        /// <summary>Measures work, which returns what it keeps alive.</summary>
        public static Usage Of(Func<object> work)
        {
            long live = GC.GetTotalMemory(forceFullCollection: true);
            long bytes = GC.GetTotalAllocatedBytes(precise: true);
            int collections = GC.CollectionCount(0);
            TimeSpan pauses = GC.GetTotalPauseDuration();
            object kept = work();
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
            int collected = GC.CollectionCount(0) - collections;
            double paused = (GC.GetTotalPauseDuration() - pauses).TotalMilliseconds;
            long left = GC.GetTotalMemory(forceFullCollection: true) - live;
            (kept as IDisposable)?.Dispose();
            return new Usage(allocated, collected, paused, Math.Max(0, left));
        }
    }
}
