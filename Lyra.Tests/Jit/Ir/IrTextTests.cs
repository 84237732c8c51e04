using System;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class IrTextTests
{
    private const string Everything = """
        loop @main pc 12
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v20: Any = LoadRegister r2
          v5: Struct = UnboxStruct @Point v20 exit s0
          v8: Closure = ConstObject @closure
          v9: Float = ConstFloat -0
          v10: Float = ConstFloat NaN
          v11: Float = ConstFloat 0xFFF8000000000001
          v12: Float = ConstFloat -Infinity
          v13: Float = ConstFloat 1E+300
          v14: Str = ConstObject "a \"quoted\\ one\" \u000A \uD800 v9999:"
          v15: Bool = ConstBool true
          v16: Bool = IsObject v0 #List
          jump block1(v1, v5)
        block1(v2: Int, v6: Struct @Point) loop s9: ; main pc 12
          ChargeSteps #4 exit s1
          v3: Int = ConstInt -1
          v4: Int = AddIntChecked v2, v3 exit s2
          v17: Any = LoadField v6 #0
          StoreVariable @game v17 #2
          v18: Int = Call Twice v4
          v19: Bool = LtInt v18, v4
          branch v19 block1(v4, v6) block3
        block3:
          exit s7
        s0: @main pc 12 {}
        s9: @main pc 12 {r4 = v1}
        s1: @main pc 13 {r1 = v2}
        s2: @main pc 13 {r1 = v2, r2 = v17}
          > @add pc 4 base 9 return 3 closure v8 drops {r0 = v3}
        s7: @main pc 15 {r0 = v15}

        """;

    [Fact]
    public void Text_reads_back_to_itself()
    {
        string text = IrTexts.Text(Everything);
        IrTexts.Print(IrTexts.Parse(text)).ShouldBe(text);
    }

    [Fact]
    public void An_entry_region_names_its_representations()
    {
        string text = IrTexts.Text("""
            entry @add pc 0 (Int, Any) -> Float
            block0:
              v0: Int = Argument #0
              v1: Float = IntToFloat v0
              return v1
            """);
        IrGraph graph = IrTexts.ParseValid(text);
        graph.ArgumentTypes.ShouldBe([IrType.Int, IrType.Any]);
        graph.ResultType.ShouldBe(IrType.Float);
        IrTexts.Print(graph).ShouldBe(text);
    }

    [Fact]
    public void The_snapshot_after_a_call_places_the_frame_of_the_callee()
    {
        string text = IrTexts.Text("""
            entry @add pc 0 (Closure) -> Any
            block0:
              v0: Closure = Argument #0
              CheckStack exit s0
              v1: Any = CallRegion @main v0 #1 exit s1
              return v1
            s0: @add pc 0 closure v0 {}
            s1 calls 7 return 5: @add pc 4 closure v0 {r0 = v0}
            """);
        IrGraph graph = IrTexts.Parse(text);
        graph.Entry.Nodes[2].Exit!.Callee.ShouldBe(new SnapshotCallee(7, 5));
        IrTexts.Print(graph).ShouldBe(text);
    }

    [Fact]
    public void Ids_of_the_text_are_kept_and_new_ones_lie_beyond_them()
    {
        IrGraph graph = IrTexts.Parse(IrTexts.Text(Everything));
        graph.Blocks.Select(block => block.Id).ShouldBe([0, 1, 3]);
        graph.Blocks[1].Parameters.Select(parameter => parameter.Id).ShouldBe([2, 6]);
        graph.NewNode(IrOp.ConstNil, IrType.Any).Id.ShouldBeGreaterThan(20);
        graph.NewBlock().Id.ShouldBe(4);
        graph.NewSnapshot([]).Id.ShouldBe(10);
    }

    [Fact]
    public void Names_are_made_unique_and_read_back()
    {
        IrGraph graph = new(RegionKind.Loop, IrTexts.Main, 3);
        IrBlock block = graph.NewBlock();
        IrNode instance = Append(graph, block, IrOp.UnboxStruct, IrType.Struct, Append(graph, block, IrOp.LoadRegister, IrType.Any));
        instance.Payload = IrTexts.Point;
        IrNode other = Append(graph, block, IrOp.IsStruct, IrType.Bool, block.Nodes[0]);
        other.Payload = Harness.TestShapes.Create("Point", ["z"]);
        IrNames names = new();
        string text = IrPrinter.Print(graph, names);
        text.ShouldContain("UnboxStruct @Point v0");
        text.ShouldContain("IsStruct @Point#2 v0");
        IrPrinter.Print(IrParser.Parse(text, RegionHelpers.Table, names.Objects)).ShouldBe(text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("region @main pc 0", "expected 'entry'")]
    [InlineData("loop @nobody pc 0", "no object is named 'nobody'")]
    [InlineData("loop @game pc 0", "name of a proc")]
    [InlineData("loop @main pc 0\n  v0: Any = ConstNil", "expected the head of a block")]
    [InlineData("loop @main pc 0\nblock0:\n  v0: Any = Nothing", "'Nothing' is not a value of IrOp")]
    [InlineData("loop @main pc 0\nblock0:\n  v0: Any = ConstNil\n  v0: Any = ConstNil", "Line 4 of the IR: v0 is already defined")]
    [InlineData("loop @main pc 0\nblock0:\n  v1: Int = NegInt v0", "v0 is not defined")]
    [InlineData("loop @main pc 0\nblock0:\n  v1: Int = ConstInt one", "expected an int")]
    [InlineData("loop @main pc 0\nblock0:\n  v1: Int = Call Nobody", "no helper 'Nobody'")]
    [InlineData("loop @main pc 0\nblock0:\n  v1: Str = ConstObject \"open", "no closing quote")]
    [InlineData("loop @main pc 0\nblock0:\n  jump block1", "block1 is not defined")]
    [InlineData("loop @main pc 0\nblock0:\n  exit s4", "s4 is not defined")]
    [InlineData("loop @main pc 0\nblock0:\n  open\nblock0:\n  open", "block0 is already defined")]
    [InlineData("loop @main pc 0\nblock0:\n  v99999999: Any = ConstNil", "a number up to 1000000")]
    public void Wrong_text_is_refused_with_the_reason(string text, string reason)
    {
        FormatException error = Should.Throw<FormatException>(() => IrTexts.Parse(text));
        error.Message.ShouldContain(reason);
    }

    private static IrNode Append(IrGraph graph, IrBlock block, IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = graph.NewNode(op, type, inputs);
        node.Block = block;
        block.Nodes.Add(node);
        return node;
    }
}
