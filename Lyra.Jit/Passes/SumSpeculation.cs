using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;

namespace Lyra.Jit.Passes;

/// <summary>
/// Speculates that all terms of a long sum are small and not negative, so that no addition in it can overflow. One check of their bits
/// replaces a check of each addition:
/// <code>
///   v5: Int = AddIntChecked v1, v2 exit s1      v5: Int = AddInt v1, v2
///   v6: Int = AddIntChecked v5, v3 exit s2      v6: Int = AddInt v5, v3
///   v7: Int = AddIntChecked v6, v4 exit s3      GuardSpeculation (v1 | v2 | v3 | v4) &amp; #-2^59 == 0 exit s1
///                                               v7: Int = AddInt v6, v4
/// </code>
/// </summary>
/// <remarks>
/// Sums of elements, as of the cells around one in a grid, have terms of which range analysis knows nothing. The pass runs after it, on the
/// additions that are still checked. It is sound because every exit from the first addition up to the guard restores the state before the
/// first addition, from which no effect separates them: no exit sees a partial sum. A speculation that fails is not repeated.
/// </remarks>
internal sealed class SumSpeculation : IIrPass
{
    /// <summary>The fewest terms for which the one check is clearly cheaper.</summary>
    private const int MinTerms = 4;

    /// <summary>The most terms: so many numbers of <see cref="TermBits"/> bits fit 63 bits.</summary>
    private const int MaxTerms = 16;

    private const int TermBits = 59;

    public string Name => "sum-speculation";

    public bool Run(IrGraph graph)
    {
        if (!graph.MaySpeculate || graph.Blocks.Exists(block => block.Nodes.Exists(HasFailed)))
        {
            return false;
        }

        IrUses? uses = null;
        bool changed = false;
        foreach (IrBlock block in graph.Blocks)
        {
            for (int i = block.Nodes.Count - 1; i > 0; i--)
            {
                if (block.Nodes[i].Op == IrOp.AddIntChecked)
                {
                    Sum sum = new(block, i, uses ??= IrUses.WithoutSnapshots(graph));
                    if (sum.IsWorthwhile)
                    {
                        sum.Rewrite(graph);
                        changed = true;
                    }
                }
            }
        }

        return changed;
    }

    /// <summary>Whether a version speculated on an addition in vain. Then the other sums of the region are left alone, too.</summary>
    private static bool HasFailed(IrNode node) =>
        node.Op == IrOp.AddIntChecked && Array.Exists(node.Recorded, profile => profile.FailedSpeculations > 0);

    /// <summary>A sum of terms, whose partial sums only it uses.</summary>
    private sealed class Sum
    {
        private readonly IrBlock _block;
        private readonly IrUses _uses;
        private readonly List<IrNode> _additions = [];
        private readonly List<IrNode> _terms = [];
        private readonly int _first;
        private readonly int _last;

        /// <summary>Finds the terms of the sum at a position of a block.</summary>
        public Sum(IrBlock block, int last, IrUses uses)
        {
            _block = block;
            _uses = uses;
            _first = _last = last;
            Collect(block.Nodes[last]);
            foreach (IrNode addition in _additions)
            {
                _first = Math.Min(_first, block.Nodes.IndexOf(addition));
            }
        }

        public bool IsWorthwhile => _terms.Count >= MinTerms && _additions.Count < MaxTerms
            && _terms.TrueForAll(term => term.Op != IrOp.ConstInt || (ulong)term.Bits < 1UL << TermBits)
            && _block.Nodes.FindIndex(_first, _last - _first, SnapshotRule.IsEffect) < 0;

        /// <summary>
        /// Replaces the checks. The bits are joined term by term, where the term is added, so that few values are alive at a time.
        /// </summary>
        public void Rewrite(IrGraph graph)
        {
            Snapshot before = _block.Nodes[_first].Exit!;
            IrNode?[] map = graph.Arena.Nodes.Take(graph.NodeCount);
            List<IrNode> nodes = [];
            InstructionProfile[] recorded = [];
            IrNode? bits = null;
            for (int i = _first; i <= _last; i++)
            {
                IrNode node = _block.Nodes[i];
                node.Exit = node.Exit is null ? null : before;
                if (!_additions.Contains(node))
                {
                    nodes.Add(node);
                    continue;
                }

                recorded = [.. recorded, .. node.Recorded];
                bits = JoinTerms(graph, nodes, bits, node);
                if (i == _last)
                {
                    AddGuard(graph, nodes, bits!, before, recorded);
                }

                map[node.Id] = New(graph, nodes, IrOp.AddInt, IrType.Int, node.Inputs);
                map[node.Id]!.IsInPlace = true;
            }

            _block.Nodes.RemoveRange(_first, _last - _first + 1);
            _block.Nodes.InsertRange(_first, nodes);
            IrRewriter.Replace(graph, map);
        }

        /// <summary>Joins the bits of the terms that an addition adds with those of the terms before.</summary>
        private IrNode? JoinTerms(IrGraph graph, List<IrNode> nodes, IrNode? bits, IrNode addition)
        {
            foreach (IrNode input in addition.Inputs)
            {
                if (_terms.Remove(input) && input.Op != IrOp.ConstInt)
                {
                    bits = bits is null ? input : New(graph, nodes, IrOp.OrInt, IrType.Int, bits, input);
                    bits.IsInPlace |= bits.Op == IrOp.OrInt;
                }
            }

            return bits;
        }

        private void AddGuard(IrGraph graph, List<IrNode> nodes, IrNode bits, Snapshot exit, InstructionProfile[] recorded)
        {
            IrNode high = New(graph, nodes, IrOp.AndInt, IrType.Int, bits, Constant(graph, nodes, -1L << TermBits));
            IrNode isSmall = New(graph, nodes, IrOp.EqInt, IrType.Bool, high, Constant(graph, nodes, 0));
            IrNode guard = New(graph, nodes, IrOp.GuardSpeculation, IrType.None, isSmall);
            guard.Exit = exit;
            guard.Recorded = recorded;
        }

        private void Collect(IrNode addition)
        {
            _additions.Add(addition);
            foreach (IrNode input in addition.Inputs)
            {
                bool isPart = input.Op == IrOp.AddIntChecked && ReferenceEquals(input.Block, _block) && _uses.CountOf(input) == 1;
                if (isPart)
                {
                    Collect(input);
                }
                else if (!_terms.Contains(input))
                {
                    _terms.Add(input);
                }
            }
        }

        private IrNode Constant(IrGraph graph, List<IrNode> nodes, long value)
        {
            IrNode constant = New(graph, nodes, IrOp.ConstInt, IrType.Int);
            constant.Bits = value;
            return constant;
        }

        private IrNode New(IrGraph graph, List<IrNode> nodes, IrOp op, IrType type, params IrNode[] inputs)
        {
            IrNode node = graph.NewNode(op, type, inputs);
            node.Block = _block;
            nodes.Add(node);
            return node;
        }
    }
}
