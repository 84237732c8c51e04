using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Testing;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

public class LivenessMapTests
{
    [Fact]
    public void A_register_is_live_from_its_write_to_its_last_read() => Rows("", """
        LoadInt r0, 1
        LoadInt r1, 2
        Add r2, r0, r1
        LoadInt r0, 9
        Add r2, r2, r0
        Return r2
        """).ShouldBe(["", "0", "0 1", "2", "0 2", "2"]);

    [Fact]
    public void Branches_join() => Rows("", """
        LoadInt r0, 1
        LoadInt r1, 1
        JumpIf r0, L4
        Return r1
        Return r0
        """).ShouldBe(["", "0", "0 1", "1", "0"]);

    [Fact]
    public void Registers_that_the_next_iteration_reads_are_kept() => Rows("loop l0 body L2 cost 1", """
        LoadInt r0, 1
        LoadInt r1, 1
        LoopHead l0
        JumpIfNot r0, L6
        Move r0, r1
        Jump L2
        ReturnNil
        """).ShouldBe(["", "0", "0 1", "0 1", "1", "0 1", ""]);

    [Fact]
    public void A_loop_variable_is_not_live_where_the_loop_writes_it() => Rows("loop l0 body L4 cost 1", """
        LoadInt r0, 1
        LoadInt r1, 9
        LoadInt r3, 0
        ForPrep r0, L6
        Add r3, r3, r2
        ForLoop r0, l0, L4
        Return r3
        """).ShouldBe(["", "0", "0 1", "0 1 3", "0 1 2 3", "0 1 3", "3"]);

    [Fact]
    public void A_loop_variable_read_behind_the_loop_is_live_before_it() => Rows("loop l0 body L4 cost 1", """
        LoadInt r0, 1
        LoadInt r1, 9
        LoadInt r2, 0
        ForPrep r0, L6
        Nop
        ForLoop r0, l0, L4
        Return r2
        """).ShouldBe(["", "0", "0 1", "0 1 2", "0 1 2", "0 1 2", "2"]);

    [Fact]
    public void For_each_keeps_its_hidden_registers() => Rows("loop l0 body L3 cost 1", """
        NewList r0, r0, 0
        IterPrep r1, r0, 0
        Jump L4
        CallBuiltin r5, n0, 0
        ForEach r1, l0, L3
        CloseIter r1
        ReturnNil
        """, "builtin n0 print").ShouldBe(["", "0", "1 2 3", "1 2 3", "1 2 3", "1 2 3", ""]);

    [Fact]
    public void A_call_reads_its_window_and_clobbers_the_registers_behind_it() => Rows("", """
        LoadNil r4
        LoadNil r5
        LoadNil r2
        LoadNil r3
        Call r2, 1
        Return r2
        """).ShouldBe(["", "", "", "2", "2 3", "2"]);

    [Fact]
    public void Registers_that_a_handler_reads_are_live_in_its_range() => Rows("handler catch from L2 to L4 at L5 register r3", """
        LoadInt r0, 1
        LoadInt r1, 2
        Add r2, r1, r1
        LoadInt r0, 5
        ReturnNil
        Add r0, r0, r3
        Return r0
        """).ShouldBe(["", "0", "0 1", "", "", "0 3", "0"]);

    [Fact]
    public void Handlers_that_catch_nothing_still_read_their_registers() => Rows("handler catchbody from L1 to L2 at L2 register r5", """
        LoadNil r5
        NewList r0, r0, 0
        ReturnNil
        """).ShouldBe(["", "5", ""]);

    [Fact]
    public void A_finally_that_covers_everything_hides_the_enclosing_catch() =>
        Rows("handler finally from L1 to L2 at L2 register r4\nhandler catch from L1 to L3 at L4 register r6", """
        LoadNil r0
        NewList r1, r1, 0
        ReturnNil
        Nop
        Return r0
        """).ShouldBe(["", "", "", "0", "0"]);

    [Fact]
    public void A_closure_reads_what_it_captures()
    {
        CompiledModule module = Assembler.Parse("""
            module m
            proc 0 <module> module
            registers 70
            cost 1
            code
            LoadNil r66
            NewClosure r0, p0
            Return r0
            proc 1 f normal in 0
            registers 1
            cost 1
            capture v0 c from r66
            code
            ReturnNil
            """);
        Rows(module).ShouldBe(["", "66", "0"]);
        LivenessMap.Compute(module.Main).LiveBefore(1).ToArray().ShouldBe([0UL, 4UL]);
    }

    [Fact]
    public void Nothing_but_given_parameters_is_live_at_the_entry_of_verified_code()
    {
        CompiledModule module = SampleModules.ParseEverything();
        foreach (Prototype prototype in module.AllPrototypes())
        {
            LivenessMap map = LivenessMap.Compute(prototype);
            for (int register = prototype.Parameters.Length; register < prototype.RegisterCount; register++)
            {
                map.IsLive(0, register).ShouldBeFalse($"r{register} of {prototype.Name}");
            }
        }
    }

    [Fact]
    public void In_code_of_exceptional_size_everything_is_live()
    {
        string code = string.Concat(Enumerable.Repeat("Nop\n", 10_000));
        CompiledModule module = Assembler.Parse($"module m\nproc 0 <module> module\nregisters 65535\ncost 1\ncode\n{code}ReturnNil");
        LivenessMap map = LivenessMap.Compute(module.Main);
        map.IsLive(5_000, 65_534).ShouldBeTrue();
        map.IsLive(10_000, 0).ShouldBeTrue();
    }

    private static IEnumerable<string> Rows(string rows, string code, string head = "")
    {
        CompiledModule module = SampleModules.WithMain(rows, code, head);
        return Rows(module);
    }

    private static IEnumerable<string> Rows(CompiledModule module)
    {
        LivenessMap map = LivenessMap.Compute(module.Main);
        return Enumerable.Range(0, module.Main.Code.Length).Select(pc => string.Join(
            ' ',
            Enumerable.Range(0, module.Main.RegisterCount).Where(register => map.IsLive(pc, register))));
    }
}
