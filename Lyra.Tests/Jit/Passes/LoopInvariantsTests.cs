using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class LoopInvariantsTests
{
    private readonly LoopInvariants _pass = new();

    [Fact]
    public void A_key_is_looked_up_once_where_no_key_is_added_or_removed() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          jump block1(v2)
        block1(v4: Int) loop s1:
          v5: Int = Call Find v1, v3
          v6: Int = FoundPosition v5 exit s2
          v7: Any = LoadMapValue v1, v6
          v8: Int = UnboxInt v7 exit s2
          v9: Int = AddIntChecked v4, v8 exit s2
          v10: Any = BoxInt v9
          StoreMapValue v1, v6, v10
          jump block1(v9)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v5: Int = Call Find v1, v3
          v6: Int = FoundPosition v5 exit s1
          jump block1(v2)
        block1(v4: Int) loop s1:
          v7: Any = LoadMapValue v1, v6
          v8: Int = UnboxInt v7 exit s2
          v9: Int = AddIntChecked v4, v8 exit s2
          v10: Any = BoxInt v9
          StoreMapValue v1, v6, v10
          jump block1(v9)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """);

    /// <summary>Both sides of a branch check the same list. Outside the loop, the checks of one side serve the other.</summary>
    [Fact]
    public void What_both_branches_hoist_is_evaluated_once() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          jump block1(v2)
        block1(v4: Int) loop s1:
          v5: Bool = EqInt v4, v2
          branch v5 block2 block3
        block2:
          v6: Int = ListStrategy v1
          v7: Bool = EqInt v6, v3
          Guard v7 exit s2
          jump block1(v3)
        block3:
          v8: Int = ListStrategy v1
          v9: Bool = EqInt v3, v8
          Guard v9 exit s2
          v10: Int = AddIntChecked v4, v8 exit s2
          jump block1(v10)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v6: Int = ListStrategy v1
          v7: Bool = EqInt v6, v3
          jump block1(v2)
        block1(v4: Int) loop s1:
          v5: Bool = EqInt v4, v2
          branch v5 block2 block3
        block2:
          Guard v7 exit s2
          jump block1(v3)
        block3:
          Guard v7 exit s2
          v10: Int = AddIntChecked v4, v6 exit s2
          jump block1(v10)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """);

    /// <summary>The position is -1 if the key is missing, and then v7 must not be evaluated.</summary>
    [Fact]
    public void A_value_at_an_unchecked_position_stays_behind_its_branch() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v5: Int = Call Find v1, v3
          jump block1(v2)
        block1(v4: Int) loop s1:
          v6: Bool = LeInt v2, v5
          branch v6 block2 block3
        block2:
          v7: Any = LoadMapValue v1, v5
          v8: Int = UnboxInt v7 exit s2
          jump block1(v8)
        block3:
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v5: Int = Call Find v1, v3
          v6: Bool = LeInt v2, v5
          jump block1(v2)
        block1(v4: Int) loop s1:
          branch v6 block2 block3
        block2:
          v7: Any = LoadMapValue v1, v5
          v8: Int = UnboxInt v7 exit s2
          jump block1(v8)
        block3:
          exit s2
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """);

    /// <summary>
    /// v5 is hoisted after the guard of its closure's code. v8 is not hoisted, because not every path passes the guard of its closure.
    /// </summary>
    [Fact]
    public void A_capture_is_loaded_once_behind_the_guard_of_the_code() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Closure = UnboxObject v0 exit s0
          v2: Any = LoadRegister r2
          v3: Closure = UnboxObject v2 exit s0
          v10: Bool = ConstBool true
          jump block1
        block1 loop s0:
          v4: Bool = IsCode @main v1
          Guard v4 exit s1
          v5: Any = LoadCapture v1 #0
          StoreVariable @game v5 #0
          branch v10 block2 block3
        block2:
          v7: Bool = IsCode @main v3
          Guard v7 exit s2
          v8: Any = LoadCapture v3 #0
          StoreVariable @game v8 #1
          jump block3
        block3:
          ChargeSteps #1 exit s3
          jump block1
        s0: @main pc 0 {}
        s1: @main pc 1 {}
        s2: @main pc 2 {}
        s3: @main pc 3 {}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Closure = UnboxObject v0 exit s0
          v2: Any = LoadRegister r2
          v3: Closure = UnboxObject v2 exit s0
          v10: Bool = ConstBool true
          v4: Bool = IsCode @main v1
          Guard v4 exit s0
          v5: Any = LoadCapture v1 #0
          v7: Bool = IsCode @main v3
          jump block1
        block1 loop s0:
          StoreVariable @game v5 #0
          branch v10 block2 block3
        block2:
          Guard v7 exit s2
          v8: Any = LoadCapture v3 #0
          StoreVariable @game v8 #1
          jump block3
        block3:
          ChargeSteps #1 exit s3
          jump block1
        s0: @main pc 0 {}
        s2: @main pc 2 {}
        s3: @main pc 3 {}
        """);

    /// <summary>
    /// v12 is hoisted after its guards. v13 is not hoisted, because the checks before the loop may apply to the list before its change.
    /// </summary>
    [Fact]
    public void An_element_is_loaded_once_behind_the_hoisted_guards() => _pass.Becomes(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v4: Int = ListCount v1
          GuardIndex v3, v4 exit s0
          jump block1(v2)
        block1(v5: Int) loop s1:
          v6: Int = ListStrategy v1
          v7: Bool = EqInt v6, v3
          Guard v7 exit s2
          v8: Int = ListCount v1
          GuardIndex v2, v8 exit s2
          v9: IntArray = ListInts v1
          v12: Int = LoadInt v9, v2
          v13: Int = LoadInt v9, v3
          v14: Int = AddInt v12, v13
          v15: Int = AddIntChecked v5, v14 exit s2
          jump block1(v15)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v5}
        """,
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: List = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          v4: Int = ListCount v1
          GuardIndex v3, v4 exit s0
          v6: Int = ListStrategy v1
          v7: Bool = EqInt v6, v3
          Guard v7 exit s1
          v8: Int = ListCount v1
          GuardIndex v2, v8 exit s1
          v9: IntArray = ListInts v1
          v12: Int = LoadInt v9, v2
          jump block1(v2)
        block1(v5: Int) loop s1:
          v13: Int = LoadInt v9, v3
          v14: Int = AddInt v12, v13
          v15: Int = AddIntChecked v5, v14 exit s2
          jump block1(v15)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v5}
        """);

    [Theory]
    [InlineData("Call Touch v1")] // keys may be added or removed
    [InlineData("v5: Any = Call Measure v1 exit s1")] // may exit: not a total helper
    public void Operations_that_may_change_or_exit_stay_in_the_loop(string effect) => _pass.Keeps(
        $$"""
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          jump block1(v2)
        block1(v4: Int) loop s1:
          v6: Int = Call Find v1, v4
          {{effect}}
          v7: Int = AddIntChecked v4, v6 exit s2
          jump block1(v7)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """);

    [Fact]
    public void A_call_on_a_path_that_may_not_be_taken_is_kept() => _pass.Keeps(
        """
        loop @main pc 0
        block0:
          v0: Any = LoadRegister r0
          v1: Map = UnboxObject v0 exit s0
          v2: Int = ConstInt 0
          v3: Int = ConstInt 1
          jump block1(v2)
        block1(v4: Int) loop s1:
          v9: Bool = LtInt v4, v3
          branch v9 block2 block3
        block2:
          v5: Int = Call Keys v1
          v6: Int = AddIntChecked v4, v5 exit s2
          jump block1(v6)
        block3:
          v7: Int = AddIntChecked v4, v3 exit s2
          jump block1(v7)
        s0: @main pc 0 {}
        s1: @main pc 1 {r1 = v2}
        s2: @main pc 2 {r1 = v4}
        """);
}
