using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Folds;

namespace Lyra.Jit.Passes;

/// <summary>
/// Folds constants and applies algebraic rules (<see cref="FoldRules"/>) in one walk. Constants move to the entry, each once:
/// <code>
///   v3: Any = BoxInt v2
///   v4: Int = UnboxInt v3 exit s0       ; is v2
///   v5: Bool = IsFloat v3               ; is false
///   branch v5 block1 block2             ; jump block2
///   s1: @main pc 3 {r1 = v3}            ; {r1 = v2}: the deoptimizer boxes
/// </code>
/// </summary>
/// <remarks>
/// The walk is in reverse postorder, so a rule sees the folded forms of its inputs, except around back-edges. Each rule is exact, so the
/// graph computes the same bits. A guard that always fails ends its block with an exit. The pass removes unreachable blocks; <see
/// cref="DeadCode"/> removes unused nodes.
/// </remarks>
internal sealed class Folding : IIrPass
{
    public string Name => "folding";

    public bool Run(IrGraph graph)
    {
        IrNode?[] map = graph.Arena.Nodes.Take(graph.NodeCount);
        ConstantPool constants = ConstantPool.Of(graph, map);
        FoldRules rules = new(graph, constants);
        IrOrder order = IrOrder.Of(graph);
        bool changed = constants.HasChanged;
        List<IrNode> nodes = [];
        foreach (IrBlock block in order.Blocks)
        {
            changed |= Fold(block, rules, map, nodes);
        }

        constants.Finish();
        IrRewriter.Replace(graph, map);
        foreach (Snapshot snapshot in IrUses.SnapshotsOf(graph))
        {
            changed |= Unbox(snapshot);
        }

        return IrRewriter.RemoveUnreachable(graph, IrOrder.Of(graph)) | changed;
    }

    private static bool Fold(IrBlock block, FoldRules rules, IrNode?[] map, List<IrNode> nodes)
    {
        nodes.Clear();
        nodes.AddRange(block.Nodes);
        block.Nodes.Clear();
        bool changed = false;
        foreach (IrNode node in nodes)
        {
            IrRewriter.Replace(node.Inputs, map);
            FoldResult result = rules.Fold(node, block);
            switch (result.Outcome)
            {
                case FoldOutcome.Keep:
                    block.Nodes.Add(node);
                    break;
                case FoldOutcome.Use:
                    map[node.Id] = result.Value;
                    break;
                case FoldOutcome.Exit:
                    Exit(block, node.Exit!);
                    return true;
                case FoldOutcome.Drop:
                    break;
                default:
                    throw new UnreachableException();
            }

            changed |= result.Outcome != FoldOutcome.Keep;
        }

        if (block.Value is not null)
        {
            block.Value = IrRewriter.Resolve(map, block.Value);
        }

        return FoldBranch(block) | rules.TakeChanged() | changed;
    }

    private static void Exit(IrBlock block, Snapshot exit)
    {
        block.End = IrEnd.Exit;
        block.Exit = exit;
        block.Value = null;
        block.First = null;
        block.Second = null;
    }

    private static bool FoldBranch(IrBlock block)
    {
        if (block.End != IrEnd.Branch)
        {
            return false;
        }

        bool changed = false;
        while (block.Value!.Op == IrOp.Not)
        {
            block.Value = block.Value.Inputs[0];
            (block.First, block.Second) = (block.Second, block.First);
            changed = true;
        }

        bool isSame = ReferenceEquals(block.First!.Target, block.Second!.Target)
            && System.MemoryExtensions.SequenceEqual<IrNode>(block.First.Arguments, block.Second.Arguments);
        if (block.Value.Op != IrOp.ConstBool && !isSame)
        {
            return changed;
        }

        block.First = isSame || block.Value.Bits != 0 ? block.First : block.Second;
        block.Second = null;
        block.Value = null;
        block.End = IrEnd.Jump;
        return true;
    }

    private static bool Unbox(Snapshot snapshot)
    {
        bool changed = false;
        foreach (SnapshotFrame frame in snapshot.Frames)
        {
            foreach (ref SnapshotSlot slot in CollectionsMarshal.AsSpan(frame.Slots))
            {
                if (slot.Value.Family == IrFamily.Box)
                {
                    slot.Value = slot.Value.Inputs[0];
                    changed = true;
                }
            }
        }

        return changed;
    }
}
