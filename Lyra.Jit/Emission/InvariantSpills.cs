using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

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

    private readonly Dictionary<IrLoop, LoopSpills> _spills = new(ReferenceEqualityComparer.Instance);

    /// <summary>By the block in front of the loop.</summary>
    private readonly Dictionary<IrBlock, LoopSpills> _before = new(ReferenceEqualityComparer.Instance);

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
                _before[before] = _spills[loop] = Plan(loop, calls);
            }
        }
    }

    /// <summary>The loop that begins after a block, if it has such calls; otherwise null.</summary>
    public LoopSpills? After(IrBlock block) => _before.GetValueOrDefault(block);

    /// <summary>The innermost loop around a call whose buffers keep values; null when there is none.</summary>
    public LoopSpills? Around(IrNode call) => Around(_loops?.LoopOf(call.Block!));

    private LoopSpills? Around(IrLoop? loop)
    {
        for (; loop is not null; loop = loop.Parent)
        {
            if (_spills.TryGetValue(loop, out LoopSpills? spills))
            {
                return spills;
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

    /// <summary>Whether a node is a host call during which no other compiled code runs.</summary>
    private static bool KeepsBuffers(IrNode node) => node is { Op: IrOp.CallHost, Payload: HostCall { MayCallEngine: false } };

    private LoopSpills Plan(IrLoop loop, List<IrNode> calls)
    {
        LoopSpills spills = new();
        SpillPlan? outer = Around(loop.Parent)?.Kept;
        List<SpillPlan> plans = calls.ConvertAll(call => _states.OfCall(call).Plan);
        Plan(nameof(ExitBuffers.Objects), static plan => plan.References);
        Plan(nameof(ExitBuffers.Ints), static plan => plan.Bits);
        Plan(nameof(ExitBuffers.Floats), static plan => plan.Floats);
        return spills;

        void Plan(string array, Func<SpillPlan, List<IrNode?>> listOf)
        {
            List<List<IrNode?>> lists = plans.ConvertAll(plan => listOf(plan));
            for (int i = 0; lists.Exists(list => i < list.Count); i++)
            {
                IrNode? kept = KeptAt(loop, lists, i);
                listOf(spills.Kept).Add(kept);
                listOf(spills.Added).Add(outer is not null && SpillPlan.Has(listOf(outer), i) ? null : kept);
                if (kept is null && array != nameof(ExitBuffers.Objects))
                {
                    spills.Changing.Add((array, i));
                }
            }
        }
    }

    /// <summary>The value that all calls in a loop have in the same element and that the loop does not change; otherwise null.</summary>
    private IrNode? KeptAt(IrLoop loop, List<List<IrNode?>> lists, int index)
    {
        IrNode? node = lists.Find(list => index < list.Count)![index];
        return node is not null && !_loops!.Contains(loop, node.Block!)
            && lists.TrueForAll(list => index >= list.Count || ReferenceEquals(list[index], node)) ? node : null;
    }
}
