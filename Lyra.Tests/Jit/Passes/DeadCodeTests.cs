using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class DeadCodeTests
{
    private readonly DeadCode _pass = new();

    [Fact]
    public void Unused_operations_are_removed() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Int = MulInt v1, v1
          v3: Int = AddInt v2, v1
          v4: Any = BoxInt v3
          exit s0
        s0: @main pc 0 {}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          exit s0
        s0: @main pc 0 {}
        """);

    [Fact]
    public void An_unused_object_is_still_charged() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Any = BoxInt v1
          v3: Tuple = NewTuple v0, v2 exit s1
          v4: List = NewList v3 #0 exit s1
          exit s0
        s0: @main pc 0 {}
        s1: @main pc 1 {r2 = v1}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          ChargeMemory #56 exit s1
          ChargeMemory #96 exit s1
          exit s0
        s0: @main pc 0 {}
        s1: @main pc 1 {r2 = v1}
        """);

    [Fact]
    public void Guards_effects_and_snapshot_values_are_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          v2: Int = NegInt v1
          v3: Any = BoxInt v1
          StoreVariable @game v3 #0
          v4: Int = AddIntChecked v1, v1 exit s1
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 1 {r2 = v2}
        """);

    [Fact]
    public void An_unread_counter_is_removed_with_its_parameter() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Int = ConstInt 0
          v1: Int = ConstInt 1
          jump block1(v0, v1)
        block1(v2: Int, v3: Int) loop:
          ChargeSteps #1 exit s0
          v4: Int = AddInt v2, v1
          jump block1(v4, v3)
        s0: @main pc 0 {r1 = v3}
        """,
        """
        loop @main pc 0
        block0:
          v1: Int = ConstInt 1
          jump block1(v1)
        block1(v3: Int) loop:
          ChargeSteps #1 exit s0
          jump block1(v3)
        s0: @main pc 0 {r1 = v3}
        """);

    [Fact]
    public void Unreachable_blocks_are_removed_and_a_loop_without_its_back_edge_is_no_loop()
    {
        IrGraph graph = IrTexts.Parse(
            """
            loop @main pc 0
            block0:
              v0: Int = ConstInt 0
              jump block1(v0)
            block1(v1: Int) loop:
              exit s0
            block2:
              jump block1(v0)
            s0: @main pc 0 {r1 = v1}
            """);
        _pass.Run(graph).ShouldBeTrue();
        IrTexts.Print(graph).ShouldBe(IrTexts.Text(
            """
            loop @main pc 0
            block0:
              v0: Int = ConstInt 0
              jump block1(v0)
            block1(v1: Int):
              exit s0
            s0: @main pc 0 {r1 = v1}
            """));
    }
}
