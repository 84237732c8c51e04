using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Conformance;

/// <summary>
/// The n-th allocation of a program fails, for many n, as if the CLR had no memory. The run then ends with the memory limit, or does what
/// it does otherwise where Lyra can do without the memory. Afterwards the engine holds nothing of it and runs scripts as before.
/// </summary>
/// <remarks>The method is that of SQLite (sqlite.org/malloc.html, anomaly testing).</remarks>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class AllocationFailureTests
{
    /// <summary>Up to here, each allocation fails once. From there on, distances grow.</summary>
    private const int AllUpTo = 60;

    private const string After = """
        struct P { x; y = 2 }
        proc fib(n) { return if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
        var m = {}
        for i in 0..300 { m["k${i % 7}"] = [P(i), fib(3)] }
        "${length(m)} ${m["k5"][0].x} ${m["k6"][1]} ${sorted([3, 1, 2])} ${10 ** 30}"
        """;

    private const string Expected = "7 299 2 [1, 2, 3] 1000000000000000000000000000000";

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
        foreach (int failing in Positions(count))
        {
            (string output, LimitKind? ending, _) = Run(test, jit, failing);
            bool isRefused = ending == LimitKind.Memory && output.Contains("the process is out of memory", StringComparison.Ordinal);
            (isRefused || output == normal).ShouldBeTrue($"allocation {failing}: {output}");
        }
    }

    private static IEnumerable<int> Positions(int count)
    {
        for (int n = 1; n <= count; n = n < AllUpTo ? n + 1 : n * 9 / 8)
        {
            yield return n;
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

        Engine interpreter = SingleRuns.InterpreterOf(engine);
        interpreter.InRegion.ShouldBeFalse();
        interpreter.ProtectedCount.ShouldBe(0);
        interpreter.Memory.Held.ShouldBe(0);
        engine.Run(After).As<string>().ShouldBe(Expected, $"after the failure of allocation {failing}");
        return (output.ToString(), limit, count);
    }
}
