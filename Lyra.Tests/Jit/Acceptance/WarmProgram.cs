using System;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Jit.Acceptance;

/// <summary>
/// A program of Lyra.Bench in one engine. A test calls its work repeatedly and sees what each call adds to the compiler's counters.
/// </summary>
internal sealed class WarmProgram : IDisposable
{
    private readonly LyraEngine _engine;

    public WarmProgram(string folder, string file, JitMode mode = JitMode.On, int level = 2, bool? compilesInBackground = null)
    {
        _engine = new LyraEngine(new LyraOptions { Jit = mode, OptimizationLevel = level, CompilesInBackground = compilesInBackground });
        _engine.Run(BenchmarkProgram.Declarations(folder, file), file);
    }

    public JitStatistics Jit => _engine.Statistics.Jit;

    /// <summary>Runs the work once.</summary>
    /// <returns>Its result as text, and the increase of each counter.</returns>
    public (string Result, JitStatistics Added) Call(long size)
    {
        JitStatistics before = Jit;
        string result = _engine.Call("run", size).ToString();
        JitStatistics after = Jit;
        after.Aborts.Keys.ShouldNotContain("CompilerFault");
        return (result, after with
        {
            Steps = after.Steps - before.Steps,
            CompiledSteps = after.CompiledSteps - before.CompiledSteps,
            CallOuts = after.CallOuts - before.CallOuts,
            TracesStarted = after.TracesStarted - before.TracesStarted,
            TracesCompiled = after.TracesCompiled - before.TracesCompiled,
            Deoptimizations = after.Deoptimizations - before.Deoptimizations,
        });
    }

    public void Dispose() => _engine.Dispose();
}
