using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Inspection;

/// <summary>A guard of an engine's region, for people.</summary>
/// <param name="Code">The proc of the innermost frame.</param>
/// <param name="Pc">The instruction that is executed again after an exit.</param>
/// <param name="Assumption">Its assumption.</param>
internal readonly record struct PlannedGuard(LinkedPrototype Code, int Pc, string Assumption);

/// <summary>
/// Makes one guard fail once. Guards are numbered from 0 in the order in which they are emitted, over all regions and versions of an
/// engine. A deterministic program compiles the same regions at the same places, so a guard has the same number in every run, up to the
/// failure. A plan without a guard to fail only counts.
/// </summary>
internal sealed class GuardPlan : FailurePlan
{
    private readonly List<PlannedGuard> _guards = [];
    private readonly int _failing;
    private readonly long _failingAt;
    private long[] _executions = new long[64];

    /// <param name="failing">The number of the guard that fails; -1 for none.</param>
    /// <param name="failingAt">The execution of the guard at which it fails, from 1.</param>
    public GuardPlan(int failing, long failingAt)
    {
        _failing = failing;
        _failingAt = failingAt;
    }

    /// <summary>The guards emitted so far.</summary>
    public IReadOnlyList<PlannedGuard> Guards => _guards;

    /// <summary>The number of guards that the plan made fail: 0 or 1.</summary>
    public int Failures { get; private set; }

    /// <summary>The number of times that compiled code has executed a guard.</summary>
    public long ExecutionsOf(int guard) => _executions[guard];

    public override int AddGuard(RegionGuard guard, IrNode node, LinkedPrototype root)
    {
        if (_guards.Count == _executions.Length)
        {
            Array.Resize(ref _executions, 2 * _executions.Length);
        }

        _guards.Add(new PlannedGuard(guard.Code, guard.Pc, GuardDescription.Of(node, root)));
        return _guards.Count - 1;
    }

    public override bool Fails(int guard)
    {
        if (++_executions[guard] != _failingAt || guard != _failing)
        {
            return false;
        }

        Failures++;
        return true;
    }
}
