using System;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Verification;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation.Passes;

public sealed class ConstantHoistingTests
{
    private const string Loop = "constant k0 2.0\nconstant k1 4.0\nloop l0 body L4 cost 2";

    [Fact]
    public void A_constant_operand_is_loaded_once_before_the_outermost_loop() => PassTester.Check(
        ConstantHoisting.Run,
        """
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L1:
        LoadInt r3, 0
        LoadInt r4, 9
        ForPrep r3, L8
        L4:
        LoadConst r6, k0
        Mul r6, r6, r5
        ForLoop r3, l0, L4
        L8:
        ForLoop r0, l1, L1
        L9:
        ReturnNil
        """,
        """
        LoadInt r1, 0
        LoadInt r2, 9
        LoadConst r0, k0
        ForPrep r1, L9
        L1:
        LoadInt r4, 0
        LoadInt r5, 9
        ForPrep r4, L8
        L4:
        Mul r7, r0, r6
        ForLoop r4, l0, L4
        L8:
        ForLoop r1, l1, L1
        L9:
        ReturnNil
        """,
        Loop + "\nloop l1 body L1 cost 9");

    [Fact]
    public void A_comparison_at_the_back_edge_uses_the_hoisted_constant_and_every_path_to_the_loop_passes_the_load() => PassTester.Check(
        ConstantHoisting.Run,
        """
        LoadInt r0, 0
        JumpIf r0, L3
        LoadInt r0, 1
        L3:
        Jump L6
        L4:
        LoopHead l0
        AddInt r0, r0, 1
        L6:
        LoadConst r1, k1
        JumpLe r0, r1, L4
        Return r0
        """,
        """
        LoadInt r1, 0
        JumpIf r1, L3
        LoadInt r1, 1
        L3:
        LoadConst r0, k1
        Jump L6
        L4:
        LoopHead l0
        AddInt r1, r1, 1
        L6:
        JumpLe r1, r0, L4
        Return r1
        """,
        Loop);

    [Fact]
    public void The_same_constant_shares_a_register_and_other_kinds_have_their_own() => PassTester.Check(
        ConstantHoisting.Run,
        """
        LoadInt r0, 0
        LoadInt r1, 9
        NewList r3, r4, 0
        ForPrep r0, L9
        L4:
        LoadBool r4, 1
        SetIndex r3, r2, r4
        LoadInt r4, 1
        SetIndex r3, r4, r2
        LoadBool r5, 1
        LoadNil r6
        SetIndex r3, r6, r5
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """,
        """
        LoadInt r3, 0
        LoadInt r4, 9
        NewList r6, r7, 0
        LoadBool r0, 1
        LoadInt r1, 1
        LoadNil r2
        ForPrep r3, L9
        L4:
        SetIndex r6, r5, r0
        SetIndex r6, r1, r5
        SetIndex r6, r2, r0
        ForLoop r3, l0, L4
        L9:
        ReturnNil
        """,
        Loop);

    [Fact]
    public void A_captured_value_is_fetched_once() => PassTester.Check(
        ConstantHoisting.Run,
        """
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L4:
        GetCapture r4, v0
        Add r3, r3, r4
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """,
        """
        LoadInt r1, 0
        LoadInt r2, 9
        GetCapture r0, v0
        ForPrep r1, L9
        L4:
        Add r4, r4, r0
        ForLoop r1, l0, L4
        L9:
        ReturnNil
        """,
        Loop + "\ncapture v0 k from r0");

    [Fact]
    public void Registers_of_windows_and_ranges_keep_their_numbers() => CheckUnchanged("""
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L4:
        LoadInt r4, 1
        NewList r3, r4, 1
        LoadInt r5, 2
        CallMethod r3, s0, 2
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """);

    [Fact]
    public void A_register_that_merges_two_loads_is_kept() => CheckUnchanged("""
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L4:
        LoadInt r3, 1
        JumpIf r2, L6
        LoadInt r3, 2
        L6:
        Add r4, r2, r3
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """);

    [Fact]
    public void A_variable_live_in_the_next_iteration_is_kept() => CheckUnchanged("""
        LoadInt r0, 0
        LoadInt r1, 9
        LoadInt r3, 5
        ForPrep r0, L9
        L4:
        Add r4, r2, r3
        LoadInt r3, 1
        Add r4, r2, r3
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """);

