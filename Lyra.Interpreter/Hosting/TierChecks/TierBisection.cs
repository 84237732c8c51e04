using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Hosting.TierChecks;

/// <summary>
/// Finds what makes a program do something else compiled: the first compilation with which it does, then the first pass of that one. Binary search over runs
/// in which only so many regions are compiled, the last of them with so many passes; as with LLVM's <c>-opt-bisect-limit</c>.
/// </summary>
internal sealed class TierBisection(LyraScript script, TierCheckOptions options, CancellationToken cancellation)
{
    /// <summary>What a run may take beyond twice the steps of the interpreted one, before it counts as endless.</summary>
    private const long SpareSteps = 100_000;

    /// <summary>What is blamed when a region is wrong without any pass.</summary>
    public const string BeforePasses = "recording, building or emission";

    private RunRecord _expected = null!;
    private LyraLimits _limits = null!;
    private CompileFuel _fuel = new();
    private int _runs;

    /// <summary>Searches.</summary>
    /// <exception cref="LyraCompileException">The script uses names that nothing defines.</exception>
    /// <exception cref="LyraLimitException">The time limit was reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BisectionResult Run()
    {
        _expected = Record(JitMode.Off, options.Engine.Limits);
        _limits = options.Engine.Limits with { Timeout = null, MaxSteps = options.Engine.Limits.MaxSteps ?? ((2 * _expected.Steps) + SpareSteps) };
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

    /// <summary>The smallest number from 0 on for which it holds, when it holds for the last one.</summary>
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
        string what = profile.Kind == RegionKind.Loop ? "loop in " : "proc ";
        return $"{what}{prototype.Name} at {prototype.Source.FileName}:{prototype.PositionAt(profile.RootPc).Line}";
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
            CreateEngine = wanted =>
            {
                LyraEngine engine = options.CreateEngine(wanted);
                if (mode != JitMode.Off)
                {
                    engine.LimitCompiler(_fuel);
                }

                return engine;
            },
        };
        return new ProgramRunner(script, limited, cancellation).Run(mode, limits);
    }
}
