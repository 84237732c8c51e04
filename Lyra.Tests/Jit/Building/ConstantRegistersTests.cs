using System.Linq;
using Lyra.Jit.Building;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Building;

/// <summary>Constants that the compiler to bytecode loads in front of loops are constants in the loops' regions.</summary>
public sealed class ConstantRegistersTests
{
    private const string Loop = "loop l0 body L9 cost 2";

    [Theory]
    [InlineData("LoadInt r1, 3\nJump L9", 3L)]
    [InlineData("LoadConst r1, k0\nJump L9", 0.5)]
    [InlineData("LoadNil r1\nJump L9", null)]
    [InlineData("LoadBool r1, 1\nJump L9", true)]
    public void The_only_load_in_front_of_a_loop_is_known(string before, object? expected) =>
        ContentsOf(Find(before, "AddInt r2, r2, 1")!.Value).ShouldBe(expected);

    [Theory]
    [InlineData("LoadInt r1, 3\nLoadInt r1, 3\nJump L9", "AddInt r2, r2, 1")] // written twice
    [InlineData("LoadInt r1, 3\nJump L9", "AddInt r1, r1, 1")] // written in the loop
    [InlineData("JumpIf r0, L9\nLoadInt r1, 3", "AddInt r2, r2, 1")] // not on every path
    [InlineData("Move r1, r0\nJump L9", "AddInt r2, r2, 1")] // no constant
    [InlineData("LoadInt r1, 3\nJump L9", "Call r0, 0")] // a call may use the registers above its window
    [InlineData("Jump L9", "LoadInt r1, 3")] // unknown in the first iteration
    public void Another_register_is_not(string before, string body) => Find(before, body).ShouldBeNull();

    [Fact]
    public void A_product_with_a_hoisted_constant_needs_no_guard_on_its_kind()
    {
        BothTiers run = BothTiers.ShouldAgree("""
            proc longest(n) {
                var best = 0
                for i in 1..n {
                    var x = i
                    var steps = 0
                    while x != 1 {
                        x = if x % 2 == 0 { x >> 1 } else { 3 * x + 1 }
                        steps += 1
                    }
                    if steps > best { best = steps }
                }
                return best
            }
            print(longest(60))
            """);
        IrNode[] products = [.. run.Nodes.Where(node => node.Op is IrOp.MulInt or IrOp.MulIntChecked)];
        products.ShouldNotBeEmpty();
        products.ShouldAllBe(product => product.Inputs.Any(input => input.Op == IrOp.ConstInt && input.Bits == 3));
    }

    private static object? ContentsOf(Value constant) =>
        constant.IsInt ? constant.AsInt : constant.IsFloat ? constant.AsFloat : constant.IsBool ? constant.AsBool : constant.Ref;

    /// <summary>The constant that register 1 holds at the head of a loop behind some code.</summary>
    private static Value? Find(string before, string body)
    {
        string code = $"{before}\nL9:\nLoopHead l0\n{body}\nJump L9\nReturnNil";
        Prototype prototype = PassTester.Parse(code, "constant k0 0.5\n" + Loop);
        int head = System.Array.FindIndex(prototype.Code, i => i.Op == Opcode.LoopHead);
        return ConstantRegisters.Find(prototype, CodeFlow.Of(prototype), 1, head);
    }
}
