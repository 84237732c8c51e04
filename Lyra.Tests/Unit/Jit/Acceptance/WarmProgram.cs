using System;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Unit.Jit.Acceptance;

/// <summary>
/// A program of Lyra.Bench in one engine, whose work is called as often as a test wants, with what the compiler counted meanwhile.
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

    /// <summary>Does the work once.</summary>
    /// <returns>Its result as text, and what it added to the counters.</returns>
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
            Interpretations = after.Interpretations - before.Interpretations,
            TracesStarted = after.TracesStarted - before.TracesStarted,
            TracesCompiled = after.TracesCompiled - before.TracesCompiled,
            Deoptimizations = after.Deoptimizations - before.Deoptimizations,
        });
    }

    public void Dispose() => _engine.Dispose();
}
