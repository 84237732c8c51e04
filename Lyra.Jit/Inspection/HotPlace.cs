using System;
using System.Collections.Generic;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>Attempts that came to nothing.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">More about it: where in the script, what limit; empty when there is no more.</param>
/// <param name="Count">How many for this reason.</param>
internal readonly record struct FailedAttempts(AbortReason Reason, string Detail, int Count);

/// <summary>A loop or a proc that became hot, and what happened to it.</summary>
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

    /// <summary>The line of the loop's statement, or the first one of the proc.</summary>
    public SourcePlace Place { get; }

    /// <summary>Back-edges of the loop, or calls of the proc, until it was hot.</summary>
    public long Count { get; }

    /// <summary>Recordings that began at the loop or proc itself.</summary>
    public int Recordings { get; private set; }

    /// <summary>Recordings that began at an exit.</summary>
    public int ExitRecordings { get; private set; }

    /// <summary>Why it waits long for its next attempt; null when it never had to.</summary>
    public string? Blacklisted { get; private set; }

    public IReadOnlyList<FailedAttempts> Failures => _failures;

    /// <summary>What was compiled, oldest first.</summary>
    public IReadOnlyList<CompiledVersion> Versions => _versions;

    /// <summary>Steps that all versions together took.</summary>
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

    /// <summary>The instruction that bears the position of a loop's statement: the one that charges it.</summary>
    public static int StatementOf(Prototype prototype, LoopRange loop) => prototype.Code[loop.Head].Op == Opcode.LoopHead ? loop.Head : loop.End;

    public void Add(CompiledVersion version) => _versions.Add(version);

    /// <param name="told">Empty for the loop or proc itself, "exit at …", or who else wants it compiled.</param>
    public void OnHot(string told)
    {
        Recordings += told.Length == 0 ? 1 : 0;
        ExitRecordings += told.StartsWith("exit ", StringComparison.Ordinal) ? 1 : 0;
    }

    /// <param name="told">The reason, and behind a colon more about it, as the tier controller reports it.</param>
    public void OnAborted(string told)
    {
        int colon = told.IndexOf(':', StringComparison.Ordinal);
        AbortReason reason = Enum.Parse<AbortReason>(colon < 0 ? told : told[..colon]);
        string detail = colon < 0 ? string.Empty : told[(colon + 1)..].Trim();
        int known = _failures.FindIndex(failure => failure.Reason == reason && failure.Detail == detail);
        if (known < 0)
        {
            _failures.Add(new FailedAttempts(reason, detail, 1));
            return;
        }

        _failures[known] = _failures[known] with { Count = _failures[known].Count + 1 };
    }

    public void OnBlacklisted(string why) => Blacklisted = why;
}
