using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Passes;

/// <summary>
/// Gives back lists that nothing can refer to any more, so that the engine uses them again: where control leaves the code that the
/// definition of a list dominates, as at the end of the iteration that makes it.
/// <code>
///   block2: v3: List = NewList …             block2: v3: List = NewList …
///   …                                        …
///   block4: jump block1                      block4: Call GiveBack v3 ; jump block1
/// </code>
/// </summary>
/// <remarks>
/// A list is followed from where it is made to its uses. It may be used by loads and stores of its elements, by operations on its header,
/// and by helpers that keep no reference to it. Snapshots may have it: an exit hands it over to the interpreter, and then nobody gives it
/// back. All other uses make it escape, the argument of an edge among them, so that a list which does not escape is used only in code that
/// its definition dominates. Control leaves this code once for each list that was made, by an edge or by returning. An escape analysis
/// without a graph of objects, after Choi and others, "Escape Analysis for Java" (1999).
/// </remarks>
internal sealed class DeadLists : IIrPass
{
    public string Name => "dead-lists";

    public bool Run(IrGraph graph)
    {
        if (!graph.ReusesLists)
        {
            return false;
        }

        List<IrNode> lists = new Uses(graph).Kept();
        if (lists.Count == 0)
        {
            return false;
        }

        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        bool changed = false;
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrNode list in lists)
            {
                if (order.IsReachable(list.Block!) && IsDeadBehind(block, list.Block!, dominators))
                {
                    GiveBack(graph, list, block);
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>
    /// Whether control leaves, at the end of a block, the code that another one dominates. Only jumps lead to blocks with several
    /// predecessors, and no other blocks begin code that is not dominated.
    /// </summary>
    private static bool IsDeadBehind(IrBlock block, IrBlock definition, IrDominators dominators) =>
        dominators.Dominates(definition, block) && block.End switch
        {
            IrEnd.Return => true,
            IrEnd.Jump => block.First!.Target == definition || !dominators.Dominates(definition, block.First.Target),
            IrEnd.Branch or IrEnd.Exit or IrEnd.Open => false,
        };

    private static void GiveBack(IrGraph graph, IrNode list, IrBlock end)
    {
        IrNode call = graph.NewNode(IrOp.Call, IrType.None, list);
        call.Payload = RegionHelpers.GiveBack;
        call.Block = end;
        end.Nodes.Add(call);
    }

    /// <summary>The lists that a graph makes, less those with a use that may keep them.</summary>
    private sealed class Uses
    {
        private readonly List<IrNode> _made = [];
        private readonly HashSet<IrNode> _escaped = new(ReferenceEqualityComparer.Instance);

        public Uses(IrGraph graph)
        {
            foreach (IrBlock block in graph.Blocks)
            {
                foreach (IrNode node in block.Nodes)
                {
                    if (node.Op == IrOp.NewList)
                    {
                        _made.Add(node);
                    }

                    Add(node);
                }

                Escape(block.Value);
                foreach (IrEdge edge in block.Successors)
                {
                    foreach (IrNode argument in edge.Arguments)
                    {
                        Escape(argument);
                    }
                }
            }
        }

        /// <summary>The lists that no use keeps.</summary>
        public List<IrNode> Kept() => _made.FindAll(list => !_escaped.Contains(list));

        private void Add(IrNode node)
        {
            if (node.Op == IrOp.CallInterpreter)
            {
                Escape(node.Exit!);
            }

            for (int input = 0; input < node.Inputs.Length; input++)
            {
                if (!Borrows(node, input))
                {
                    Escape(node.Inputs[input]);
                }
            }
        }

        /// <summary>Whether an operation keeps no reference to an input, if that is a list or the array of one.</summary>
        private static bool Borrows(IrNode node, int input) => node.Family switch
        {
            IrFamily.Box or IrFamily.Virtual or IrFamily.ListHeader or IrFamily.ListArray or IrFamily.ElementLoad => true,
            IrFamily.ElementStore => input == 0,
            _ => node.Op == IrOp.Call && (((RegionHelper)node.Payload!).Borrows(input) || IsBorrowedByNative(node, input)),
        };

        private static bool IsBorrowedByNative(IrNode call, int input) =>
            input == NativeHelpers.FirstArgument && NativeHelpers.Calls((RegionHelper)call.Payload!)
            && call.Inputs[0].Payload is NativeProc native && native.Intrinsic.Has(IntrinsicTraits.Borrows);

        /// <summary>The interpreter executes an instruction with these registers, and may store any of them anywhere.</summary>
        private void Escape(Snapshot snapshot)
        {
            foreach (SnapshotFrame frame in snapshot.Frames)
            {
                foreach (SnapshotSlot slot in frame.Slots)
                {
                    Escape(slot.Value);
                }
            }
        }

        /// <summary>Marks the list that a value is, has the array of, or contains.</summary>
        private void Escape(IrNode? value)
        {
            if (value is null)
            {
                return;
            }

            if (value.Family is IrFamily.Box or IrFamily.ListArray)
            {
                Escape(value.Inputs[0]);
            }
            else if (value.Family == IrFamily.Virtual)
            {
                foreach (IrNode part in value.Inputs)
                {
                    Escape(part);
                }
            }
            else if (value.Op == IrOp.NewList)
            {
                _escaped.Add(value);
            }
        }
    }
}
