using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Execution;
using Lyra.Jit.Inspection;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Each guard of a program's regions can be made to fail at each of its executions, and the program behaves the same.</summary>
public sealed class GuardPlanTests
{
    private const string Source = """
        struct P { x, y }
        proc dot(a, b) { return a.x * b.x + a.y * b.y }
        var xs = []
        var sum = 0
        for i in 0..60 {
          let p = P(i, i % 7)
          if i % 3 == 0 { xs.push(dot(p, p)) } else { sum += p.y }
        }
        print(sum, xs[length(xs) - 1], length(xs))
        """;

    [Fact]
    public void Every_executed_guard_is_made_to_fail_once()
    {
        string expected = Run(new GuardChoice(), out GuardPlan counting, out JitStatistics calm);
        calm.CompiledSteps.ShouldBeGreaterThan(0);
        counting.Failures.ShouldBe(0);
        int[] executed = [.. Enumerable.Range(0, counting.Guards.Count).Where(guard => counting.ExecutionsOf(guard) > 0)];
        executed.Length.ShouldBeGreaterThan(5);

        foreach (int guard in executed)
        {
            foreach (long execution in new[] { 1, counting.ExecutionsOf(guard) })
            {
                Run(new GuardChoice(guard, execution), out GuardPlan plan, out JitStatistics jit)
                    .ShouldBe(expected, $"guard {guard} ({counting.Guards[guard].Assumption}), execution {execution}");
                plan.Failures.ShouldBe(1);
                plan.Guards[guard].Assumption.ShouldBe(counting.Guards[guard].Assumption);
                jit.GuardExits.Values.Sum().ShouldBeGreaterThan(0);
                jit.Steps.ShouldBe(calm.Steps);
            }
        }
    }

    [Fact]
    public void Guards_have_the_same_numbers_and_executions_in_every_run()
    {
        Run(new GuardChoice(), out GuardPlan first, out _);
        Run(new GuardChoice(), out GuardPlan second, out _);

        second.Guards.Select(guard => (guard.Pc, guard.Assumption)).ShouldBe(first.Guards.Select(guard => (guard.Pc, guard.Assumption)));
        IEnumerable<long> executions = Enumerable.Range(0, first.Guards.Count).Select(first.ExecutionsOf);
        Enumerable.Range(0, second.Guards.Count).Select(second.ExecutionsOf).ShouldBe(executions);
    }

    [Fact]
    public void A_guard_that_is_never_emitted_never_fails()
    {
        Run(new GuardChoice(100_000, 1), out GuardPlan plan, out _).ShouldBe(Run(new GuardChoice(), out _, out _));
        plan.Failures.ShouldBe(0);
    }

    private static string Run(GuardChoice choice, out GuardPlan plan, out JitStatistics jit)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions
        {
            HotLoopThreshold = 5,
            HotProcThreshold = 5,
            HotExitThreshold = 3,
            Guards = choice,
            Output = output,
        });
        engine.Run(Source);
        plan = choice.Plan;
        jit = engine.Statistics.Jit;
        return output.ToString();
    }
}
