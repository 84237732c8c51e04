using System;
using System.Text;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Execution;

/// <summary>Contexts that belong to no run of an engine, and what is charged to any context.</summary>
public sealed class ScriptContextTests
{
    public static TheoryData<string> ThingsOfRuns => ["Tasks", "FindScripted", "ResumeGenerator", "CloseGenerator"];

    [Theory]
    [MemberData(nameof(ThingsOfRuns))]
    public void A_detached_context_refuses_what_only_a_run_has(string thing)
    {
        DetachedContext context = DetachedContext.ForHostValuesOf(null);
        Action use = thing switch
        {
            "Tasks" => () => _ = context.Tasks,
            "FindScripted" => () => context.FindScripted(null!, 0),
            "ResumeGenerator" => () => context.ResumeGenerator(null!, out _),
            "CloseGenerator" => () => context.CloseGenerator(null!),
            _ => throw new ArgumentOutOfRangeException(nameof(thing)),
        };

        Should.Throw<InvalidOperationException>(use).Message.ShouldBe("This works only inside the run of an engine.");
    }

    [Fact]
    public void A_detached_context_has_services_and_a_random_state_of_its_own()
    {
        DetachedContext context = DetachedContext.ForHostValuesOf(null);
        context.Host.Capabilities.ShouldBe(LyraCapabilities.None);
        context.RandomState = 7;
        DetachedContext.ForScriptValues.RandomState.ShouldBe(7ul, "a thread has one of them");
        context.RandomState = 0;
        context.MemberLookup.ShouldBeSameAs(context.MemberLookup);
    }

    [Fact]
    public void Without_a_run_nothing_is_called_back_or_protected()
    {
        BareContext context = new(maxFrames: 12);

        (context.FramesLeft(), context.Callbacks, context.ProtectedCount).ShouldBe((12, 0, 0));
        context.MayEnterRegion().ShouldBeTrue();
        context.UnprotectTo(0);
        context.ProtectedCount.ShouldBe(0);
    }

    [Fact]
    public void Compiled_code_is_refused_what_would_exceed_a_limit_and_is_charged_nothing()
    {
        BareContext context = new(maxSteps: 10, maxMemory: 100);

        context.TryCharge(11).ShouldBeFalse();
        context.TryChargeMemory(101).ShouldBeFalse();
        context.TryRefillMemoryFor(1).ShouldBeFalse();
        (context.StepsUsed, context.MemoryUsed).ShouldBe((0, 0));
        context.TryCharge(10).ShouldBeTrue();
        context.TryChargeMemory(100).ShouldBeTrue();
        (context.StepsUsed, context.MemoryUsed).ShouldBe((10, 100));
    }

    [Fact]
    public void A_buffer_is_charged_before_it_grows()
    {
        BareContext context = new();
        ChargedBuffer buffer = new(context);
        for (int i = 0; i < 1_000; i++)
        {
            buffer.GetSpan()[0] = (byte)('a' + (i % 26));
            buffer.Advance(1);
        }

        buffer.Written.Length.ShouldBe(1_000);
        Encoding.ASCII.GetString(buffer.Written.Span[998..]).ShouldBe("kl");
        context.MemoryUsed.ShouldBeGreaterThanOrEqualTo(1_000);
        long charged = context.MemoryUsed;
        buffer.GetSpan(5_000).Length.ShouldBeGreaterThanOrEqualTo(5_000);
        context.MemoryUsed.ShouldBeGreaterThanOrEqualTo(charged + 5_000);
    }

    [Fact]
    public void What_a_clock_of_the_host_throws_is_an_error_of_the_host()
    {
        TimeProvider clock = HostClock.Of(new BrokenClock());

        Should.Throw<ScriptErrorException>(() => clock.LocalTimeZone).Error.ErrorKind.ShouldBe(ErrorKinds.HostError);
        Should.Throw<ScriptErrorException>(() => clock.GetUtcNow()).Error.ErrorKind.ShouldBe(ErrorKinds.HostError);
        HostClock.Of(TimeProvider.System).LocalTimeZone.ShouldBe(TimeZoneInfo.Local);
        HostClock.Of(new LookClock(TimeSpan.Zero)).LocalTimeZone.ShouldBe(TimeZoneInfo.Local);
    }

    [Fact]
    public void An_injected_failure_is_that_of_the_CLR()
    {
        InjectedFailure.ThrowIf(static () => false);
        Should.Throw<OutOfMemoryException>(static () => InjectedFailure.ThrowIf(static () => true));
        Should.Throw<OutOfMemoryException>(InjectedFailure.Throw);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => throw new TimeZoneNotFoundException("broken");

        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException("broken");
    }
}
