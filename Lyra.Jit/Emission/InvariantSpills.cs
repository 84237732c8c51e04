using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Emission;

/// <summary>
/// Decides which values of the snapshots of host calls are stored in the exit buffers in front of a loop, and not at each call: those that
/// do not change, in a loop that runs neither other compiled code nor the interpreter, so that the buffers keep them. The store of a
/// reference costs most, because it has a write barrier.
/// </summary>
internal sealed class InvariantSpills
{
    private readonly ExitStates _states;
    private readonly IrLoops? _loops;

    /// <summary>The values that the calls directly in a loop find in the buffers, in the elements where they expect them.</summary>
    private readonly Dictionary<IrLoop, SpillPlan> _plans = new(ReferenceEqualityComparer.Instance);

    /// <summary>What to store at the end of a block in front of a loop.</summary>
    private readonly Dictionary<IrBlock, SpillPlan> _before = new(ReferenceEqualityComparer.Instance);

    public InvariantSpills(IrGraph graph, IrOrder order, ExitStates states)
    {
        _states = states;
        if (!graph.Blocks.Exists(static block => block.Nodes.Exists(KeepsBuffers)))
        {
            return;
        }

        _loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        foreach (IrLoop loop in _loops.All)
        {
            if (loop.PreheaderEdge is { From: { End: IrEnd.Jump } before } && CallsIn(loop) is { Count: > 0 } calls)
            {
                SpillPlan? outer = PlanAround(loop.Parent);
                SpillPlan plan = _plans[loop] = Common(loop, calls);
                SpillPlan added = outer is null ? plan : Without(plan, outer);
                if (!added.IsEmpty)
                {
                    _before[before] = added;
                }
            }
        }
    }

    /// <summary>What to store at the end of a block; null for nothing.</summary>
    public SpillPlan? Before(IrBlock block) => _before.GetValueOrDefault(block);

    /// <summary>What the buffers have already at a call; null for nothing.</summary>
    public SpillPlan? StoredAt(IrNode call) => PlanAround(_loops?.LoopOf(call.Block!));

    private SpillPlan? PlanAround(IrLoop? loop)
    {
        for (; loop is not null; loop = loop.Parent)
        {
            if (_plans.TryGetValue(loop, out SpillPlan? plan))
            {
                return plan;
            }
        }

        return null;
    }

    /// <summary>The host calls in a loop; null when something in it may use the buffers.</summary>
    private static List<IrNode>? CallsIn(IrLoop loop)
    {
        List<IrNode> calls = [];
        foreach (IrBlock block in loop.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (KeepsBuffers(node))
                {
                    calls.Add(node);
                }
                else if (node.Op == IrOp.CallRegion || (node.Effects & IrEffects.Observes) != IrEffects.None)
                {
                    return null;
                }
            }
        }

        return calls;
    }

    /// <summary>Whether a node is a host call that can't run compiled code, and stores the same values again if it is repeated.</summary>
    private static bool KeepsBuffers(IrNode node) => node is { Op: IrOp.CallHost, Payload: HostCall { MayCallEngine: false } };

    /// <summary>The values that all calls in a loop have in the same elements and that the loop does not change.</summary>
    private SpillPlan Common(IrLoop loop, List<IrNode> calls)
    {
        SpillPlan common = new([]);
        List<SpillPlan> plans = calls.ConvertAll(call => _states.PlanOf(call.Exit!));
        AddCommon(loop, common.References, plans.ConvertAll(static plan => plan.References));
        AddCommon(loop, common.Bits, plans.ConvertAll(static plan => plan.Bits));
        AddCommon(loop, common.Floats, plans.ConvertAll(static plan => plan.Floats));
        return common;
    }

    private void AddCommon(IrLoop loop, List<IrNode?> common, List<List<IrNode?>> plans)
    {
        for (int i = 0; plans.Exists(plan => i < plan.Count); i++)
        {
            IrNode? node = plans.Find(plan => i < plan.Count)![i];
            bool isKept = node is not null && !_loops!.Contains(loop, node.Block!)
                && plans.TrueForAll(plan => i >= plan.Count || ReferenceEquals(plan[i], node));
            common.Add(isKept ? node : null);
        }
    }

    /// <summary>What a plan stores and another does not.</summary>
    private static SpillPlan Without(SpillPlan plan, SpillPlan other)
    {
        SpillPlan rest = new([]);
        AddRest(rest.References, plan.References, other.References);
        AddRest(rest.Bits, plan.Bits, other.Bits);
        AddRest(rest.Floats, plan.Floats, other.Floats);
        return rest;
    }

    private static void AddRest(List<IrNode?> rest, List<IrNode?> values, List<IrNode?> others)
    {
        for (int i = 0; i < values.Count; i++)
        {
            rest.Add(SpillPlan.Has(others, i) ? null : values[i]);
        }
    }
}
