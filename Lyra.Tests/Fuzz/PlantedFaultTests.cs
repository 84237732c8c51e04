using System.Linq;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Running;
using Lyra.Jit.Passes;
using Lyra.Tests.Unit.Jit.Evaluation;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Fuzz;

/// <summary>What the generated programs are good for: a miscompilation behind any pass shows in one of the first thousand of them.</summary>
public sealed class PlantedFaultTests
{
    /// <summary>Programs within which each is found.</summary>
    private const int Patience = 1_000;

    public static TheoryData<string> Passes => [.. PassList.All.Select(pass => pass.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Passes))]
    public void Generated_programs_find_it(string pass)
    {
        PlantedFault fault = PlantedFaults.All[pass]();
        Differential differential = new(fault);

        int seed = 0;
        while (seed < Patience && differential.Compare(ProgramGenerator.Generate(seed), WithoutChecks(seed)) is null)
        {
            seed++;
        }

        seed.ShouldBeLessThan(Patience, $"{fault.Count} regions were spoilt");
    }

    /// <summary>The difference is to be found, and not that the graph looks wrong.</summary>
    private static RunPlan[] WithoutChecks(long seed) => [.. RunPlan.For(seed).Select(plan => plan with { Checks = false })];
}
