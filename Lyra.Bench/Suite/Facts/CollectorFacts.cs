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
    /// <summary>Allocated bytes, collections, pauses and heaps, each summed over the programs, divided by that of the baseline.</summary>
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

        return [.. compiled.Values.Zip(baseline.Values, static (now, other) => other == 0 ? double.NaN : now / other)];
    }

    private static void OnBaseline(string source, string name, long n)
    {
        StackMachine machine = new(new HostServices { Output = TextWriter.Null });
        StackModule module = StackCompiler.Compile(machine, new SourceText(source, name), LibraryNames.Instance);
        machine.Run(module);
        machine.Call(module.ValueOf("run"), [Value.FromInt(n)]);
    }

    private static void Compiled(string source, string name, long n)
    {
        using LyraEngine engine = new(new LyraOptions { Output = TextWriter.Null });
        engine.Run(source, name);
        engine.Call("run", n);
    }

    private readonly record struct Usage(double Bytes, double Collections, double Pauses, double Heap)
    {
        public double[] Values => [Bytes, Collections, Pauses, Heap];

        public static Usage operator +(Usage a, Usage b) =>
            new(a.Bytes + b.Bytes, a.Collections + b.Collections, a.Pauses + b.Pauses, a.Heap + b.Heap);

        public static Usage Of(Action work)
        {
            GC.Collect();
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            int collections = GC.CollectionCount(0);
            TimeSpan pauses = GC.GetTotalPauseDuration();
            work();
            return new Usage(
                GC.GetAllocatedBytesForCurrentThread() - bytes,
                GC.CollectionCount(0) - collections,
                (GC.GetTotalPauseDuration() - pauses).TotalMilliseconds,
                GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
        }
    }
}
