using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Moves what gives the same in every iteration in front of its loop: computations, loads of what the loop does not write, and guards. A guard
/// that is evaluated in every iteration exits in front of the loop instead, to the state at the loop's head: it may leave a loop that would have
/// ended before, which only costs time.
/// <code>
///   block2 loop: v5: Int = ListStrategy v1; v6: Bool = EqInt v5, v7; Guard v6 exit s3   ; all three go to the block before, exit s1
/// </code>
/// </summary>
/// <remarks>
/// Inner loops first, so that what leaves one may leave the one around it. Needs <see cref="IrBlock.HeadSnapshot"/>. Loads of elements follow the guards that make
/// them safe (<see cref="ElementGuards"/>), loads of captures those of the closure's code (<see cref="CodeGuards"/>).
/// </remarks>
internal sealed class LoopInvariants : IIrPass
{
    public string Name => "loop-invariants";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        IrLoops loops = IrLoops.Of(graph, order, dominators);
        CodeGuards codes = new(graph, dominators);
        bool changed = false;
        for (int i = loops.All.Count - 1; i >= 0; i--)
        {
            changed |= new Hoisting(loops.All[i], loops, dominators, codes).Run();
        }

        return changed;
    }

    /// <summary>What one loop writes, and what was moved out of it.</summary>
    private sealed class Hoisting(IrLoop loop, IrLoops loops, IrDominators dominators, CodeGuards codes)
    {
        private readonly List<(IrOp Op, object? Payload, long Bits)> _stores = [];
        private readonly ElementGuards _guards = new();
        private IrMemory _written;

        public bool Run()
        {
            if (loop.PreheaderEdge is not { From: { End: IrEnd.Jump } before } || loop.Head.HeadSnapshot is not { } atHead)
            {
                return false;
            }

            CollectWrites();
            bool changed = false;
            foreach (IrBlock block in loop.Blocks)
            {
                changed |= Hoist(block, before, atHead, IsInEveryIteration(block));
            }

            return changed;
        }

        private bool Hoist(IrBlock block, IrBlock before, Snapshot atHead, bool always)
        {
            int kept = 0;
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                IrNode node = block.Nodes[i];
                if (!IsInvariant(node) || !MayMove(node, before, always))
                {
                    block.Nodes[kept++] = node;
                    continue;
                }

                node.Block = before;
                node.Exit = node.Exit is null ? null : atHead;
                before.Nodes.Add(node);
                _guards.Add(node);
            }

            bool changed = kept < block.Nodes.Count;
            block.Nodes.RemoveRange(kept, block.Nodes.Count - kept);
            return changed;
        }

        private bool MayMove(IrNode node, IrBlock before, bool always) => node.MayExit
            ? always && IsGuard(node)
            : IsSafeAnywhere(node) || (always && IsTotalCall(node)) || _guards.Cover(node) || codes.Cover(node, before);

        private bool IsInEveryIteration(IrBlock block)
        {
            foreach (IncomingEdge back in loop.BackEdges)
            {
                if (!dominators.Dominates(block, back.From))
                {
                    return false;
                }
            }

            return true;
        }

        private bool IsInvariant(IrNode node)
        {
            foreach (IrNode input in node.Inputs)
            {
                if (loops.Contains(loop, input.Block!))
                {
                    return false;
                }
            }

            return (node.Reads & _written) == IrMemory.None || !MayBeWritten(node);
        }

        /// <summary>Whether one of the loop's writes may change what a node reads.</summary>
        private bool MayBeWritten(IrNode node)
        {
            foreach ((IrOp op, object? payload, long bits) in _stores)
            {
                IrMemory writes = IrOpInfo.Of(op).Writes;
                bool overlaps = op switch
                {
                    IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat => node.Reads == IrMemory.Fields && node.Bits == bits,
                    IrOp.StoreVariable => node.Reads == IrMemory.Variables && node.Bits == bits && ReferenceEquals(node.Payload, payload),
                    IrOp.Call => true,
                    _ => (node.Reads & writes) != IrMemory.None,
                };
                if (overlaps && (op != IrOp.Call || (((RegionHelper)payload!).Writes & node.Reads) != IrMemory.None))
                {
                    return true;
                }
            }

            return false;
        }

        private void CollectWrites()
        {
            foreach (IrBlock block in loop.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    if (node.Writes != IrMemory.None)
                    {
                        _written |= node.Writes;
                        _stores.Add((node.Op, node.Payload, node.Bits));
                    }
                }
            }
        }

        private static bool IsGuard(IrNode node) =>
            (node.Effects & (IrEffects.Fixed | IrEffects.Observes | IrEffects.Allocates)) == IrEffects.None && node.Writes == IrMemory.None && node.Op != IrOp.Call;

        /// <summary>A call costs too much to be made for a way that may not be gone.</summary>
        private static bool IsTotalCall(IrNode node) => node is { Op: IrOp.Call, Payload: RegionHelper { IsTotal: true } };

        /// <summary>Whether a node can be evaluated where its guards may not have been: nothing in it relies on one.</summary>
        private static bool IsSafeAnywhere(IrNode node) => node.Effects == IrEffects.None && node.Writes == IrMemory.None && node.Op switch
        {
            IrOp.DivInt or IrOp.ModInt => node.Inputs[1] is { Op: IrOp.ConstInt, Bits: not (0 or -1) },
            IrOp.LoadInt or IrOp.LoadFloat or IrOp.LoadBool or IrOp.LoadValue or IrOp.TupleItem or IrOp.StrUnit => false,
            IrOp.LoadCapture => node.Inputs[0].Op == IrOp.RootClosure,
            IrOp.AsInt or IrOp.AsFloat or IrOp.AsBool or IrOp.AsObject or IrOp.AsStruct => false,
            IrOp.Call or IrOp.LoadRegister or IrOp.Parameter or IrOp.Argument => false,
            _ => true,
        };
    }
}
