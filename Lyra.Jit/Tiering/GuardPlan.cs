using System;
using System.Collections.Generic;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Inspection;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Tiering;

/// <summary>A guard of one of an engine's regions, for people.</summary>
/// <param name="Code">The proc of the innermost frame.</param>
/// <param name="Pc">The instruction that is executed again when it fails.</param>
/// <param name="Assumption">What holds as long as the region is not left there.</param>
internal readonly record struct PlannedGuard(LinkedPrototype Code, int Pc, string Assumption);

/// <summary>
/// Has one guard fail once, at one of its passings, and nothing else. Guards are numbered from 0 in the order in which they are emitted, over all regions
/// and versions of an engine. A program that does the same in every run compiles the same at the same places, so a guard has the same number in every run
/// up to the moment at which one fails. Without a guard to fail it counts only.
/// </summary>
internal sealed class GuardPlan : FailurePlan
{
    private readonly List<PlannedGuard> _guards = [];
    private readonly int _failing;
    private readonly long _failingAt;
    private long[] _passings = new long[64];

    /// <summary>A plan that lets every guard pass and counts.</summary>
    public GuardPlan()
        : this(-1, 0)
    {
    }

    /// <param name="failing">The number of the guard that fails.</param>
    /// <param name="failingAt">At which of its passings, from 1.</param>
    public GuardPlan(int failing, long failingAt)
    {
        _failing = failing;
        _failingAt = failingAt;
    }

    /// <summary>The guards emitted so far.</summary>
    public IReadOnlyList<PlannedGuard> Guards => _guards;

    /// <summary>Guards that were made to fail: 0 or 1.</summary>
    public int Failures { get; private set; }

    /// <summary>How often compiled code has come to a guard.</summary>
    public long PassingsOf(int guard) => _passings[guard];

    public override int AddGuard(RegionGuard guard, IrNode node, LinkedPrototype root)
    {
        if (_guards.Count == _passings.Length)
        {
            Array.Resize(ref _passings, 2 * _passings.Length);
        }

        _guards.Add(new PlannedGuard(guard.Code, guard.Pc, GuardWords.Of(node, root)));
        return _guards.Count - 1;
    }

    public override bool Fails(int guard)
    {
        if (++_passings[guard] != _failingAt || guard != _failing)
        {
            return false;
        }

        Failures++;
        return true;
    }
}