    [Fact]
    public void Registers_that_a_handler_reads_are_kept() => CheckUnchanged("""
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L4:
        LoadInt r3, 1
        L5:
        Add r4, r2, r3
        L6:
        Jump L8
        L7:
        Return r3
        L8:
        ForLoop r0, l0, L4
        L9:
        ReturnNil
        """,
        "\nhandler catch from L5 to L6 at L7 register r5");

    [Fact]
    public void Operations_that_run_once_for_each_entry_are_kept() => CheckUnchanged("""
        LoadInt r3, 7
        Add r3, r3, r3
        LoadInt r0, 0
        LoadInt r1, 9
        ForPrep r0, L9
        L4:
        JumpNeInt r2, 5, L6
        LoadInt r3, 1
        Return r3
        L6:
        ForLoop r0, l0, L4
        L9:
        LoadInt r3, 8
        Return r3
        """);

    [Fact]
    public void A_loop_with_a_second_entry_is_kept() => CheckUnchanged("""
        LoadInt r0, 0
        JumpIf r0, L5
        Jump L6
        L4:
        LoopHead l0
        L5:
        AddInt r0, r0, 1
        L6:
        LoadConst r1, k1
        JumpLe r0, r1, L4
        Return r0
        """);

    [Fact]
    public void At_most_sixteen_constants_get_a_register()
    {
        StringBuilder body = new("LoadInt r0, 0\nLoadInt r1, 9\nForPrep r0, L9\nL4:\n");
        for (int i = 0; i < 20; i++)
        {
            body.Append($"LoadInt r3, {i}\nAdd r4, r3, r2\n");
        }

        body.Append("ForLoop r0, l0, L4\nL9:\nReturnNil\n");
        ProcCode code = PassTester.Decode(PassTester.Parse(body.ToString(), Loop));
        ConstantHoisting.Run(code);
        code.RegisterCount.ShouldBe(8 + 16);
        code.Code.ToArray().Count(static i => i.Op == Opcode.LoadInt).ShouldBe(2 + 20);
        Array.FindLastIndex(code.Code.ToArray(), static i => i.Op == Opcode.ForPrep).ShouldBe(2 + 16);
    }

    [Fact]
    public void The_search_for_readers_takes_time_in_proportion_to_the_code_and_reports()
    {
        const int loads = 6_000;
        StringBuilder body = new("LoadInt r0, 0\nLoadInt r1, 9\nForPrep r0, L9\nL4:\n");
        for (int i = 0; i < loads; i++)
        {
            body.Append($"LoadInt r{3 + (i % 60)}, {i}\n");
        }

        body.Append("ForLoop r0, l0, L4\nL9:\nReturnNil\n");
        ProcCode code = PassTester.Decode(PassTester.Parse(body.ToString(), Loop));
        code.RegisterCount = 64;
        int reports = 0;
        code.Meter = new WorkMeter((_, _) => reports++);
        ConstantHoisting.Run(code);

        // 60 visits for each load would make more than 170 reports.
        reports.ShouldBeInRange(10, 50);
    }

    [Fact]
    public void Parameters_keep_their_registers_and_captures_and_handlers_move_with_theirs()
    {
        CompiledModule module = TestCompiler.Compile(
            """
            proc f(a, n = 3) {
                var local = a + n
                var total = 0.0
                var read = () => local
                for i in 0..n {
                    try { total += 2.5 * read() } catch e { total = 0.5 * i }
                }
                return total
            }
            """,
            level: 2);
        BytecodeVerifier.Verify(module).ShouldBeNull();
        Prototype proc = TestCompiler.Proc(module, "f");
        int hoisted = Array.FindIndex(proc.Code, static i => i.Op == Opcode.LoadConst && i.A == 2);
        int head = Array.FindIndex(proc.Code, static i => i.Op == Opcode.ForPrep);
        hoisted.ShouldBeInRange(head - 2, head - 1);
        TestCompiler.Proc(module, "<lambda>").Captures[0].Index.ShouldBe(4);
        proc.Loops[0].Cost.ShouldBe(TestCompiler.Proc(TestCompiler.Compile(
            "proc f(a, n = 3) {\n var local = a + n\n var total = 0.0\n var read = () => local\n for i in 0..n {\n try { total += 2.5 * "
                + "read() } catch e { total = 0.5 * i }\n }\n return total\n}"),
            "f").Loops[0].Cost);
    }

    private static void CheckUnchanged(string code, string rows = "") =>
        PassTester.Check(ConstantHoisting.Run, code, code, Loop + "\nsite s0 m" + rows);
}
