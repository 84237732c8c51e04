using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Interpreter.Hosting.TierChecks;
using Lyra.Jit.Passes;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Cli.Verification;

/// <summary>
/// Finds the compilation and the pass that make a script differ in compiled code: the first compilation with which it differs, then the
/// first pass of that compilation. A binary search over runs that compile only the first N regions, and apply only the first M passes to
/// the last of these, like LLVM's <c>-opt-bisect-limit</c>.
/// </summary>
internal sealed class TierBisection(LyraScript script, TierCheckOptions options, CancellationToken cancellation)
{
    /// <summary>The steps that a run may take beyond twice those of the interpreter, before it counts as endless.</summary>
    private const long ExtraSteps = 100_000;

    /// <summary>The culprit when a region is wrong without any pass.</summary>
    public const string BeforePasses = "recording, building or emission";

    private RunRecord _expected = null!;
    private LyraLimits _limits = null!;
    private CompileFuel _fuel = new();
    private int _runs;

    /// <summary>Runs the search.</summary>
    /// <exception cref="LyraCompileException">The script uses an undefined name.</exception>
    /// <exception cref="LyraLimitException">The first run reached its time limit.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public BisectionResult Run()
    {
        _expected = Record(JitMode.Off, options.Engine.Limits);
        LyraLimits given = options.Engine.Limits;
        _limits = given with { Timeout = null, MaxSteps = given.MaxSteps ?? ((2 * _expected.Steps) + ExtraSteps) };
        if (Difference(new TierRun(TierRunKind.InterpreterAgain), JitMode.Off, new CompileFuel()) is { } changing)
        {
            return new BisectionResult(_runs) { Difference = changing };
        }

        if (Compiled(new CompileFuel()) is not { } difference)
        {
            return new BisectionResult(_runs) { Compilations = _fuel.Used };
        }

        long compilations = _fuel.Used;
        long guilty = First(compilations, regions => Compiled(new CompileFuel { Regions = regions, WholeRegions = regions }) is not null);
        if (guilty == 0)
        {
            return new BisectionResult(_runs) { Difference = difference, Compilations = compilations };
        }

        int count = PassList.All.Count;
        long passes = First(count, passes => Compiled(FuelFor(guilty, (int)passes)) is not null);
        difference = Compiled(FuelFor(guilty, (int)passes)) ?? difference;
        return new BisectionResult(_runs)
        {
            Difference = difference,
            Compilations = compilations,
            Guilty = guilty,
            Region = Describe(_fuel.Last!),
            Passes = (int)passes,
            Pass = passes == 0 ? BeforePasses : PassList.All[(int)passes - 1].Name,
        };
    }

    private static CompileFuel FuelFor(long region, int passes) => new() { WholeRegions = region - 1, Regions = region, Passes = passes };

    /// <summary>The smallest number from 0 on that satisfies a condition, which the last number is known to satisfy.</summary>
    private static long First(long last, Predicate<long> holds)
    {
        long from = 0;
        while (from < last)
        {
            long middle = from + ((last - from) / 2);
            if (holds(middle))
            {
                last = middle;
            }
            else
            {
                from = middle + 1;
            }
        }

        return last;
    }

    private static string Describe(RegionProfile profile)
    {
        Prototype prototype = profile.Root.Code.Prototype;
        string kind = profile.Kind == RegionKind.Loop ? "loop in " : "proc ";
        return $"{kind}{prototype.Name} at {prototype.Source.FileName}:{prototype.PositionAt(profile.RootPc).Line}";
    }

    private TierDifference? Compiled(CompileFuel fuel) => Difference(new TierRun(TierRunKind.Compiled), JitMode.On, fuel);

    private TierDifference? Difference(TierRun run, JitMode mode, CompileFuel fuel)
    {
        _fuel = fuel;
        List<TierDifference> found = RunComparison.Compare(run, _expected, Record(mode, _limits));
        return found.Count == 0 ? null : found[0];
    }

    private RunRecord Record(JitMode mode, LyraLimits limits)
    {
        _runs++;
        TierCheckOptions limited = options with
        {
            CreateEngine = given =>
            {
                LyraEngine engine = options.CreateEngine(given);
                if (mode != JitMode.Off)
                {
                    engine.Compiler.Limit(_fuel);
                }

                return engine;
            },
        };
        return new ProgramRunner(script, limited, cancellation).Run(mode, limits);
    }
}
