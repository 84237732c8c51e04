using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class MemoryForwardingTests
{
    private readonly MemoryForwarding _pass = new();

    /// <summary>v4, v5: Points that may be identical; v6: a Line; v7: a list; v8: an upvalue; v9, v10: ints; v12: any.</summary>
    private const string Inputs = """
        loop @main pc 0
        block0:
          v1: Any = LoadRegister r1
          v2: Any = LoadRegister r2
          v3: Any = LoadRegister r3
          v4: Struct = UnboxStruct @Point v1 exit s0
          v5: Struct = UnboxStruct @Point v2 exit s0
          v6: Struct = UnboxStruct @Line v3 exit s0
          v7: List = UnboxObject v1 exit s0
          v8: Upvalue = UnboxObject v2 exit s0
          v9: Int = UnboxInt v1 exit s0
          v10: Int = UnboxInt v2 exit s0
          v11: Map = UnboxObject v3 exit s0
          v12: Any = LoadRegister r4
          v13: Int = ConstInt 1
          v14: Int = AddInt v9, v13
          v15: IntArray = ListInts v7

        """;

    [Theory]
    // The same field, through one reference.
    [InlineData("v20: Any = LoadField v4 #0; v21: Any = LoadField v4 #0", "v20: Any = LoadField v4 #0", "v20, v20")]
    // Another reference may denote the same object, but not another field or another shape.
    [InlineData(
        "v20: Any = LoadField v4 #0; StoreField v5, v1 #0; v21: Any = LoadField v4 #0",
        "v20: Any = LoadField v4 #0; StoreField v5, v1 #0; v21: Any = LoadField v4 #0",
        "v20, v21")]
    [InlineData(
        "v20: Any = LoadField v4 #0; StoreField v5, v1 #1; v21: Any = LoadField v4 #0",
        "v20: Any = LoadField v4 #0; StoreField v5, v1 #1",
        "v20, v20")]
    [InlineData(
        "v20: Any = LoadField v4 #0; StoreField v6, v1 #0; v21: Any = LoadField v4 #0",
        "v20: Any = LoadField v4 #0; StoreField v6, v1 #0",
        "v20, v20")]
    // Stored values.
    [InlineData("StoreField v4, v12 #0; v21: Any = LoadField v4 #0", "StoreField v4, v12 #0", "v12, v12")]
    [InlineData("StoreFieldInt v4, v9 #0; v21: Int = LoadFieldInt v4 #0", "StoreFieldInt v4, v9 #0", "v12, v9")]
    [InlineData(
        "StoreFieldInt v4, v9 #0; v21: Any = LoadField v4 #0",
        "StoreFieldInt v4, v9 #0; v30: Any = BoxInt v9",
        "v12, v30")]
    [InlineData(
        "v20: Any = BoxInt v9; StoreField v4, v20 #0; v21: Int = LoadFieldInt v4 #0",
        "v20: Any = BoxInt v9; StoreField v4, v20 #0",
        "v20, v9")]
    [InlineData(
        "StoreField v4, v12 #0; v21: Float = LoadFieldFloat v4 #0",
        "StoreField v4, v12 #0; v30: Float = AsFloat v12",
        "v12, v30")]
    // Stores of a value that is already there.
    [InlineData("v20: Any = LoadField v4 #0; StoreField v4, v20 #0", "v20: Any = LoadField v4 #0", "v20, v12")]
    [InlineData("StoreField v4, v12 #0; StoreField v4, v12 #0", "StoreField v4, v12 #0", "v12, v12")]
    [InlineData("StoreField v4, v12 #0; StoreField v5, v1 #0; StoreField v4, v12 #0",
        "StoreField v4, v12 #0; StoreField v5, v1 #0; StoreField v4, v12 #0", "v12, v12")]
    // New objects hold their initial values and differ from all existing objects.
    [InlineData(
        "v20: Struct = NewStruct @Point v9, v12 exit s0; v21: Any = LoadField v20 #1",
        "v20: Struct = NewStruct @Point v9, v12 exit s0",
        "v20, v12")]
    [InlineData(
        "v20: Any = LoadField v4 #0; v22: Struct = NewStruct @Point v9, v12 exit s0; StoreField v22, v1 #0; v21: Any = LoadField v4 #0",
        "v20: Any = LoadField v4 #0; v22: Struct = NewStruct @Point v9, v12 exit s0; StoreField v22, v1 #0",
        "v20, v20")]
    [InlineData("v20: Upvalue = NewUpvalue v12 exit s0; v21: Any = LoadUpvalue v20", "v20: Upvalue = NewUpvalue v12 exit s0", "v20, v12")]
    [InlineData("StoreUpvalue v8, v12; v21: Any = LoadUpvalue v8", "StoreUpvalue v8, v12", "v12, v12")]
    // Variables are distinguished by module and index.
    [InlineData(
        "StoreVariable @game v12 #1; StoreVariable @other v1 #1; StoreVariable @game v2 #2; v21: Any = LoadVariable @game #1",
        "StoreVariable @game v12 #1; StoreVariable @other v1 #1; StoreVariable @game v2 #2",
        "v12, v12")]
    // Elements, by array and index.
    [InlineData("StoreInt v15, v9, v10; v21: Int = LoadInt v15, v9", "StoreInt v15, v9, v10", "v12, v10")]
    [InlineData(
        "v20: Int = LoadInt v15, v9; StoreInt v15, v14, v10; v21: Int = LoadInt v15, v9",
        "v20: Int = LoadInt v15, v9; StoreInt v15, v14, v10",
        "v20, v20")]
    [InlineData(
        "v20: Int = LoadInt v15, v9; StoreInt v15, v10, v13; v21: Int = LoadInt v15, v9",
        "v20: Int = LoadInt v15, v9; StoreInt v15, v10, v13; v21: Int = LoadInt v15, v9",
        "v20, v21")]
    // Values of maps, by map and position, until a key may be added or removed.
    [InlineData("StoreMapValue v11, v9, v12; v21: Any = LoadMapValue v11, v9", "StoreMapValue v11, v9, v12", "v12, v12")]
    [InlineData(
        "v20: Any = LoadMapValue v11, v9; StoreMapValue v11, v10, v12; v21: Any = LoadMapValue v11, v9",
        "v20: Any = LoadMapValue v11, v9; StoreMapValue v11, v10, v12; v21: Any = LoadMapValue v11, v9",
        "v20, v21")]
    [InlineData(
        "v20: Any = LoadMapValue v11, v9; Call Touch v11; v21: Any = LoadMapValue v11, v9",
        "v20: Any = LoadMapValue v11, v9; Call Touch v11; v21: Any = LoadMapValue v11, v9",
        "v20, v21")]
    // List headers, by list. A store to an element does not change them; a helper that declares it does.
    [InlineData(
        "v20: Int = ListCount v7; StoreInt v15, v9, v10; v21: Int = ListCount v7; v22: IntArray = ListInts v7",
        "v20: Int = ListCount v7; StoreInt v15, v9, v10",
        "v20, v20")]
    [InlineData(
        "v20: Int = ListCount v7; Call Grow v7, v9 exit s1; v21: Int = ListCount v7",
        "v20: Int = ListCount v7; Call Grow v7, v9 exit s1; v21: Int = ListCount v7",
        "v20, v21")]
    // Helpers that only read.
    [InlineData(
        "v20: Any = Call Measure v11 exit s1; StoreField v4, v12 #0; v21: Any = Call Measure v11 exit s2",
        "v20: Any = Call Measure v11 exit s1; StoreField v4, v12 #0",
        "v20, v20")]
    [InlineData(
        "v20: Any = Call Measure v11 exit s1; Call Touch v11; v21: Any = Call Measure v11 exit s2",
        "v20: Any = Call Measure v11 exit s1; Call Touch v11; v21: Any = Call Measure v11 exit s2",
        "v20, v21")]
    public void InOneBlock(string before, string after, string results)
    {
        string text = Block(before, before.Contains("v20:") ? "v20" : "v12", before.Contains("v21:") ? "v21" : "v12");
        if (before == after)
        {
            _pass.Keeps(text);
            return;
        }

        string[] values = results.Split(", ");
        string expected = Block(after, values[0], values[1]);
        _pass.Becomes(text, expected.Replace("v30", $"v{IrTexts.Parse(text).NodeCount}"));
    }

    /// <summary>The second load from the list is one only after the list was found to be the same.</summary>
    [Fact]
    public void What_is_loaded_through_a_loaded_object_is_known_too() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v8: Any = LoadRegister r0
          v0: Struct = UnboxStruct @Point v8 exit s0
          v1: Any = LoadField v0 #0
          v2: List = UnboxObject v1 exit s0
          v3: Int = ListCount v2
          v4: Any = LoadField v0 #0
          v5: List = UnboxObject v4 exit s0
          v6: Int = ListCount v5
          v7: Int = AddInt v3, v6
          v9: Any = BoxInt v7
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r0 = v9}
        """,
        """
        loop @main pc 0
        block0:
          v8: Any = LoadRegister r0
          v0: Struct = UnboxStruct @Point v8 exit s0
          v1: Any = LoadField v0 #0
          v2: List = UnboxObject v1 exit s0
          v3: Int = ListCount v2
          v7: Int = AddInt v3, v3
          v9: Any = BoxInt v7
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r0 = v9}
        """);

    [Fact]
    public void Facts_of_all_predecessors_hold_behind_the_join() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Struct = UnboxStruct @Point v0 exit s0
          v2: Any = LoadField v1 #0
          v3: Bool = IsTruthy v2
          branch v3 block1 block2
        block1:
          StoreField v1, v0 #1
          jump block3
        block2:
          v4: Any = LoadField v1 #1
          jump block3
        block3:
          v5: Any = LoadField v1 #0
          v6: Any = LoadField v1 #1
          v7: Any = LoadField v1 #1
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v5, r2 = v6, r3 = v7}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Struct = UnboxStruct @Point v0 exit s0
          v2: Any = LoadField v1 #0
          v3: Bool = IsTruthy v2
          branch v3 block1 block2
        block1:
          StoreField v1, v0 #1
          jump block3(v0)
        block2:
          v4: Any = LoadField v1 #1
          jump block3(v4)
        block3(v9: Any):
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2, r2 = v9, r3 = v9}
        """);

    [Fact]
    public void A_value_written_on_one_path_is_unknown() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Struct = UnboxStruct @Point v0 exit s0
          v2: Any = LoadField v1 #0
          v3: Bool = IsTruthy v2
          branch v3 block1 block2
        block1:
          v4: Map = ConstObject @map
          v5: Int = CallInterpreter exit s1
          jump block3
        block2:
          jump block3
        block3:
          v6: Any = LoadField v1 #0
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {r2 = v6}
        """.Replace("  v4: Map = ConstObject @map\n", string.Empty));

    [Fact]
    public void A_value_that_a_loop_does_not_write_is_kept() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Struct = UnboxStruct @Point v0 exit s0
          v2: Any = LoadField v1 #0
          v3: Any = LoadField v1 #1
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          v4: Any = LoadField v1 #0
          v5: Any = LoadField v1 #1
          StoreField v1, v4 #1
          v6: Any = LoadField v1 #1
          v7: Bool = IsTruthy v5
          branch v7 block1 block2
        block2:
          v8: Any = LoadField v1 #1
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v3}
        s2: @main pc 2 {r1 = v4, r2 = v5, r3 = v6, r4 = v8}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Struct = UnboxStruct @Point v0 exit s0
          v2: Any = LoadField v1 #0
          v3: Any = LoadField v1 #1
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          v5: Any = LoadField v1 #1
          StoreField v1, v2 #1
          v7: Bool = IsTruthy v5
          branch v7 block1 block2
        block2:
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v3}
        s2: @main pc 2 {r1 = v2, r2 = v5, r3 = v2, r4 = v2}
        """);

    /// <summary>Another thread of the host may change its memory, and the loop may wait for that.</summary>
    [Fact]
    public void What_was_read_of_the_host_before_a_loop_is_read_again_in_it() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Int = LoadHost @Rank v1
          v3: Int = LoadHost @Rank v1
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          v4: Int = LoadHost @Rank v1
          v5: Int = LoadHost @Rank v1
          v6: Bool = LtInt v4, v5
          branch v6 block1 block2
        block2:
          v7: Int = LoadHost @Rank v1
          v8: Int = AddInt v3, v7
          v9: Any = BoxInt v8
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {r1 = v9}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Int = LoadHost @Rank v1
          jump block1
        block1 loop:
          ChargeSteps #1 exit s1
          v4: Int = LoadHost @Rank v1
          v6: Bool = LtInt v4, v4
          branch v6 block1 block2
        block2:
          v8: Int = AddInt v2, v4
          v9: Any = BoxInt v8
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {r1 = v9}
        """);

    private static string Block(string nodes, string first, string second)
    {
        string body = Inputs;
        foreach (string node in nodes.Split("; "))
        {
            body += $"  {node}\n";
        }

        string snapshots = "s0: @main pc 0 {}\n";
        snapshots += body.Contains("exit s1") ? "s1: @main pc 1 {}\n" : string.Empty;
        snapshots += body.Contains("exit s2") ? "s2: @main pc 2 {}\n" : string.Empty;
        return $"{body}  exit s3\n{snapshots}s3: @main pc 3 {{r1 = {first}, r2 = {second}}}\n";
    }
}
