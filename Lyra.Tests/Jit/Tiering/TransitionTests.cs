using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>The states of a loop or proc change according to the table of transitions, and in no other way.</summary>
public sealed class TransitionTests
{
    private static readonly LinkedPrototype Main = new TieredRun("print(1)").Main;

    /// <summary>The method that causes each trigger. A failure has two methods: one for a first version, one for a further one.</summary>
    private static readonly (TierTrigger Trigger, Action<HotRegion> Pull)[] Pulls =
    [
        (TierTrigger.BeginRecording, hot => hot.BeginRecording()),
        (TierTrigger.EndRecording, hot => hot.EndRecording(1)),
        (TierTrigger.StartCompiling, hot => hot.StartCompiling(NewJob())),
        (TierTrigger.Install, hot => hot.Install(RegionSamples.Idle(NewProfile(), 1), null)),
        (TierTrigger.DiscardResult, hot => hot.DiscardResult()),
        (TierTrigger.WaitForCallee, hot => hot.WaitForCallee()),
        (TierTrigger.Fail, hot => hot.Fail(AbortReason.TooLong)),
        (TierTrigger.Fail, hot => hot.FailGrowth()),
        (TierTrigger.Drop, hot => hot.Drop(1)),
        (TierTrigger.Retire, hot => hot.Retire()),
    ];

    [Fact]
    public void Each_state_takes_exactly_the_transitions_of_the_table()
    {
        List<(TierStateKind From, TierTrigger Trigger, TierStateKind To)> taken = [];
        foreach (TierStateKind from in Enum.GetValues<TierStateKind>())
        {
            foreach ((TierTrigger trigger, Action<HotRegion> pull) in Pulls)
            {
                HotRegion hot = In(from);
                if (Takes(hot, pull))
                {
                    taken.Add((from, trigger, hot.State.Kind));
                }
                else
                {
                    hot.State.Kind.ShouldBe(from);
                }
            }
        }

        taken.ShouldBe(TierTransitions.All.Select(row => (row.From, row.Trigger, row.To)), ignoreOrder: true);
    }

    [Fact]
    public void Each_state_has_its_data()
    {
        foreach (TierStateKind kind in Enum.GetValues<TierStateKind>())
        {
            TierState state = In(kind).State;

            (state.Profile is null).ShouldBe(kind is TierStateKind.Cold or TierStateKind.Penalized);
            (state.Installed is null).ShouldBe(kind is not (TierStateKind.Compiled or TierStateKind.Growing));
            (state.Job is null).ShouldBe(kind is not (TierStateKind.Compiling or TierStateKind.Growing));
        }
    }

    [Fact]
    public void A_new_version_remembers_failed_growths_and_counts_its_own_exits()
    {
        HotRegion hot = In(TierStateKind.Compiled);
        hot.Installed!.Exits = 10;
        hot.FailGrowth();
        hot.StartCompiling(NewJob());
        hot.Install(RegionSamples.Idle(NewProfile(), 2), recompileAt: 5);

        CompiledState installed = hot.Installed.ShouldNotBeNull();
        (installed.Region.Version, installed.FailedGrowths, installed.Exits, installed.RecompileAt).ShouldBe((2, 1, 0, 5));
    }

    [Fact]
    public void A_version_that_waits_for_a_callee_is_still_installed()
    {
        HotRegion hot = In(TierStateKind.Growing);
        hot.WaitForCallee();
        hot.IsWaitingForCallee.ShouldBeTrue();
        hot.Installed.ShouldNotBeNull();

        hot.StartCompiling(NewJob());
        hot.IsWaitingForCallee.ShouldBeFalse();
    }

    private static bool Takes(HotRegion hot, Action<HotRegion> pull)
    {
        try
        {
            pull(hot);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A region in the given state.</summary>
    private static HotRegion In(TierStateKind kind)
    {
        HotRegion hot = new(RegionKind.Loop, Main, 0, 0);
        TierTrigger[] toCompiling = [TierTrigger.BeginRecording, TierTrigger.EndRecording, TierTrigger.StartCompiling];
        TierTrigger[] path = kind switch
        {
            TierStateKind.Cold => [],
            TierStateKind.Recording => [TierTrigger.BeginRecording],
            TierStateKind.Penalized => [TierTrigger.BeginRecording, TierTrigger.Fail],
            TierStateKind.Recorded => [TierTrigger.BeginRecording, TierTrigger.EndRecording],
            TierStateKind.Compiling => toCompiling,
            TierStateKind.Waiting => [.. toCompiling, TierTrigger.WaitForCallee],
            TierStateKind.Compiled => [.. toCompiling, TierTrigger.Install],
            _ => [.. toCompiling, TierTrigger.Install, TierTrigger.StartCompiling],
        };
        foreach (TierTrigger trigger in path)
        {
            Pulls.First(row => row.Trigger == trigger).Pull(hot);
        }

        hot.State.Kind.ShouldBe(kind);
        return hot;
    }

    private static RegionProfile NewProfile() => new(RegionKind.Loop, Main, 0, 0);

    private static CompileJob NewJob() => new(NewProfile(), 1, static (_, _) => CompileResult.Failed(AbortReason.Forced));
}
