using System.Linq;
using Lyra.Cli.Verification;
using Lyra.Interpreter.Hosting.TierChecks;
using Lyra.Jit.Passes;
using Lyra.Jit.Tiering;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Evaluation;

/// <summary>The differential tests find a planted fault after each pass and attribute it to that pass.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class PlantedFaultTests
{
    private static readonly TierOptions Loops = new() { HotLoop = 8, HotProc = 8, HotExit = 3 };

    public static TheoryData<string> Passes => [.. PassList.All.Select(pass => pass.Name).Distinct()];

    public static TheoryData<string> Faults => [.. PlantedFaults.All.Keys, .. PlantedFaults.Constructs.Keys];

    [Theory]
    [SweepData(nameof(Faults))]
    public void The_tier_check_finds_a_planted_fault(string name)
    {
        PlantedFault fault = PlantedFaults.Named(name);
        TierCheck.Run(fault.Program, "planted.lyra", With(null)).Verdict.ShouldBe(TierVerdict.Agree);

        TierCheck.Run(fault.Program, "planted.lyra", With(fault) with { MaxGuards = 0 }).Verdict.ShouldBe(TierVerdict.Differ);
        fault.Count.ShouldBeGreaterThan(0);
    }

    [Theory]
    [SweepData(nameof(Passes))]
    public void Bisection_names_the_pass(string pass)
    {
        PlantedFault fault = PlantedFaults.All[pass]();

        BisectionResult result = new TierBisection(LyraScript.Compile(fault.Program, "planted.lyra"), With(fault), default).Run();

        result.Pass.ShouldBe(pass, result.ToString());
        result.Region.ShouldContain("planted.lyra:");
    }

    [Theory]
    [SweepData(nameof(Passes))]
    public void Evaluating_each_stage_names_the_pass(string pass)
    {
        PlantedFault fault = PlantedFaults.All[pass]();

        (string found, _) = EvaluatedRun.FirstFault(fault.Program, Loops, fault);

        found.ShouldStartWith($"wrong after {pass} ");
    }

    private static TierCheckOptions With(PlantedFault? fault) => new()
    {
        CreateEngine = options =>
        {
            LyraEngine engine = new(options with { Memory = LyraMemoryMode.LowPause });
            if (fault is not null && options.Jit != JitMode.Off)
            {
                engine.Compiler.Listen(fault);
            }

            return engine;
        },
    };
}
