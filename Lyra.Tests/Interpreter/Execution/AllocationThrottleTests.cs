using System;
using Lyra.Interpreter.Execution;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>The second brake of the memory limit finds what a builtin allocates without charging it.</summary>
public sealed class AllocationBrakeTests
{
    private const int Limit = 1 << 20;
    private const int Excess = (2 * Limit) + (int)AllocationThrottle.Slack + 1;

    [Fact]
    public void Uncharged_allocations_trip_it_once()
    {
        BareContext context = new();
        AllocationThrottle brake = default;
        brake.Reset(context);
        GC.KeepAlive(new byte[Excess]);

        brake.Trips(context, Limit).ShouldBeTrue();
        brake.Trips(context, Limit).ShouldBeFalse();
    }

    [Fact]
    public void Charged_allocations_do_not()
    {
        BareContext context = new();
        AllocationThrottle brake = default;
        brake.Reset(context);
        context.ChargeMemory(Excess / 2);
        GC.KeepAlive(new byte[Excess]);

        brake.Trips(context, Limit).ShouldBeFalse();
    }

    [Fact]
    public void Allocations_of_the_host_do_not()
    {
        BareContext context = new();
        AllocationThrottle brake = default;
        brake.Reset(context);
        GC.KeepAlive(new byte[Excess]);
        context.HasForeignAllocations = true;

        brake.Trips(context, Limit).ShouldBeFalse();
    }
}
