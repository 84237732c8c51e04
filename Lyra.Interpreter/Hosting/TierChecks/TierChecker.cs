using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Inspection;
using Lyra.Jit.Passes;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>Performs a tier check: runs the script repeatedly and compares each run with the first.</summary>
internal sealed class TierChecker(LyraScript script, TierCheckOptions options, CancellationToken cancellation)
{
    /// <summary>The number of runs before guards fail.</summary>
    private const int FirstRuns = 4;

    /// <summary>
    /// The steps that a run without a step limit may take beyond twice those of the first run, before it counts as endless.
    /// </summary>
    private const long ExtraSteps = 100_000;

    private readonly ProgramRunner _runner = new(script, options, cancellation);
    private readonly List<TierDifference> _differences = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _runs;
    private int _total = FirstRuns;

    public TierCheckResult Run()
    {
        RunRecord first = _runner.Run(JitMode.Off, options.Engine.Limits);
        Report();
        LyraLimits given = options.Engine.Limits;
        LyraLimits limits = given with { Timeout = null, MaxSteps = given.MaxSteps ?? ((2 * first.Steps) + ExtraSteps) };
        TierCheckResult result = new()
        {
            FileName = script.FileName,
            Verdict = TierVerdict.Agree,
            Ending = first.Ending,
            HeapDigest = first.Digest,
            Steps = first.Steps,
            Seed = options.Seed,
        };
        Compare(new TierRun(TierRunKind.InterpreterAgain), first, _runner.Run(JitMode.Off, limits));
        if (_differences.Count > 0)
        {
            return result with { Verdict = TierVerdict.NotDeterministic, Differences = _differences, Runs = _runs };
        }

        RunRecord compiled = _runner.Run(JitMode.On, limits);
        Compare(new TierRun(TierRunKind.Compiled), first, compiled);
        GuardChoice counting = new();
        Compare(new TierRun(TierRunKind.Counted), first, _runner.Run(JitMode.On, limits, counting));
        List<int> executed = Executed(counting.Plan);
        int failed = FailGuards(counting.Plan, [.. executed], first, limits);
        return result with
        {
            Verdict = _differences.Count == 0 ? TierVerdict.Agree : TierVerdict.Differ,
            Differences = _differences,
            Runs = _runs,
            CompiledSteps = compiled.CompiledSteps,
            ReadsTierState = compiled.ReadsTierState,
            TracesStarted = compiled.TracesStarted,
            TracesCompiled = compiled.TracesCompiled,
            Guards = counting.Plan.Guards.Count,
            GuardsExecuted = executed.Count,
            GuardsFailed = failed,
        };
    }

    private static List<int> Executed(GuardPlan plan)
    {
        List<int> executed = [];
        for (int guard = 0; guard < plan.Guards.Count; guard++)
        {
            if (plan.ExecutionsOf(guard) > 0)
            {
                executed.Add(guard);
            }
        }

        return executed;
    }

    /// <summary>Makes guards fail, one in each run: all guards, or as many as the bounds allow, selected by the seed.</summary>
    /// <returns>The number of guards that failed.</returns>
    private int FailGuards(GuardPlan counted, int[] guards, RunRecord first, LyraLimits limits)
    {
        Random random = new(options.Seed);
        random.Shuffle(guards);
        int count = Math.Min(guards.Length, options.MaxGuards);
        _total = FirstRuns + count;
        int failed = 0;
        for (int i = 0; i < count && !(Stopwatch.GetElapsedTime(_start) >= options.MaxTime); i++)
        {
            long execution = 1 + random.NextInt64(counted.ExecutionsOf(guards[i]));
            GuardChoice choice = new(guards[i], execution);
            Compare(RunOf(counted.Guards[guards[i]], guards[i], execution), first, _runner.Run(JitMode.On, limits, choice));
            failed += choice.Plan.Failures;
        }

        return failed;
    }

    private static TierRun RunOf(PlannedGuard guard, int number, long execution)
    {
        Prototype prototype = guard.Code.Prototype;
        return new TierRun(TierRunKind.GuardFailed)
        {
            Guard = number + 1,
            Execution = execution,
            File = prototype.Source.FileName,
            Line = prototype.PositionAt(guard.Pc).Line,
            Assumption = guard.Assumption,
        };
    }

    private void Compare(TierRun run, RunRecord first, RunRecord record)
    {
        _differences.AddRange(RunComparison.Compare(run, first, record));
        Report();
    }

    private void Report()
    {
        _runs++;
        options.Progress?.Report(new TierCheckProgress(_runs, _total));
    }
}
