using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>Runs a script in new engines and records its behavior.</summary>
/// <param name="script">The script.</param>
/// <param name="options">The options of the check.</param>
/// <param name="cancellation">Cancels a run.</param>
internal sealed class ProgramRunner(LyraScript script, TierCheckOptions options, CancellationToken cancellation)
{
    /// <summary>The reason of aborts that are defects of the compiler; see <see cref="JitStatistics.Aborts"/>.</summary>
    private const string CompilerFault = "CompilerFault";

    private readonly ReplayedInput _input = new(options.Engine);

    /// <summary>Runs it once.</summary>
    /// <param name="mode">Off for the interpreter alone, On for compiled code.</param>
    /// <param name="limits">The limits of the run.</param>
    /// <param name="guards">Counts the guards and makes one fail; null for normal code.</param>
    /// <exception cref="LyraCompileException">The script uses an undefined name.</exception>
    /// <exception cref="LyraLimitException">The run reached its time limit.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
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
            ReadsTierState = engine.HasReadTierState,
            Fault = jit.Aborts.TryGetValue(CompilerFault, out long faults)
                ? $"{faults} of its attempts failed; see lyra trace"
                : string.Empty,
        };
    }

    private LyraEngine CreateEngine(LyraOptions given)
    {
        LyraEngine engine = options.CreateEngine(given) ?? throw new ArgumentException("TierCheckOptions.CreateEngine returned null.");
        LyraOptions used = engine.Options;
        if (used.Jit == given.Jit && ReferenceEquals(used.Guards, given.Guards) && ReferenceEquals(used.Output, given.Output)
            && used.HotLoopThreshold == given.HotLoopThreshold && used.HotProcThreshold == given.HotProcThreshold)
        {
            return engine;
        }

        engine.Dispose();
        throw new ArgumentException(
            "TierCheckOptions.CreateEngine must create the engine from the options that it gets; "
            + "the check sets the mode, the thresholds and the output.");
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
        catch (LyraException e) when (IsEnding(e, mode))
        {
            // Wrong machine code may cause a fault, which the check reports as a difference.
            string place = e.File is null ? string.Empty : $" ({e.File}:{e.Line}:{e.Column})";
            return ($"{e.Kind}: {e.Message}{place}", e.ScriptTrace, Value.FromObject(e.Error));
        }
    }

    /// <summary>
    /// True for an error that ends the script. False for a timeout, and for a fault of the interpreter, which leaves nothing to compare
    /// with.
    /// </summary>
    private static bool IsEnding(LyraException error, JitMode mode) =>
        error is not LyraLimitException { Limit: LimitKind.Time } && (mode != JitMode.Off || error.Error.Class != ErrorClass.Fault);
}
