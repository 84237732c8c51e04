using System;
using System.Linq;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation.Passes;

public sealed class PassTests
{
    [Fact]
    public void Branch_inversion_turns_a_jump_over_a_jump_into_one_jump() => PassTester.Check(
        BranchInversion.Run,
        """
        LoadInt r1, 1
        JumpNeInt r1, 2, L2
        Jump L9
        L2:
        LoadNil r1
        L9:
        Return r1
        """,
        """
        LoadInt r1, 1
        JumpEqInt r1, 2, L9
        LoadNil r1
        L9:
        Return r1
        """);

    [Fact]
    public void Branch_inversion_keeps_a_jump_that_is_a_jump_target() => PassTester.Check(
        BranchInversion.Run,
        """
        LoadInt r1, 1
        JumpIf r1, L1
        JumpNeInt r1, 2, L2
        L1:
        Jump L9
        L2:
        LoadNil r1
        L9:
        Return r1
        """,
        """
        LoadInt r1, 1
        JumpIf r1, L1
        JumpNeInt r1, 2, L2
        L1:
        Jump L9
        L2:
        LoadNil r1
        L9:
        Return r1
        """);

    [Fact]
    public void Jump_threading_follows_jumps_to_jumps_and_removes_jumps_to_the_next_instruction() => PassTester.Check(
        BytecodeJumpThreading.Run,
        """
        LoadInt r0, 1
        JumpIf r0, L2
        Jump L1
        L1:
        LoadNil r0
        L2:
        Jump L7
        L3:
        LoadInt r0, 3
        L7:
        Return r0
        """,
        """
        LoadInt r0, 1
        JumpIf r0, L7
        LoadNil r0
        Jump L7
        LoadInt r0, 3
        L7:
        Return r0
        """);

    [Fact]
    public void Dead_code_is_removed_and_code_that_only_errors_reach_is_kept() => PassTester.Check(
        BytecodeDeadCode.Run,
        """
        L0:
        GetExternal r0, x0
        L1:
        Return r0
        LoadInt r1, 7
        L2:
        Return r1
        ReturnNil
        """,
        """
        L0:
        GetExternal r0, x0
        L1:
        Return r0
        L2:
        Return r1
        """,
        "handler catch from L0 to L1 at L2 register r1");

    [Fact]
    public void Dead_code_is_removed_with_the_loop_in_it() => PassTester.Check(
        BytecodeDeadCode.Run,
        """
        ReturnNil
        L1:
        LoopHead l0
        Jump L1
        """,
        """
        L1:
        ReturnNil
        """,
        "loop l0 body L1 cost 2");

    [Fact]
    public void Return_forwarding_returns_the_source_of_a_copy() => PassTester.Check(
        ReturnForwarding.Run,
        """
        LoadInt r1, 1
        Move r3, r1
        Return r3
        """,
        """
        LoadInt r1, 1
        Return r1
        """);

    [Fact]
    public void Return_duplication_returns_where_a_jump_leads_to_a_return() => PassTester.Check(
        ReturnDuplication.Run,
        """
        JumpIf r0, L3
        LoadInt r1, 1
        Jump L4
        L3:
        LoadInt r1, 2
        L4:
        Return r1
        """,
        """
        JumpIf r0, L3
        LoadInt r1, 1
        Return r1
        L3:
        LoadInt r1, 2
        Return r1
        """);

    [Fact]
    public void Return_duplication_removes_a_return_that_nothing_reaches() => PassTester.Check(
        ReturnDuplication.Run,
        """
        JumpIf r0, L2
        Jump L4
        L2:
        LoadInt r1, 1
        Return r1
        L4:
        ReturnNil
        """,
        """
        JumpIf r0, L2
        ReturnNil
        L2:
        LoadInt r1, 1
        Return r1
        """);

    [Fact]
    public void The_highest_level_returns_the_value_of_each_arm_at_once()
    {
        const string source = "struct P { x }; proc f(v, c) { return if c { v.x } else { v } }";
        CodeShapeTests.Operations(TestCompiler.Proc(TestCompiler.Compile(source, 2), "f")).ShouldBe("JumpIfNot GetField Jump Move Return");
        CodeShapeTests.Operations(TestCompiler.Proc(TestCompiler.Compile(source, 3), "f")).ShouldBe("JumpIfNot GetField Return Return");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_level_has_a_pass_of_its_own(int level) =>
        BytecodePassList.Rows.ShouldContain(row => row.Level == level);

    [Fact]
    public void A_condition_of_two_parts_before_a_jump_out_of_a_loop_becomes_two_jumps()
    {
        Prototype f = TestCompiler.Proc(
            TestCompiler.Compile("proc f(n) { for x in 0..n { if x == 1 or x == 2 { break } else { print(x) } } }", 2), "f");
        CodeShapeTests.Operations(f).ShouldBe("LoadInt Move ForPrep JumpEqInt JumpEqInt Move CallBuiltin ForLoop ReturnNil");
    }

    [Fact]
    public void Every_pass_has_a_name_of_its_own_and_a_level()
    {
        BytecodePassList.Rows.Select(static row => row.Name).ShouldBeUnique();
        BytecodePassList.Rows.ShouldAllBe(row => row.Level >= 1 && row.Level <= 3);
    }
}
