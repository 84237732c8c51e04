using System;
using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>Aborted recordings and compilations with the same reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Detail">The place in the script, or the limit; empty when there is no detail.</param>
/// <param name="Count">The number of them.</param>
internal readonly record struct FailedAttempts(AbortReason Reason, string Detail, int Count);

/// <summary>A loop or proc that was hot, and its history.</summary>
internal sealed class HotPlace
{
    private readonly List<CompiledVersion> _versions = [];
    private readonly List<FailedAttempts> _failures = [];

    public HotPlace(LinkedPrototype code, int rootPc)
    {
        LoopMap loops = PrototypeTier.Of(code).Loops;
        int loop = loops.AtBody(rootPc);
        IsProc = loop == LoopMap.None;
        Place = SourcePlace.Of(code, IsProc ? rootPc : StatementOf(code.Prototype, loops[loop]));
        Count = IsProc ? code.CallCount : code.Loops[loop].Count;
    }

    /// <summary>Whether it is a proc as a whole, and not a loop.</summary>
    public bool IsProc { get; }

    /// <summary>The line of the loop's statement, or the first line of the proc.</summary>
    public SourcePlace Place { get; }

    /// <summary>Back-edges of the loop, or calls of the proc, until it was hot.</summary>
    public long Count { get; }

    /// <summary>Recordings that began at the loop or proc itself.</summary>
    public int Recordings { get; private set; }

    /// <summary>Recordings that began at an exit.</summary>
    public int ExitRecordings { get; private set; }

    /// <summary>The reason for blacklisting it; null when it never was blacklisted.</summary>
    public string? Blacklisted { get; private set; }

    /// <summary>The reason for dropping its last region that was dropped; null when none was.</summary>
    public string? Dropped { get; private set; }

    public IReadOnlyList<FailedAttempts> Failures => _failures;

    /// <summary>The compiled versions, oldest first.</summary>
    public IReadOnlyList<CompiledVersion> Versions => _versions;

    /// <summary>Steps of all versions together.</summary>
    public long Steps
    {
        get
        {
            long steps = 0;
            foreach (CompiledVersion version in _versions)
            {
                steps += version.Steps;
            }

            return steps;
        }
    }

    /// <summary>The instruction with the position of a loop's statement: the one that charges the loop.</summary>
    public static int StatementOf(Prototype prototype, LoopRange loop) =>
        prototype.Code[loop.Head].Op == Opcode.LoopHead ? loop.Head : loop.End;

    public void Add(CompiledVersion version) => _versions.Add(version);

    public void OnHot(HotCause cause)
    {
        Recordings += cause == HotCause.Root ? 1 : 0;
        ExitRecordings += cause == HotCause.Exit ? 1 : 0;
    }

    public void OnAborted(AbortReason reason, string explanation)
    {
        int known = _failures.FindIndex(failure => failure.Reason == reason && failure.Detail == explanation);
        if (known < 0)
        {
            _failures.Add(new FailedAttempts(reason, explanation, 1));
            return;
        }

        _failures[known] = _failures[known] with { Count = _failures[known].Count + 1 };
    }

    public void OnDropped(string why) => Dropped = why;

    public void OnBlacklisted(string why) => Blacklisted = why;
}
