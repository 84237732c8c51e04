using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Counting;
using Lyra.Bench.Suite.Facts;
using Lyra.Bench.Suite.Micro;
using Lyra.Bench.Suite.Pages;
using Lyra.Bench.Suite.Results;
using Lyra.Bench.Suite.Running;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>The microbenchmarks, counters and facts: each runs, and gives what the claims read.</summary>
public sealed class MicroTests
{
    public static TheoryData<string> Groups() => [.. MicroGroups.All.Select(group => group.Name)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_variant_performs_its_operation(string name)
    {
        MicroGroup group = MicroGroups.Find(name)!;

        foreach (MicroVariant variant in group.Variants)
        {
            using MicroRun run = variant.Prepare();
            run.Work();
        }

        group.Variants.Select(variant => MicroGroups.NameOf(group, variant)).ShouldBeUnique();
        group.Variants.ShouldAllBe(variant => MicroWays.All.Contains(variant.Way));
    }

    [Fact]
    public void Variants_are_found_by_name() =>
        MicroGroups.Variant("calls: proc, compiled").Way.ShouldBe(MicroWays.Compiled);

    [Fact]
    public void The_timer_counts_the_bytes_of_one_operation()
    {
        MicroGroup group = new("g", "one array",
        [
            new MicroVariant("array", static () => static () =>
            {
                for (int i = 0; i < MicroVariant.Operations; i++)
                {
                    GC.KeepAlive(new byte[1_000]);
                }
            }),
        ]);
        int groups = 0;

        MicroFigure figure = MicroTimer.Measure([group], 2, () => groups++).Single();

        groups.ShouldBe(1);
        figure.Bytes.ShouldBe(1_024);
        figure.Nanoseconds.ShouldBeGreaterThan(0);
        figure.Median.ShouldBeGreaterThanOrEqualTo(figure.Nanoseconds);
        BenchTables.Micro([figure with { Nanoseconds = 12.3 }]).ShouldBe([["g", "C# ns"], ["array", "12.3 (1024 B)"]]);
    }

    [Fact]
    public void Hits_of_the_cache_and_rents_from_the_pool_allocate_nothing()
    {
        MicroFigure[] figures = MicroTimer.Measure([MicroGroups.Find("cache")!, MicroGroups.Find("slabs")!], 1);

        figures.Single(figure => figure.Operation == "hit").Bytes.ShouldBe(0);
        figures.Single(figure => figure.Operation == "slab pool").Bytes.ShouldBe(0);
        figures.Single(figure => figure.Operation == "new array").Bytes.ShouldBe(280);
    }

    [Fact]
    public void Counters_of_a_program_are_the_same_in_each_run()
    {
        BenchProgram fib = BenchProgram.All().Single(program => program.Name == "fib");

        CounterRow first = ProgramCounter.Count(fib, BenchSize.Small);
        CounterRow second = ProgramCounter.Count(fib, BenchSize.Small);

        second.Counts.ShouldBe(first.Counts);
        first.Counts[Counters.Calls].ShouldBe(150_051);
        first.Counts[Counters.Traces].ShouldBeGreaterThan(0);
        first.Counts[Counters.InlinedProcs].ShouldBe(1);
        first.Counts[Counters.UsedRegisters].ShouldBeInRange(1, first.Counts[Counters.Registers]);
        first.Counts[Counters.StackCode].ShouldBeGreaterThan(first.Counts[Counters.Bytecode]);
    }

    [Fact]
    public void Every_fact_has_a_value_for_each_name()
    {
        BenchProgram[] programs = [.. BenchProgram.All().Where(program => program.Name is "fib" or "binarytrees")];
        int rows = 0;

        BenchFact[] facts = FactTable.Measure(
            new BenchOptions(programs, BenchSize.Small, [], 1, CommandStart.OfThisProcess("lyra")), () => rows++);

        rows.ShouldBe(FactTable.All.Length);
        facts.Select(fact => fact.Name).ShouldBeUnique();
        facts.Length.ShouldBe(FactTable.All.Sum(row => row.Names.Length));
        facts.Single(fact => fact.Name == FactNames.SlabLeaks).Value.ShouldBe(0);
        facts.Single(fact => fact.Name == FactNames.HandedOver).Value.ShouldBeGreaterThan(50);
        facts.Single(fact => fact.Name == FactNames.Frames).Value.ShouldBe(10_000);
        facts.Single(fact => fact.Name == FactNames.IntBytes).Value.ShouldBeInRange(7.5, 16);
        facts.Single(fact => fact.Name == FactNames.MixedBytes).Value.ShouldBeInRange(15.5, 32);
        facts.Single(fact => fact.Name == FactNames.PooledBytes).Value.ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Counters_that_differ_fail_a_comparison()
    {
        BenchResult stored = Result(("a", 5), ("b", 6));

        BenchComparison same = BenchComparison.Of(stored, stored, []);
        BenchComparison changed = BenchComparison.Of(stored, Result(("a", 5), ("b", 7), ("c", 1)), []);

        same.HasFailed.ShouldBeFalse();
        same.CountedPrograms.ShouldBe(1);
        changed.HasFailed.ShouldBeTrue();
        BenchTables.CounterChanges(changed).ShouldBe([["p", "b", "6", "7"], ["p", "c", "-", "1"]]);
        Should.Throw<FormatException>(() => BenchComparison.Of(stored, stored with { Counters = [] }, []));
    }

    private static BenchResult Result(params (string Counter, long Count)[] counts) => new(
        DateTimeOffset.UnixEpoch, BenchMachine.Current(), "small", 1, 1, [], [])
    {
        Counters = [new CounterRow("p", 1, counts.ToDictionary(entry => entry.Counter, entry => entry.Count))],
    };
}
