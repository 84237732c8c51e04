using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Lyra.Runtime.Passes;

/// <summary>A list of passes in the order in which they run, with the constraints on this order, and what runs them.</summary>
/// <typeparam name="TCode">The form of the code.</typeparam>
/// <remarks>
/// Model of the constraints: <c>passOrder</c> in Go's <c>cmd/compile/internal/ssa</c>, which is checked at its start, too.
/// </remarks>
internal sealed class PassPlan<TCode>
{
    private readonly Pass<TCode>[] _passes;

    /// <summary>For each pass the index of the pass that it follows; -1 for one that always runs.</summary>
    private readonly int[] _causes;

    /// <exception cref="ArgumentException">The passes violate a constraint, or one names a pass that the plan does not have.</exception>
    public PassPlan(Pass<TCode>[] passes, params ReadOnlySpan<PassOrder> orders)
    {
        _passes = passes;
        _causes = Array.ConvertAll(passes, pass => pass.OnlyAfter is { } cause ? IndexOf(cause) : -1);
        foreach (PassOrder order in orders)
        {
            Check(order);
        }
    }

    public IReadOnlyList<Pass<TCode>> Passes => _passes;

    /// <summary>Runs the passes over code.</summary>
    public void Run(TCode code, in PassRun run, IPassObserver<TCode>? observer = null)
    {
        ulong changed = 0;
        for (int i = 0; i < _passes.Length; i++)
        {
            Pass<TCode> pass = _passes[i];
            if (!run.Includes(i, pass.Level) || (_causes[i] >= 0 && (changed >> _causes[i] & 1) == 0))
            {
                continue;
            }

            observer?.Before(pass.Name, code);
            long start = observer is null ? 0 : Stopwatch.GetTimestamp();
            changed |= (pass.Run(code) ? 1UL : 0) << i;
            observer?.After(pass.Name, code, Stopwatch.GetElapsedTime(start));
        }
    }

    private void Check(in PassOrder order)
    {
        if (IndexOf(order.First) > IndexOf(order.Then))
        {
            throw new ArgumentException($"The pass {order.First} must run before {order.Then}: {order.Reason}.");
        }
    }

    private int IndexOf(string name)
    {
        int index = Array.FindIndex(_passes, pass => pass.Name == name);
        return index >= 0 ? index : throw new ArgumentException($"The plan has no pass {name}.");
    }
}
