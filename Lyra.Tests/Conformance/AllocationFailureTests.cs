using System;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Conformance;

/// <summary>
/// The n-th allocation of a program fails, for many n, as if the CLR had no memory. The run then ends with the memory limit, or does what
/// it does otherwise where Lyra can do without the memory. Afterwards the engine holds nothing of it and runs scripts as before.
/// </summary>
/// <remarks>The method is that of SQLite (sqlite.org/malloc.html, anomaly testing).</remarks>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class AllocationFailureTests
{
    public static TheoryData<string, JitMode> Rows
    {
        get
        {
            TheoryData<string, JitMode> rows = [];
            foreach (ConformanceCase test in ConformanceRuns.AllCases
                .Where(test => !test.IsRejected && ConformanceCaseRuns.IsRepeatable(test)))
            {
                rows.Add(test.Name, JitMode.Off);
                rows.Add(test.Name, JitMode.Stress);
            }

            return rows;
        }
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public void The_engine_survives_each_failure_of_an_allocation(string name, JitMode jit)
    {
        ConformanceCase test = ConformanceRuns.Case(name);
        (string normal, _, int count) = Run(test, jit, int.MaxValue);
        foreach (int failing in AllocationFailures.Positions(count))
        {
            (string output, LimitKind? ending, _) = Run(test, jit, failing);
            bool isRefused = ending == LimitKind.Memory && output.Contains("the process is out of memory", StringComparison.Ordinal);
            (isRefused || output == normal).ShouldBeTrue($"allocation {failing}: {output}");
        }
    }

    /// <summary>Runs a case, then another script, in one engine.</summary>
    /// <returns>The output and the limit of the first run, and the number of its allocations.</returns>
    private static (string Output, LimitKind? Limit, int Count) Run(ConformanceCase test, JitMode jit, int failing)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = ConformanceCaseRuns.NewEngine(test, jit, output);
        int count = 0;
        engine.Limiter.AllocationFails = () => ++count == failing;
        LimitKind? limit = ConformanceCaseRuns.RunToEnd(engine, test, output);
        engine.Limiter.AllocationFails = null;

        AllocationFailures.CheckUsable(engine, $"after the failure of allocation {failing}");
        return (output.ToString(), limit, count);
    }
}
