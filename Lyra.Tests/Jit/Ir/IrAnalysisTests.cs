using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class IrAnalysisTests
{
    /// <summary>
    /// An outer loop (blocks 1 to 6) that contains a branch (2, then 3 or 4) and an inner loop (5); block8 is unreachable.
    /// </summary>
    private const string Nest = """
        loop @main pc 0
        block0:
          v0: Bool = ConstBool true
          v1: Int = ConstInt 1
          jump block1(v1)
        block1(v2: Int) loop:
          branch v0 block2 block7
        block2:
          branch v0 block3 block4
        block3:
          jump block5(v1, v2)
        block4:
          jump block5(v2, v2)
        block5(v3: Int, v4: Int) loop:
          v5: Int = AddInt v3, v4
          branch v0 block5(v5, v4) block6
        block6:
          jump block1(v5)
        block7:
          exit s0
        block8:
          jump block7
        s0: @main pc 0 {r1 = v2, r2 = v2}
        """;

    private readonly IrGraph _graph = IrTexts.Parse(Nest);

    [Fact]
    public void Each_block_follows_its_predecessors_in_the_order_except_over_back_edges()
    {
        IrOrder order = IrOrder.Of(_graph);
        order.Blocks.Select(block => block.Id).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7]);
        order.IsReachable(_graph.Blocks[8]).ShouldBeFalse();
        order.NumberOf(_graph.Blocks[8]).ShouldBe(-1);
        order.Incoming(_graph.Blocks[5]).ToArray().Select(edge => edge.From.Id).ShouldBe([3, 4, 5]);
        order.Incoming(_graph.Blocks[7]).ToArray().Select(edge => edge.From.Id).ShouldBe([1]);
        order.IsBackward(_graph.Blocks[6], _graph.Blocks[1]).ShouldBeTrue();
        order.IsBackward(_graph.Blocks[0], _graph.Blocks[1]).ShouldBeFalse();
    }

    [Fact]
    public void A_pool_makes_one_constant_of_each_value()
    {
        ConstantPool pool = ConstantPool.Of(_graph, new IrNode?[_graph.NodeCount]);
        (Value Value, IrOp Op)[] constants =
        [
            (Value.Nil, IrOp.ConstNil), (Value.Unset, IrOp.ConstUnset), (Value.True, IrOp.ConstBool), (Value.FromInt(7), IrOp.ConstInt),
            (Value.FromFloat(0.5), IrOp.ConstFloat), (Value.FromObject(TupleObject.Of([])), IrOp.ConstObject),
        ];

        IrNode[] nodes = [.. constants.Select(constant => pool.Unboxed(constant.Value))];

        nodes.Select(node => node.Op).ShouldBe(constants.Select(constant => constant.Op));
        constants.Select(constant => pool.Unboxed(constant.Value)).ShouldBe(nodes);
        nodes[2].ShouldBeSameAs(_graph.Blocks[0].Nodes.First(node => node.Op == IrOp.ConstBool), "the graph has it");
        pool.HasChanged.ShouldBeTrue();
    }

    [Fact]
    public void A_dominator_is_on_every_path()
    {
        IrOrder order = IrOrder.Of(_graph);
        IrDominators dominators = IrDominators.Of(order);
        order.Blocks.Select(block => dominators.ImmediateOf(block)?.Id ?? -1).ShouldBe([-1, 0, 1, 2, 2, 2, 5, 1]);
        foreach (IrBlock block in order.Blocks)
        {
            foreach (IrBlock other in order.Blocks)
            {
                bool isOnEveryWay = ReferenceEquals(block, other) || !ReachesWithout(block, other);
                dominators.Dominates(block, other).ShouldBe(isOnEveryWay, $"block{block.Id} and block{other.Id}");
            }
        }

        dominators.Common(_graph.Blocks[3], _graph.Blocks[6]).Id.ShouldBe(2);
        dominators.Preorder.Length.ShouldBe(8);
        dominators.Preorder[0].Id.ShouldBe(0);
    }

    [Fact]
    public void Loops_are_nested()
    {
        IrOrder order = IrOrder.Of(_graph);
        IrLoops loops = IrLoops.Of(_graph, order, IrDominators.Of(order));
        loops.All.Count.ShouldBe(2);
        (IrLoop outer, IrLoop inner) = (loops.All[0], loops.All[1]);
        outer.Blocks.Select(block => block.Id).ShouldBe([1, 2, 3, 4, 5, 6]);
        inner.Blocks.Select(block => block.Id).ShouldBe([5]);
        inner.Parent.ShouldBe(outer);
        (outer.Depth, inner.Depth).ShouldBe((1, 2));
        outer.PreheaderEdge!.Value.From.Id.ShouldBe(0);
        inner.PreheaderEdge.ShouldBeNull();
        inner.Entries.ToArray().Select(edge => edge.From.Id).ShouldBe([3, 4]);
        outer.BackEdges.ToArray().Select(edge => edge.From.Id).ShouldBe([6]);
        loops.LoopOf(_graph.Blocks[5]).ShouldBe(inner);
        loops.LoopOf(_graph.Blocks[7]).ShouldBeNull();
        loops.Contains(outer, _graph.Blocks[5]).ShouldBeTrue();
        loops.Contains(inner, _graph.Blocks[6]).ShouldBeFalse();
    }

    [Fact]
    public void Uses_count_inputs_edges_values_and_snapshots()
    {
        IrUses uses = IrUses.Of(_graph);
        Dictionary<int, int> counts = _graph.Blocks.SelectMany(block => block.Parameters.Concat(block.Nodes))
            .ToDictionary(node => node.Id, uses.CountOf);
        counts.ShouldBe(new Dictionary<int, int> { [0] = 3, [1] = 2, [2] = 5, [3] = 1, [4] = 2, [5] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public void Replacing_reaches_every_use_and_follows_chains()
    {
        Dictionary<int, IrNode> values = _graph.Blocks.SelectMany(block => block.Parameters.Concat(block.Nodes))
            .ToDictionary(node => node.Id);
        IrNode?[] map = new IrNode?[_graph.NodeCount];
        map[4] = values[2];
        map[2] = values[1];
        IrRewriter.Replace(_graph, map);
        string text = IrTexts.Print(_graph);
        text.ShouldContain("jump block5(v1, v1)");
        text.ShouldContain("v5: Int = AddInt v3, v1");
        text.ShouldContain("{r1 = v1, r2 = v1}");
        text.ShouldContain("branch v0 block5(v5, v1) block6");
    }

    /// <summary>Whether a block can be reached from the entry on a path that avoids another block.</summary>
    private bool ReachesWithout(IrBlock avoided, IrBlock target)
    {
        HashSet<IrBlock> seen = [avoided];
        Stack<IrBlock> work = new([_graph.Entry]);
        while (work.TryPop(out IrBlock? block))
        {
            if (!seen.Add(block))
            {
                continue;
            }

            foreach (IrEdge edge in block.Successors)
            {
                work.Push(edge.Target);
            }
        }

        return seen.Contains(target) && !ReferenceEquals(avoided, target);
    }
}
