using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Filetests;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

/// <summary>The speculative guards that replace the index guards.</summary>
public sealed class BoundsHoistingTests
{
    private readonly BoundsHoisting _pass = new();

    /// <summary>v9 counts up from 0; v3 is any int, v7 the length, v2 is in 0..2^30.</summary>
    [Theory]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = AddIntChecked v9, v6 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2",
        "v3 <= v7")]
    [InlineData("v20: Bool = LeInt v9, v3", "v30: Int = AddIntChecked v9, v6 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2",
        "v3 < v7")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = AddIntChecked v9, v5 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2",
        "v3 < v7")]
    [InlineData("v20: Bool = LeInt v9, v3", "v30: Int = AddIntChecked v9, v5 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2",
        "v3 < (v7 + -1)")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = SubIntChecked v9, v5 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = AddIntChecked v9, v6 exit s2", "v31: Int = AddIntChecked v9, v2 exit s2",
        "v3 <= v7")]
    [InlineData("v20: Bool = LtInt v3, v9", "v30: Int = AndInt v3, v2", "v31: Int = AddIntChecked v9, v5 exit s2", "v2 < v7")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = AndInt v9, v29", "v31: Int = AddIntChecked v9, v5 exit s2", "v3 <= v7")]
    [InlineData("v20: Bool = LtInt v3, v9", "v30: Int = AndInt v9, v29", "v31: Int = AddIntChecked v9, v5 exit s2", "255 < v7")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = MulIntChecked v9, v28 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2")]
    [InlineData("v20: Bool = LtInt v3, v9", "v30: Int = AddIntChecked v9, v6 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2")]
    public void Speculative_guards(string condition, string index, string step, params string[] speculations) =>
        SpeculationsOf(Loop("v6", condition, index, step)).ShouldBe(speculations);

    /// <summary>v2 is the initial value of the counter.</summary>
    [Theory]
    [InlineData("v20: Bool = LeInt v6, v9", "v30: Int = AddInt v9, v6", "v31: Int = SubIntChecked v9, v5 exit s2", "v2 < v7")]
    [InlineData("v20: Bool = LtInt v5, v9", "v30: Int = SubIntChecked v9, v5 exit s2", "v31: Int = SubIntChecked v9, v28 exit s2",
        "v2 <= v7")]
    [InlineData("v20: Bool = LtInt v9, v3", "v30: Int = SubIntChecked v3, v9 exit s2", "v31: Int = AddIntChecked v9, v5 exit s2",
        "v3 < v7")]
    public void Counters_that_begin_anywhere(string condition, string index, string step, params string[] speculations) =>
        SpeculationsOf(Loop("v2", condition, index, step)).ShouldBe(speculations);

    /// <summary>A value that the loop changes is known only within one iteration.</summary>
    [Theory]
    [InlineData("v7", "v16: Int = ListCount v1", "v16")]
    [InlineData("v3", "v16: Int = AddIntChecked v9, v9 exit s2", "v7")]
    public void Changing_lengths_and_limits_are_kept_in_the_loop(string changes, string node, string length)
    {
        string limit = changes == "v3" ? "v16" : "v3";
        SpeculationsOf(Loop("v6", $"{node}\n  v20: Bool = LtInt v9, {limit}", "v30: Int = AddInt v9, v6",
            "v31: Int = AddIntChecked v9, v5 exit s2", length)).ShouldBeEmpty();
    }

    /// <summary>v9 is the position in a range and v10 the number of elements left; v11 is the next element.</summary>
    [Theory]
    [InlineData("v12: Bool = LtInt v6, v10", "v13: Int = AddInt v10, v27", "v11", "v2, v3, v4, v7")]
    [InlineData("v12: Bool = LeInt v6, v10", "v13: Int = AddInt v10, v27", "v11")]
    [InlineData("v12: Bool = LtInt v6, v10", "v13: Int = AddInt v10, v5", "v11")]
    [InlineData("v12: Bool = LtInt v6, v10", "v13: Int = AddInt v10, v27", "v9")]
    public void Loops_over_ranges_with_any_step(string condition, string left, string index, params string[] speculations) =>
        SpeculationsOf(
        $"""
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v21: Any = LoadRegister r1
          v2: Int = UnboxInt v21 exit s0
          v22: Any = LoadRegister r2
          v3: Int = UnboxInt v22 exit s0
          v23: Any = LoadRegister r3
          v4: Int = UnboxInt v23 exit s0
          v5: Int = ConstInt 1
          v6: Int = ConstInt 0
          v27: Int = ConstInt -1
          v7: Int = ListCount v1
          v8: IntArray = ListInts v1
          jump block1(v2, v4)
        block1(v9: Int, v10: Int) loop s1:
          {condition}
          branch v12 block2 block3
        block2:
          v11: Int = AddInt v9, v3
          GuardIndex {index}, v7 exit s2
          v40: Int = LoadInt v8, {index}
          {left}
          jump block1(v11, v13)
        block3:
          exit s2
        s0: @main pc 0 {"{}"}
        s1: @main pc 1 {"{}"}
        s2: @main pc 2 {"{r1 = v9}"}
        """).ShouldBe(speculations);

    private static string Loop(string start, string condition, string index, string step, string length = "v7") =>
        $"""
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v21: Any = LoadRegister r1
          v2: Int = UnboxInt v21 exit s0
          v22: Any = LoadRegister r2
          v3: Int = UnboxInt v22 exit s0
          v5: Int = ConstInt 1
          v6: Int = ConstInt 0
          v27: Int = ConstInt -1
          v28: Int = ConstInt 2
          v29: Int = ConstInt 255
          v7: Int = ListCount v1
          v8: IntArray = ListInts v1
          GuardSmall v2 exit s0
          v23: Bool = LeInt v6, v2
          Guard v23 exit s0
          jump block1({start})
        block1(v9: Int) loop s1:
          {condition}
          branch v20 block2 block3
        block2:
          {index}
          GuardIndex v30, {length} exit s2
          v40: Int = LoadInt v8, v30
          {step}
          jump block1(v31)
        block3:
          exit s2
        s0: @main pc 0 {"{}"}
        s1: @main pc 1 {"{}"}
        s2: @main pc 2 {"{r1 = v9}"}
        """;

    /// <summary>
    /// The speculative guards that the pass makes. If it makes any, no index guard may be left; otherwise the index guard must stay. The
    /// loop behaves as before on edge values.
    /// </summary>
    private List<string> SpeculationsOf(string text)
    {
        IrGraph graph = IrTexts.ParseValid(text);
        bool changed = _pass.Run(graph);
        IrVerifier.Verify(graph).ShouldBeEmpty();
        List<string> speculations = SpeculationsIn(graph);
        changed.ShouldBe(speculations.Count > 0);
        graph.Blocks.SelectMany(block => block.Nodes).Any(node => node.Op == IrOp.GuardIndex).ShouldBe(speculations.Count == 0);
        MeaningCheck.CompareOnEdgeValues(text, _pass).ShouldBeGreaterThan(0);
        return speculations;
    }

    private static List<string> SpeculationsIn(IrGraph graph) =>
        [.. graph.Blocks.SelectMany(block => block.Nodes).Where(node => node.Op == IrOp.GuardSpeculation)
            .Select(speculation => TextOf(speculation.Inputs[0]))];

    private static string TextOf(IrNode node) => node.Op switch
    {
        IrOp.ConstInt => node.Bits.ToString(CultureInfo.InvariantCulture),
        IrOp.LeInt => $"{TextOf(node.Inputs[0])} <= {TextOf(node.Inputs[1])}",
        IrOp.LtInt => $"{TextOf(node.Inputs[0])} < {TextOf(node.Inputs[1])}",
        IrOp.Call => string.Join(", ", node.Inputs.Select(TextOf)),
        IrOp.AddInt when node.Inputs[0].Op == IrOp.ListCount => $"({TextOf(node.Inputs[0])} + {TextOf(node.Inputs[1])})",
        _ => $"v{node.Id}",
    };
}
