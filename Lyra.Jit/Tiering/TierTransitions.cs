using System.Collections.Generic;
using State = Lyra.Jit.Tiering.TierStateKind;
using Trigger = Lyra.Jit.Tiering.TierTrigger;

namespace Lyra.Jit.Tiering;

/// <summary>The causes of state changes of a loop or proc.</summary>
internal enum TierTrigger : byte
{
    /// <summary>It is hot, and a recording of it begins.</summary>
    BeginRecording,

    /// <summary>Its recording ended with a usable profile, or because something else became hot.</summary>
    EndRecording,

    /// <summary>Its profile is passed to the compiler.</summary>
    StartCompiling,

    /// <summary>The compiler returned a region.</summary>
    Install,

    /// <summary>The compiler's result is outdated.</summary>
    DiscardResult,

    /// <summary>The compiler needs a callee to be compiled first.</summary>
    WaitForCallee,

    /// <summary>A recording or compilation failed.</summary>
    Fail,

    /// <summary>The region does not pay.</summary>
    Drop,

    /// <summary>The region calls a proc whose region was dropped.</summary>
    Retire,
}

/// <summary>A transition.</summary>
/// <param name="From">The state before it.</param>
/// <param name="Trigger">Its cause.</param>
/// <param name="To">The state after it.</param>
/// <param name="Action">The accompanying action.</param>
internal readonly record struct TierTransition(TierStateKind From, TierTrigger Trigger, TierStateKind To, string Action);

/// <summary>All transitions of <see cref="HotRegion"/>. The table in docs/jit.md is generated from this one.</summary>
internal static class TierTransitions
{
    public static readonly IReadOnlyList<TierTransition> All =
    [
        new(State.Cold, Trigger.BeginRecording, State.Recording, "The recorder fills a new profile."),
        new(State.Penalized, Trigger.BeginRecording, State.Recording, "The recorder fills a new profile."),
        new(State.Recorded, Trigger.BeginRecording, State.Recording, "The recorder adds to the profile."),
        new(State.Recording, Trigger.BeginRecording, State.Recording, "A recursive proc was called: its recording begins again."),
        new(State.Recording, Trigger.EndRecording, State.Recorded, "The profile is complete, or the next call adds to it."),
        new(State.Recording, Trigger.Fail, State.Penalized, "The profile is dropped, and the backoff doubles."),
        new(State.Recorded, Trigger.StartCompiling, State.Compiling, "The compiler gets the profile."),
        new(State.Recorded, Trigger.Fail, State.Penalized, "Stress mode refused the compilation, or the queue is full."),
        new(State.Waiting, Trigger.StartCompiling, State.Compiling, "The callee is compiled, or the region is hot again."),
        new(State.Waiting, Trigger.BeginRecording, State.Recording, "The loop is hot in a nested call: the recorder adds to the profile."),
        new(State.Waiting, Trigger.Fail, State.Penalized, "Stress mode refused the compilation, or the queue is full."),
        new(State.Compiling, Trigger.Install, State.Compiled, "The next entry uses the region."),
        new(State.Compiling, Trigger.WaitForCallee, State.Waiting, "The callee becomes hot at its next call."),
        new(State.Compiling, Trigger.DiscardResult, State.Recorded, "The profile is compiled again at once."),
        new(State.Compiling, Trigger.Fail, State.Penalized, "The profile is dropped, and the backoff doubles."),
        new(State.Compiled, Trigger.StartCompiling, State.Growing, "The compiler gets the grown profile; the version stays installed."),
        new(State.Compiled, Trigger.Fail, State.Compiled, "Stress mode refused the next version."),
        new(State.Compiled, Trigger.Drop, State.Penalized, "The region and its profile are dropped, and the backoff grows."),
        new(State.Compiled, Trigger.Retire, State.Cold, "The region and its profile are dropped."),
        new(State.Growing, Trigger.Install, State.Compiled, "The new version replaces the old one."),
        new(State.Growing, Trigger.WaitForCallee, State.Compiled, "The next version waits for the callee."),
        new(State.Growing, Trigger.DiscardResult, State.Compiled, "The profile is compiled again at once."),
        new(State.Growing, Trigger.Fail, State.Compiled, "Exits must be more frequent before they are recorded again."),
        new(State.Growing, Trigger.Drop, State.Penalized, "The region and its profile are dropped, and the backoff grows."),
        new(State.Growing, Trigger.Retire, State.Cold, "The region and its profile are dropped."),
    ];

    /// <summary>Whether the table has a transition.</summary>
    public static bool Contains(TierStateKind from, TierTrigger trigger, TierStateKind to)
    {
        foreach (TierTransition row in All)
        {
            if (row.From == from && row.Trigger == trigger && row.To == to)
            {
                return true;
            }
        }

        return false;
    }
}
