using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Charges the steps of a path at its first charge. Exits in between refund the charges that they have not reached
/// (<see cref="IrNode.Refund"/>), and so do edges that leave the path.
/// <code>
///   ChargeSteps #7 exit s1                   ChargeSteps #16 exit s1
///   v3: Int = AddIntChecked v1, v2 exit s2   v3: Int = AddIntChecked v1, v2 exit s2 +9
///   ChargeSteps #9 exit s3
/// </code>
/// </summary>
/// <remarks>
/// Each charge reads, checks and writes the budget, and waits for the previous one; inlined calls make many charges. The pass is sound
/// because near the end of the budget the region exits at the first charge, and the interpreter charges one by one, so limits are reached
/// where they would be. Nothing on a path may read the budget: interpreter call-outs and noted calls end it. Other calls of compiled
/// procs do not: the callee may find the budget spent too early, but then each caller refunds while the calls unwind. A path continues
/// through jumps, and through branches with one side that leaves the loop or the region.
/// </remarks>
internal sealed class ChargeMerging : IIrPass
{
    public string Name => "charge-merging";

    public bool Run(IrGraph graph)
    {
        IrOrder order = IrOrder.Of(graph);
        IrLoops loops = IrLoops.Of(graph, order, IrDominators.Of(order));
        Walk walk = new(graph, order, loops);
        foreach (IrBlock block in order.Blocks)
        {
            walk.From(block);
        }

        walk.End();
        return walk.HasChanged;
    }

    private sealed class Walk(IrGraph graph, IrOrder order, IrLoops loops)
    {
        private readonly HashSet<IrBlock> _visited = new(ReferenceEqualityComparer.Instance);
        private readonly List<IrNode> _exits = [];
        private readonly List<IrNode> _refunds = [];
        private IrNode? _first;

        public bool HasChanged { get; private set; }

        /// <summary>Follows the code from a block on as long as it has one path.</summary>
        public void From(IrBlock block)
        {
            End();
            for (IrBlock? next = block; next is not null && _visited.Add(next); next = NextOf(next))
            {
                Visit(next);
            }
        }

        /// <summary>Ends the path.</summary>
        public void End()
        {
            _first = null;
            _exits.Clear();
            foreach (IrNode refund in _refunds)
            {
                if (refund.Bits == 0)
                {
                    refund.Block!.Nodes.Remove(refund);
                }
            }

            _refunds.Clear();
        }

        private void Visit(IrBlock block)
        {
            int kept = 0;
            for (int i = 0; i < block.Nodes.Count; i++)
            {
                IrNode node = block.Nodes[i];
                if (node.Op == IrOp.ChargeSteps && _first is not null)
                {
                    Merge(node.Bits);
                    continue;
                }

                block.Nodes[kept++] = node;
                Note(node);
            }

            block.Nodes.RemoveRange(kept, block.Nodes.Count - kept);
        }

        private void Merge(long steps)
        {
            _first!.Bits += steps;
            foreach (IrNode exit in _exits)
            {
                exit.Refund += steps;
            }

            foreach (IrNode refund in _refunds)
            {
                refund.Bits += steps;
            }

            HasChanged = true;
        }

        private void Note(IrNode node)
        {
            if (node.Payload is CallTarget ? IsNoted(node) : (node.Effects & IrEffects.Observes) != IrEffects.None)
            {
                End();
            }
            else if (node.Op == IrOp.ChargeSteps)
            {
                _first = node;
            }
            else if (node.MayExit && _first is not null)
            {
                _exits.Add(node);
            }
        }

        /// <summary>Whether the interpreter may run during a call of a compiled proc.</summary>
        private static bool IsNoted(IrNode call) => ((CallTarget)call.Payload!).Signature.CallsOut;

        /// <summary>
        /// The block in which the path continues; null where it ends. The other side of a branch refunds the charges after it.
        /// </summary>
        private IrBlock? NextOf(IrBlock block)
        {
            if (block.End == IrEnd.Jump)
            {
                return CanContinue(block.First!.Target) ? block.First.Target : null;
            }

            if (block.End != IrEnd.Branch || !CanContinue(block.First!.Target) || !CanContinue(block.Second!.Target))
            {
                return null;
            }

            IrBlock first = block.First.Target;
            IrBlock second = block.Second.Target;
            if (IsRare(second, block))
            {
                RefundIn(second);
                return first;
            }

            if (IsRare(first, block))
            {
                RefundIn(first);
                return second;
            }

            return null;
        }

        private bool CanContinue(IrBlock block) => order.Incoming(block).Length == 1 && !block.IsLoopHead && !_visited.Contains(block);

        private bool IsRare(IrBlock block, IrBlock from) =>
            block.End == IrEnd.Exit || (loops.LoopOf(from) is { } loop && !loops.Contains(loop, block));

        /// <summary>The place for a refund on the other side of a branch.</summary>
        private void RefundIn(IrBlock block)
        {
            if (_first is null)
            {
                return;
            }

            IrNode refund = graph.NewNode(IrOp.RefundSteps, IrType.None);
            refund.Block = block;
            block.Nodes.Insert(0, refund);
            _refunds.Add(refund);
        }
    }
}
