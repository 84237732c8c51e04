using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Testing;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class IrTextTests
{
    [Fact]
    public void Ids_of_the_text_are_kept_and_new_ones_lie_beyond_them()
    {
        IrGraph graph = IrTexts.Parse("""
            loop @main pc 12
            block0:
              v0: Any = LoadRegister r1
              v20: Int = UnboxInt v0 exit s0
              v14: Str = ConstObject "v9999:"
              jump block1(v20, v14)
            block1(v2: Int, v6: Str) loop s9:
              v19: Bool = LtInt v2, v20
              branch v19 block1(v2, v6) block3
            block3:
              exit s7
            s0: @main pc 12 {}
            s9: @main pc 12 {r4 = v20}
            s7: @main pc 15 {r0 = v6}
            """);
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
        IrPrinter.Print(IrParser.Parse(text, IrTexts.Helpers, names.Objects)).ShouldBe(text);
    }

    private static IrNode Append(IrGraph graph, IrBlock block, IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = graph.NewNode(op, type, inputs);
        node.Block = block;
        block.Nodes.Add(node);
        return node;
    }
}
