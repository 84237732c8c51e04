using System.Collections.Generic;
using Lyra.Jit.Recording;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>A loop or a proc that became hot: what was recorded and compiled of it, and how that went so far.</summary>
internal sealed class HotRegion(LinkedPrototype code, int loop, int rootPc, int maxDepth)
{
    public LinkedPrototype Code { get; } = code;

    /// <summary>The loop's index; -1 for a proc.</summary>
    public int Loop { get; } = loop;

    /// <summary>The instruction that is executed first.</summary>
    public int RootPc { get; } = rootPc;

    /// <summary>What was recorded; null after a failure, which begins anew.</summary>
    public RegionProfile? Profile { get; set; }

    /// <summary>Passes that the profile holds.</summary>
    public int Passes { get; set; }

    /// <summary>What is entered; null when nothing is compiled.</summary>
    public Region? Region { get; set; }

    /// <summary>The compilation that is under way; null when none is.</summary>
    public CompileJob? Pending { get; set; }

    /// <summary>Regions compiled of the profile.</summary>
    public int Version { get; set; }

    /// <summary>Times that the region could not be compiled with what exits had brought.</summary>
    public int FailedGrowths { get; set; }

    /// <summary>Exits of the region's newest version.</summary>
    public long Exits { get; set; }

    /// <summary>
    /// The number of exits at which the region is compiled again; <see cref="long.MaxValue"/> while the profile holds nothing that is not compiled. Not
    /// at once, so that the other exits that are taken often come along.
    /// </summary>
    public long CompileAt { get; set; } = long.MaxValue;

    /// <summary>Failures so far. Each doubles the time until the next attempt.</summary>
    public int Failures { get; private set; }

    /// <summary>Of a proc: times that entering it from the interpreter turned out not to be worth it. Each doubles the calls until it is tried again.</summary>
    public int Rests { get; set; }

    /// <summary>Calls that a recording follows in each other: fewer after one that became too long.</summary>
    public int MaxDepth { get; private set; } = maxDepth;

    /// <summary>Whether a loop around the calls of the proc got the chance to become hot first.</summary>
    public bool WasPostponed { get; set; }

    /// <summary>Of a proc: where compiled code finds its code, that of the region or of the one that waits for a callee; null when there is none.</summary>
    public EntryCell? Cell { get; set; }

    /// <summary>Of a proc: the cells of all its signatures so far.</summary>
    public List<EntryCell> Cells { get; } = [];

    /// <summary>Whether it is to be compiled as it was recorded when it is hot again, or when a proc is compiled that it waits for.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Of a proc: what waits for it; that may belong to a script which is gone before.</summary>
    public WeakList<HotRegion> Waiting { get; } = new();

    /// <summary>Takes note of a failure: all that was recorded is forgotten.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="weight">As how many it counts.</param>
    public void Fail(AbortReason reason, int weight = 1)
    {
        Failures += weight;
        if (reason is AbortReason.TooLong or AbortReason.TooLarge)
        {
            MaxDepth /= 2;
        }

        Forget();
    }

    /// <summary>Forgets what was recorded and compiled.</summary>
    public void Forget()
    {
        Profile = null;
        Region = null;
        Cell = null;
        Pending = null;
        IsWaiting = false;
        Passes = 0;
        Version = 0;
        FailedGrowths = 0;
        Exits = 0;
        CompileAt = long.MaxValue;
    }

    /// <summary>
    /// The heat with which it waits for the next attempt: doubled for each failure, and a little different for each place and time, so that two loops
    /// whose attempts spoil each other get out of step.
    /// </summary>
    /// <param name="threshold">The heat of the first attempt.</param>
    /// <param name="maxDoublings">Failures beyond which it is not doubled any more.</param>
    public long WaitingHeat(int threshold, int maxDoublings)
    {
        long heat = (long)threshold << System.Math.Min(Failures, maxDoublings);
        uint jitter = unchecked((uint)((RootPc + 1) * 0x9E3779B1) ^ ((uint)Failures * 0x85EBCA77)) >> 16;
        return heat + (jitter % ((heat / 8) + 1)) - 1;
    }
}
