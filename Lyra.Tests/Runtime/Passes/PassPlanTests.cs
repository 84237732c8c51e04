using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Passes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Passes;

public sealed class PassPlanTests
{
    [Fact]
    public void Passes_run_in_order_at_their_level() => Names(new PassRun(Level: 1)).ShouldBe("a b");

    [Fact]
    public void A_limit_keeps_the_first_passes() => Names(new PassRun(Count: 2)).ShouldBe("a b");

    [Fact]
    public void A_pass_that_follows_another_runs_only_if_that_one_has_changed_the_code()
    {
        Names(PassRun.All).ShouldBe("a b c d");
        Names(PassRun.All, "-").ShouldBe("- a b c");
    }

    [Fact]
    public void A_seed_leaves_out_half_of_the_passes_each_time_the_same()
    {
        string[] runs = [.. Enumerable.Range(0, 100).Select(seed => Names(new PassRun(Chaos: seed)))];
        runs.ShouldBe(Enumerable.Range(0, 100).Select(seed => Names(new PassRun(Chaos: seed))));
        runs.Distinct().Count().ShouldBeGreaterThan(8);
        runs.Count(run => run.Contains('b')).ShouldBeInRange(30, 70);
    }

    [Fact]
    public void An_observer_sees_the_code_around_each_pass()
    {
        Observer observer = new();
        NewPlan().Run(["x"], new PassRun(Count: 2), observer);
        observer.Seen.ShouldBe(["before a: x", "after a: x a", "before b: x a", "after b: x a b"]);
    }

    [Fact]
    public void An_order_that_is_violated_is_an_error_with_its_reason() =>
        Should.Throw<ArgumentException>(() => NewPlan(new PassOrder("c", "b", "b needs what c finds")))
            .Message.ShouldBe("The pass c must run before b: b needs what c finds.");

    [Fact]
    public void An_order_of_a_pass_that_is_not_there_is_an_error() =>
        Should.Throw<ArgumentException>(() => NewPlan(new PassOrder("a", "z", "z is last"))).Message.ShouldBe("The plan has no pass z.");

    /// <summary>The code after a run.</summary>
    private static string Names(in PassRun run, params string[] before)
    {
        List<string> code = [.. before];
        NewPlan().Run(code, run);
        return string.Join(' ', code);
    }

    /// <summary>Each pass adds its name; the first one says that it changed something unless the code begins with "-".</summary>
    private static PassPlan<List<string>> NewPlan(params ReadOnlySpan<PassOrder> orders) => new(
        [
            new("a", code => Add(code, "a")) { Level = 1 },
            new("b", code => Add(code, "b")) { Level = 1 },
            new("c", code => Add(code, "c")) { Level = 2 },
            new("d", code => Add(code, "d")) { Level = 2, OnlyAfter = "a" },
        ],
        orders);

    private static bool Add(List<string> code, string name)
    {
        code.Add(name);
        return code[0] != "-";
    }

    private sealed class Observer : IPassObserver<List<string>>
    {
        public List<string> Seen { get; } = [];

        public void Before(string pass, List<string> code) => Seen.Add($"before {pass}: {string.Join(' ', code)}");

        public void After(string pass, List<string> code, TimeSpan elapsed)
        {
            elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
            Seen.Add($"after {pass}: {string.Join(' ', code)}");
        }
    }
}
