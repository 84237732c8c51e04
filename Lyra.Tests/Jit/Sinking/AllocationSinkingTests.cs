using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Sinking;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Lyra.Tests.Jit.Passes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Sinking;

/// <summary>The output of the pass on graphs.</summary>
public sealed class AllocationSinkingTests
{
    private readonly AllocationSinking _pass = new();

    /// <summary>v1, v2: any; v3: an int; v4: a Point that was there before; v5: a bool; v6: a list.</summary>
    private const string Inputs = """
        loop @main pc 0
        block0:
          v1: Any = LoadRegister r1
          v2: Any = LoadRegister r2
          v3: Int = UnboxInt v1 exit s0
          v4: Struct = UnboxStruct @Point v2 exit s0
          v5: Bool = IsTruthy v1
          v6: List = UnboxObject v2 exit s0
          v7: Any = ConstNil

        """;

    [Fact]
    public void A_snapshot_describes_the_object() => _pass.Becomes(
        Inputs + """
          v10: Struct = NewStruct @Point v3, v1 exit s0
          v11: Any = LoadField v10 #1
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v10, r2 = v11, r3 = v10}
        """,
        (Inputs + """
          ChargeMemory #64 exit s0
          v14: Struct = VirtualStruct @Point v12, v3, v1
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v14, r2 = v1, r3 = v14}
        """).Replace("block0:\n", "block0:\n  v12: Any = ConstNil\n"));

    [Fact]
    public void A_stored_value_is_forwarded_and_becomes_a_parameter_at_a_join() => _pass.Becomes(
        Inputs + """
          v10: Struct = NewStruct @Point v3, v1 exit s0
          branch v5 block1 block2
        block1:
          StoreField v10, v2 #1
          jump block3
        block2:
          jump block3
        block3:
          v11: Any = LoadField v10 #1
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v10, r2 = v11}
        """,
        (Inputs + """
          ChargeMemory #64 exit s0
          branch v5 block1 block2
        block1:
          jump block3(v2, v3)
        block2:
          jump block3(v1, v3)
        block3(v15: Any, v16: Int):
          v17: Struct = VirtualStruct @Point v13, v16, v15
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v17, r2 = v15}
        """).Replace("block0:\n", "block0:\n  v13: Any = ConstNil\n"));

    [Fact]
    public void Objects_in_objects_are_described_once() => _pass.Becomes(
        Inputs + """
          v10: Struct = NewStruct @Point v3, v1 exit s0
          v11: Any = BoxObject v10
          v12: Struct = NewStruct @Line v11, v10, v3 exit s0
          v13: Tuple = NewTuple v12, v11 exit s0
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v13, r2 = v12, r3 = v11}
        """,
        (Inputs + """
          ChargeMemory #64 exit s0
          ChargeMemory #80 exit s0
          ChargeMemory #56 exit s0
          v18: Struct = VirtualStruct @Point v14, v3, v1
          v19: Struct = VirtualStruct @Line v14, v18, v18, v3 #1
          v20: Tuple = VirtualTuple v14, v19, v18 #2
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 3 {r1 = v20, r2 = v19, r3 = v18}
        """).Replace("block0:\n", "block0:\n  v14: Any = ConstNil\n"));

    [Theory]
    [InlineData("StoreField v4, v11 #0")] // an existing object refers to it
    [InlineData("v12: Bool = SameObject v10, v4")]
    [InlineData("StoreVariable @game v11 #1")]
    [InlineData("v12: Int = CallInterpreter exit s2")]
    [InlineData("v12: List = NewList v11 exit s0")]
    [InlineData("StoreField v10, v11 #0")] // a cycle
    [InlineData("v12: Upvalue = NewUpvalue v11 exit s0; StoreUpvalue v12, v1")] // a part that may change
    public void An_object_that_escapes_is_made(string use)
    {
        string text = $"""
            {Inputs}  v10: Struct = NewStruct @Point v3, v1 exit s0
              v11: Any = BoxObject v10
              {use.Replace("; ", "\n  ")}
              exit s1
            s0: @main pc 0 {"{}"}
            s1: @main pc 3 {"{r1 = v10}"}
            s2: @main pc 2 {"{r1 = v10}"}
            """;
        if (!use.Contains("s2"))
        {
            text = text[..text.IndexOf("s2:", System.StringComparison.Ordinal)];
        }

        OperationsAfter(text).ShouldContain(IrOp.NewStruct);
    }

    [Theory]
    [InlineData("v20, v20", "", false)] // two references to one object from then on
    [InlineData("v20, v10", "", true)]
    [InlineData("v10, v20", "", true)] // the previous iteration's object
    [InlineData("v20, v10", "StoreField v4, v2 #0", false)] // may be the object at the entry of the loop
    [InlineData("v20, v10", "StoreField v4, v2 #1", true)] // not a field that is read
    [InlineData("v20, v10", "StoreField v10, v2 #0", false)]
    public void Objects_are_carried_between_iterations(string arguments, string inLoop, bool isSunk)
    {
        IrOp[] operations = OperationsAfter($$"""
            {{Inputs}}  jump block1(v4, v4)
            block1(v10: Struct @Point, v11: Struct @Point) loop s0:
              v12: Any = LoadField v10 #0
              v13: Int = UnboxInt v12 exit s1
              v14: Int = AddIntChecked v13, v3 exit s1
              {{(inLoop.Length == 0 ? "v15: Int = AddInt v14, v14" : inLoop)}}
              v20: Struct = NewStruct @Point v14, v1 exit s2
              ChargeSteps #3 exit s3
              jump block1({{arguments}})
            s0: @main pc 0 {}
            s1: @main pc 1 {r1 = v10, r2 = v11}
            s2: @main pc 2 {r1 = v10, r2 = v11}
            s3: @main pc 3 {r1 = v10, r2 = v11, r3 = v20}
            """);
        operations.Contains(IrOp.NewStruct).ShouldBe(!isSunk);
        operations.Contains(IrOp.VirtualStruct).ShouldBe(isSunk);
    }

    [Fact]
    public void An_object_that_rarely_escapes_is_allocated_where_it_escapes()
    {
        IrOp[] operations = OperationsAfter(Inputs + """
              jump block1(v3)
            block1(v10: Int) loop s0:
              v11: Tuple = NewTuple v10, v1 exit s1
              v12: Bool = LtInt v10, v3
              branch v12 block2 block3
            block2:
              v14: Any = BoxObject v11
              v15: List = NewList v14 exit s2
              v16: Any = BoxObject v15
              StoreVariable @game v16 #1
              jump block4
            block3:
              jump block4
            block4:
              v13: Int = AddIntChecked v10, v3 exit s3
              ChargeSteps #3 exit s3
              jump block1(v13)
            s0: @main pc 0 {}
            s1: @main pc 1 {r1 = v10}
            s2: @main pc 2 {r1 = v10, r2 = v11}
            s3: @main pc 3 {r1 = v10, r2 = v11}
            """);
        operations.ShouldContain(IrOp.MakeTuple);
        operations.ShouldNotContain(IrOp.NewTuple);
    }

    private IrOp[] OperationsAfter(string text)
    {
        IrGraph graph = IrTexts.ParseValid(text);
        _pass.Run(graph);
        IrVerifier.Verify(graph).ShouldBeEmpty(IrTexts.Print(graph));
        return [.. graph.Blocks.SelectMany(block => block.Nodes).Select(node => node.Op)];
    }
}
