using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

public sealed class IrVerifierTests
{
    /// <summary>A valid graph: a loop over r1 that contains a store.</summary>
    private const string Sound = """
        loop @main pc 12
        block0:
          v0: Any = LoadRegister r1
          v1: Int = UnboxInt v0 exit s0
          jump block1(v1)
        block1(v2: Int) loop:
          ChargeSteps #4 exit s1
          v3: Int = ConstInt 1
          v4: Int = AddIntChecked v2, v3 exit s2
          v5: Any = BoxInt v4
          StoreVariable @game v5 #2
          jump block1(v4)
        s0: @main pc 12 {}
        s1: @main pc 12 {r1 = v2}
        s2: @main pc 13 {r1 = v2}
        """;

    [Fact]
    public void A_sound_graph_has_no_faults() => IrVerifier.Verify(IrTexts.Parse(Sound)).ShouldBeEmpty();

    [Theory]
    [InlineData("v4: Int = AddIntChecked v2, v3", "v4: Int = AddIntChecked v2", "it has 2 inputs, not 1")]
    [InlineData("v4: Int = AddIntChecked v2, v3", "v4: Int = AddIntChecked v2, v0", "input 1 can't be of type Any")]
    [InlineData("v5: Any = BoxInt v4", "v5: Int = BoxInt v4", "its type can't be Int")]
    [InlineData("v3 exit s2", "v3", "it may exit, but has no snapshot")]
    [InlineData("BoxInt v4", "BoxInt v4 exit s2", "it never exits, but has a snapshot")]
    [InlineData("jump block1(v1)", "jump block1(v0)", "passes v0 of type Any for v2 of type Int")]
    [InlineData("jump block1(v1)", "jump block1", "passes 0 values for 1 parameters")]
    [InlineData("jump block1(v1)", "jump block1(v3)", "v3 is not defined on every path to here")]
    [InlineData("jump block1(v4)", "branch v4 block1(v4) block1(v2)", "the value of its Branch is of type Int, not Bool")]
    [InlineData("jump block1(v4)", "branch block1(v4)", "the end Branch lacks a part")]
    [InlineData("jump block1(v4)", "open", "the end Open lacks a part")]
    [InlineData("jump block1(v4)", "return v4", "a loop region can only end with exits")]
    [InlineData("  jump block1(v1)", "  jump block1(v1)\nblock2:\n  exit s0", "the block is unreachable")]
    [InlineData("  jump block1(v1)", "  jump block0", "the entry has a predecessor")]
    [InlineData(") loop:", "):", "not marked as a loop head")]
    [InlineData("block0:", "block0 loop:", "no back-edge leads here")]
    [InlineData("block0:", "block0 s0:", "only a loop head has a snapshot")]
    [InlineData(") loop:", ") loop s1:", "s1: v2 is not defined on every path to here")]
    [InlineData("block0:", "block0(v9: Any):", "entry block without parameters")]
    [InlineData("{r1 = v2}", "{r1 = v2, r1 = v3}", "r1 twice")]
    [InlineData("s0: @main pc 12 {}", "s0: @main pc 12 {r1 = v4}", "v4 is not defined on every path to here")]
    [InlineData("s0: @main pc 12 {}", "s0: @main pc 100 {}", "has no instruction 100")]
    [InlineData("s0: @main pc 12 {}", "s0: @add pc 12 {}", "is not that of the region's proc")]
    [InlineData("s0: @main pc 12 {}", "s0: @main pc 12 {}\n  > @add pc 1 {}", "the frame of a call must have a closure")]
    [InlineData("@game v5 #2", "@game v5 #9", "its payload is missing or of the wrong class")]
    [InlineData("@game v5 #2", "@Point v5 #2", "its payload is missing or of the wrong class")]
    [InlineData("v5: Any = BoxInt v4", "v5: Any = BoxInt v4\n  v6: Int = Call Twice v5", "the helper's parameters are (Int64 number)")]
    [InlineData("v5: Any = BoxInt v4", "v5: Any = BoxInt v4\n  BoxInt v4", "its type can't be None")]
    [InlineData("v5: Any = BoxInt v4", "v5: Any = BoxInt v4\n  v6: Int = Parameter", "must be in the block's head")]
    [InlineData("v5: Any = BoxInt v4", "v5: Any = BoxInt v4\n  v6: Struct = NewStruct @Point v5 exit s2", "a Point has 2 fields, not 1")]
    public void Each_fault_is_found(string sound, string wrong, string fault)
    {
        Sound.ShouldContain(sound);
        IReadOnlyList<string> faults = IrVerifier.Verify(IrTexts.Parse(Sound.Replace(sound, wrong)));
        faults.ShouldContain(message => message.Contains(fault), string.Join('\n', faults));
    }

