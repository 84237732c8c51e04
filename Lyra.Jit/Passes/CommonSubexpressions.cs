using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>
/// Removes repeated computations and checks:
/// <code>
///   v3: Int = AddIntChecked v1, v2 exit s0
///   Guard v4 exit s0                        ; v4 is true from here on
///   v5: Int = AddIntChecked v1, v2 exit s1  ; is v3
///   v6: Int = UnboxInt v0 exit s1           ; v0 is an int from here on
///   v7: Bool = IsFloat v0                   ; is false
///   branch v4 block1 block2                 ; branches on true, which folding makes a jump
/// </code>
/// </summary>
/// <remarks>
/// Value numbering by hashing over the dominator tree, after Briggs, Cooper and Simpson, "Value Numbering" (1997), of nodes that neither
/// read nor write memory; <see cref="MemoryForwarding"/> treats loads. A guard is removed if an equal one dominates it: if it could fail,
/// the region would have exited there. <see cref="KnownConditions"/> holds what guards and branches imply for the blocks that they
/// dominate. The time is linear in the size of the graph.
/// </remarks>
internal sealed class CommonSubexpressions : IIrPass
{
    public string Name => "common-subexpressions";

    public bool Run(IrGraph graph)
    {
        IrNode?[] map = graph.Arena.Nodes.Take(graph.NodeCount);
        ConstantPool constants = ConstantPool.Of(graph, map);
        IrOrder order = IrOrder.Of(graph);
        IrDominators dominators = IrDominators.Of(order);
        Walk walk = new(graph, constants, map);
        Stack<IrBlock> path = new();
        foreach (IrBlock block in dominators.Preorder)
        {
            while (path.Count > 0 && !dominators.Dominates(path.Peek(), block))
            {
                path.Pop();
                walk.Close();
            }

            path.Push(block);
            walk.Visit(block, order.Incoming(block));
        }

        constants.Finish();
        IrRewriter.Replace(graph, map);
        return walk.HasChanged | constants.HasChanged;
    }

    private sealed class Walk(IrGraph graph, ConstantPool constants, IrNode?[] map)
    {
        private readonly ScopedMap<IrNode, IrNode> _available =
            graph.Arena.Take(static () => new ScopedMap<IrNode, IrNode>(IrEquality.Instance));
        private readonly KnownConditions _known = KnownConditions.Of(graph, constants);

        public bool HasChanged { get; private set; }

        public void Close()
        {
            _available.Close();
            _known.Close();
        }

        public void Visit(IrBlock block, ReadOnlySpan<IncomingEdge> incoming)
        {
            _available.Open();
            _known.Open();
            if (incoming is [{ From: { End: IrEnd.Branch, Value: { } condition } from } only])
            {
                _known.Learn(condition, ReferenceEquals(only.Edge, from.First));
            }

            List<IrNode> nodes = block.Nodes;
            int kept = 0;
            for (int i = 0; i < nodes.Count; i++)
            {
                IrNode node = nodes[i];
                Rewrite(node.Inputs);
                if (node.IsShareable && TryReplace(ref node))
                {
                    HasChanged = true;
                    continue;
                }

                _known.LearnFrom(node);
                nodes[kept++] = node;
            }

            nodes.RemoveRange(kept, nodes.Count - kept);
            if (block.Value is not null)
            {
                block.Value = Rewrite(block.Value);
            }
        }

        /// <summary>
        /// Whether an available value replaces the node. If not, the node may have become one without a check.
        /// </summary>
        private bool TryReplace(ref IrNode node)
        {
            int id = node.Id;
            IrNode? present = node.Type == IrType.Bool ? _known.ValueOf(node) : null;
            if (node.Family is IrFamily.Unbox or IrFamily.As)
            {
                present = _known.UnboxedOf(node);
                if (present is null && node.Family == IrFamily.Unbox && _known.IsSafe(node))
                {
                    node = WithoutCheck(node);
                }
            }

            if (present is null && !_available.TryAdd(node, node))
            {
                _available.TryGet(node, out present);
            }

            map[id] = present ?? (node.Id == id ? null : node);
            return present is not null;
        }

        /// <summary>An unboxing of a value that is known to have the type.</summary>
        private IrNode WithoutCheck(IrNode unbox)
        {
            IrNode known = graph.NewNode(unbox.Row.Unchecked, unbox.Type, unbox.Inputs);
            known.Payload = unbox.Payload;
            known.Block = unbox.Block;
            HasChanged = true;
            return known;
        }

        private void Rewrite(IrNode[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Rewrite(values[i]);
            }
        }

        private IrNode Rewrite(IrNode value)
        {
            IrNode resolved = IrRewriter.Resolve(map, value);
            if (resolved.Type != IrType.Bool || resolved.IsConstant || _known.ValueOf(resolved) is not { } known)
            {
                return resolved;
            }

            HasChanged = true;
            return known;
        }
    }
}
