using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>Runs a script in new engines and takes down what it does.</summary>
/// <param name="script">What is run.</param>
/// <param name="options">How.</param>
/// <param name="cancellation">Ends a run.</param>
internal sealed class ProgramRunner(LyraScript script, TierCheckOptions options, CancellationToken cancellation)
{
    /// <summary>The reason to give up that is the compiler's own error; see <see cref="JitStatistics.Aborts"/>.</summary>
    private const string CompilerFault = "CompilerFault";

    private readonly ReplayedInput _input = new(options.Engine);

    /// <summary>Runs it once.</summary>
    /// <param name="mode">Off for the interpreter alone, On for compiled code.</param>
    /// <param name="limits">What it may use up.</param>
    /// <param name="guards">Counts its guards and has one fail; null for code as it always is.</param>
    /// <exception cref="LyraCompileException">The script uses names that nothing defines.</exception>
    /// <exception cref="LyraLimitException">The time limit was reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RunRecord Run(JitMode mode, LyraLimits limits, GuardChoice? guards = null)
    {
        cancellation.ThrowIfCancellationRequested();
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = CreateEngine(options.Engine with
        {
            Jit = mode,
            HotLoopThreshold = options.HotLoopThreshold,
            HotProcThreshold = options.HotProcThreshold,
            HotExitThreshold = options.HotExitThreshold,
            CompilesInBackground = false,
            Guards = guards,
            Limits = limits,
            Output = output,
            Input = _input.CreateReader(),
            Time = ReferenceEquals(options.Engine.Time, TimeProvider.System) ? new SteppingClock() : options.Engine.Time,
        });
        (string ending, IReadOnlyList<string> trace, Value result) = RunToEnd(engine, mode);
        JitStatistics jit = engine.Statistics.Jit;
        IReadOnlyList<HeapPart> roots = engine.HeapRoots(result);
        return new RunRecord
        {
            Output = output.ToString(),
            Ending = ending,
            Trace = trace,
            Steps = jit.Steps,
            CompiledSteps = jit.CompiledSteps,
            TracesStarted = jit.TracesStarted,
            TracesCompiled = jit.TracesCompiled,
            Roots = roots,
            Digest = HeapDigest.Of(roots),
            AskedForTier = engine.WasAskedForTier,
            Fault = jit.Aborts.TryGetValue(CompilerFault, out long faults) ? $"{faults} of its attempts failed, which lyra trace tells more about" : string.Empty,
        };
    }

    private LyraEngine CreateEngine(LyraOptions wanted)
    {
        LyraEngine engine = options.CreateEngine(wanted) ?? throw new ArgumentException("TierCheckOptions.CreateEngine gave no engine.");
        LyraOptions got = engine.Options;
        if (got.Jit == wanted.Jit && ReferenceEquals(got.Guards, wanted.Guards) && ReferenceEquals(got.Output, wanted.Output)
            && got.HotLoopThreshold == wanted.HotLoopThreshold && got.HotProcThreshold == wanted.HotProcThreshold)
        {
            return engine;
        }

        engine.Dispose();
        throw new ArgumentException("TierCheckOptions.CreateEngine has to make the engine from the options that it gets; mode, thresholds and output are the check's own.");
    }

    private (string Ending, IReadOnlyList<string> Trace, Value Result) RunToEnd(LyraEngine engine, JitMode mode)
    {
        try
        {
            return ("by itself", [], engine.Run(script, cancellation).Raw);
        }
        catch (LyraExitException e)
        {
            return ($"exit({e.ExitCode})", e.ScriptTrace, Value.FromObject(e.Error));
        }
        catch (LyraLimitException e) when (e.Limit == LimitKind.Cancelled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (LyraException e) when (e is not LyraLimitException { Limit: LimitKind.Time } && (mode != JitMode.Off || e.Error.Class != ErrorClass.Fault))
        {
            // Wrong machine code may end in a fault: that is what the check is to find. A fault of the interpreter is none to compare with.
            string place = e.File is null ? string.Empty : $" ({e.File}:{e.Line}:{e.Column})";
            return ($"{e.Kind}: {e.Message}{place}", e.ScriptTrace, Value.FromObject(e.Error));
        }
    }
}