    [Fact]
    public void A_guard_behind_an_effect_may_not_use_a_snapshot_from_before_it()
    {
        string wrong = Sound.Replace("StoreVariable @game v5 #2", "StoreVariable @game v5 #2\n  GuardShift v4 exit s2");
        IrVerifier.Verify(IrTexts.Parse(wrong)).ShouldHaveSingleItem()
            .ShouldContain("GuardShift v4 exit s2: an effect lies between the point of s2");
    }

    [Fact]
    public void A_charge_is_an_effect()
    {
        string wrong = Sound.Replace("v3 exit s2", "v3 exit s1");
        IrVerifier.Verify(IrTexts.Parse(wrong)).ShouldHaveSingleItem().ShouldContain("an effect lies between the point of s1");
    }

    [Fact]
    public void An_effect_on_one_path_is_enough()
    {
        const string text = """
            loop @main pc 0
            block0:
              v0: Any = LoadRegister r1
              v1: Bool = UnboxBool v0 exit s0
              branch v1 block1 block2
            block1:
              StoreVariable @game v0 #0
              jump block3
            block2:
              jump block3
            block3:
              exit s0
            s0: @main pc 0 {}
            """;
        IrVerifier.Verify(IrTexts.Parse(text)).ShouldHaveSingleItem()
            .ShouldContain("block3: the end: an effect lies between the point of s0");
        IrVerifier.Verify(IrTexts.Parse(text.Replace("  StoreVariable @game v0 #0\n", string.Empty))).ShouldBeEmpty();
    }

    [Fact]
    public void A_snapshot_from_before_a_loop_goes_stale_in_it()
    {
        string wrong = Sound.Replace("v3 exit s2", "v3 exit s0");
        IrVerifier.Verify(IrTexts.Parse(wrong)).ShouldHaveSingleItem().ShouldContain("the point of s0");
        string alsoWrong = Sound.Replace("ChargeSteps #4 exit s1", "GuardShift v1 exit s0");
        IrVerifier.Verify(IrTexts.Parse(alsoWrong)).ShouldHaveSingleItem().ShouldContain("the point of s0");
    }

    [Fact]
    public void A_loop_entered_elsewhere_is_not_reducible()
    {
        IrGraph graph = IrTexts.Parse("""
            loop @main pc 0
            block0:
              v0: Bool = ConstBool true
              branch v0 block1 block2
            block1:
              jump block2
            block2:
              jump block1
            """);
        IrVerifier.Verify(graph).ShouldContain(fault => fault.Contains("the loop is irreducible"));
    }

    [Fact]
    public void Check_shows_the_faults_and_the_graph()
    {
        IrGraph graph = IrTexts.Parse(Sound.Replace(") loop:", "):"));
        System.InvalidOperationException error = Should.Throw<System.InvalidOperationException>(() => IrVerifier.Check(graph, "folding"));
        error.Message.ShouldContain("IR is wrong after folding");
        error.Message.ShouldContain("v4: Int = AddIntChecked v2, v3 exit s2");
    }
}
