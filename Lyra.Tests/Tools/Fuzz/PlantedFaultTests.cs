using System.Linq;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>The first thousand long generated programs reveal a planted fault after any pass, and in any construct.</summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class PlantedFaultTests
{
    /// <summary>The number of programs within which each fault must be found.</summary>
    private const int Patience = 1_000;

    public static TheoryData<string> Faults => [.. PlantedFaults.All.Keys, .. PlantedFaults.Constructs.Keys];

    [Theory]
    [SweepData(nameof(Faults))]
    public void Generated_programs_find_it(string name)
    {
        PlantedFault fault = PlantedFaults.Named(name);
        Differential differential = new(fault);

        int seed = 0;
        while (seed < Patience && differential.Compare(ProgramGenerator.Generate(seed, isShort: false), WithoutChecks(seed)) is null)
        {
            seed++;
        }

        seed.ShouldBeLessThan(Patience, $"{fault.Count} regions were spoilt");
    }

    /// <summary>Turns the IR checks off: the difference in behavior must reveal the fault, not an invalid graph.</summary>
    private static RunPlan[] WithoutChecks(long seed) => [.. RunPlan.For(seed).Select(plan => plan with { Checks = false })];
}
