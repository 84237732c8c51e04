using System;
using Lyra.Fuzz.Oracles;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Fuzz;

/// <summary>The oracles for the costs of calls and of programs find what they are for.</summary>
public sealed class CallCostsTests
{
    private const int Block = 1 << 20;

    [Fact]
    public void It_finds_bytes_beyond_those_that_are_allowed()
    {
        CallCosts costs = new(TimeSpan.MaxValue);
        costs.Begin();
        GC.KeepAlive(new byte[Block]);

        costs.End(Block / 2).ShouldNotBeNull().ShouldEndWith("524,288 allowed");
        costs.End(2 * Block).ShouldBeNull();
        costs.MostAllocated.ShouldBeGreaterThanOrEqualTo(Block);
    }

    [Fact]
    public void It_finds_a_call_that_takes_too_long()
    {
        // The clock takes off the CLR's own time as elapsed time, so on a busy machine a short call can take less than none.
        CallCosts costs = new(TimeSpan.FromMinutes(-1));
        costs.Begin();

        costs.End(long.MaxValue).ShouldNotBeNull().ShouldContain("of processor time");
    }

    [Fact]
    public void A_call_ends_on_its_thread()
    {
        CallCosts costs = new(TimeSpan.MaxValue);

        Should.Throw<InvalidOperationException>(() => costs.End(0));
    }

    [Fact]
    public void The_growth_of_the_process_is_that_of_the_run_that_grows_least()
    {
        const int Large = 300_000_000;
        int runs = 0;

        string? fault = new PeakOracle().Judge(0, () =>
        {
            runs++;
            byte[] bytes = new byte[Large];
            Array.Fill(bytes, (byte)1);
            GC.KeepAlive(bytes);
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        });

        if (OperatingSystem.IsLinux())
        {
            fault.ShouldNotBeNull().ShouldContain("100,000,000 are allowed");
            runs.ShouldBe(3);
        }
        else
        {
            fault.ShouldBeNull();
        }
    }
}
