using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

public sealed class CodeShapeTests
{
    [Theory]
    [InlineData("proc f(a, b) { if a < b { print(1) } }", "JumpNotLt LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a, b) { if a > b { print(1) } }", "JumpNotLt LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a) { if not (a >= 3) { print(1) } }", "JumpGeInt LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a) { if 3 < a { print(1) } }", "JumpNotGtInt LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a) { if a == \"x\" or a != nil { print(1) } }", "JumpEqConst JumpEqConst LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a) { if a is nil { print(1) } }", "JumpIfNotNil LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(a) { if true { print(1) } }", "LoadInt CallBuiltin ReturnNil")]
    [InlineData("proc f(n) { while n > 0 { n -= 1 } }", "Jump LoopHead SubInt JumpGtInt ReturnNil")]
    [InlineData("proc f() { for i in 0..9 { print(i) } }", "LoadInt LoadInt ForPrep Move CallBuiltin ForLoop ReturnNil")]
    [InlineData("proc f(xs) { for x in xs { print(x) } }", "IterPrep Jump Move CallBuiltin ForEach ReturnNil")]
    [InlineData("proc f(a, b) { a, b = b, a }", "Move Move Move ReturnNil")]
    [InlineData("proc f(a) { a = a * 2 + a }", "MulInt Add ReturnNil")]
    [InlineData("proc f(a) { return a + 1.5 - 100000 }", "AddConst SubConst Return ReturnNil")]
    [InlineData("proc f() { return 2 * 3 + 4 }", "LoadInt Return ReturnNil")]
    [InlineData("proc f(a) { return a[0] + a[\"k\"] }", "GetIndexInt LoadConst GetIndex Add Return ReturnNil")]
    [InlineData("proc f(n: int) -> int { return n + 1 }", "CheckSlot AddInt Return ReturnNil")]
    [InlineData("proc f(n: float) -> float { return n * n / 2 }", "CheckSlot Mul DivInt Return ReturnNil")]
    [InlineData("proc f(n: i32) -> i32 { n = n + 1; return n }", "CheckSlot AddInt CheckSlot Return ReturnNil")]
    [InlineData("proc f(s: float, a) { s += a; s = s * a / a - a }", "CheckSlot Add Mul Div Sub ReturnNil")]
    [InlineData("proc f(s: float, a) { s = a * s }", "CheckSlot Mul CheckSlot Move ReturnNil")]
    [InlineData("proc f(s: float, a) { s = s & a }", "CheckSlot BitAnd CheckSlot Move ReturnNil")]
    [InlineData("struct P { x: float; y }\nproc f(p: P) { var d: float = p.x - p.y; var e: float = p.y }",
        "CheckSlot GetField GetField Sub GetField CheckSlot ReturnNil")]
    [InlineData("struct P { x: f32 }\nproc f(p: P?, q) { var d: f32 = p.x; d = q.x }",
        "CheckSlot GetField GetField CheckSlot Move ReturnNil")]
    [InlineData("proc f(n: int) { n = host }", "CheckSlot GetExternal CheckSlot Move ReturnNil")]
    [InlineData("proc f() { var x: float = 3; var y: u8 = 300; return y }", "LoadConst LoadInt Return ReturnNil")]
    [InlineData("proc f(n) { var xs: [float] = [0.0] * n }", "LoadConst NewList Mul SetElementType ReturnNil")]
    [InlineData("proc f() { var xs: [int] }", "NewTyped ReturnNil")]
    [InlineData("proc f(x) { return x?.a.b }", "JumpIfNil GetField GetField Jump LoadNil Return ReturnNil")]
    [InlineData("proc f(x) { return x ?? 1 }", "Move JumpIfNotNil LoadInt Return ReturnNil")]
    [InlineData("proc f(x) { x ??= 1 }", "JumpIfNotNil LoadInt ReturnNil")]
    [InlineData("proc f(x) { x.a += 1 }", "GetField AddInt SetField ReturnNil")]
    [InlineData("proc f(p = 1) { }", "JumpIfSet LoadInt ReturnNil")]
    [InlineData("proc f() { return g(2, a: 1) }\nproc g(a, b = 3, c = 4) { }", null)]
    public void A_proc_becomes_these_instructions(string source, string? expected)
    {
        if (expected is null)
        {
            TestCompiler.Codes(source).ShouldBe(["1: LY1204"]);
            return;
        }

        Operations(TestCompiler.Proc(TestCompiler.Compile(source), "f")).ShouldBe(expected);
    }

    [Fact]
    public void A_call_of_a_declared_proc_has_its_arguments_in_the_parameters_order()
    {
        Prototype f = TestCompiler.Proc(TestCompiler.Compile("proc f() { return g(c: 1, a: 2) }\nproc g(a, b = 3, c = 4, ...r) { }"), "f");
        Operations(f).ShouldBe("LoadInt LoadInt LoadUnset NewList CallProc Return ReturnNil");
        f.Code[0].A.ShouldBe((ushort)3);
        f.Code[1].A.ShouldBe((ushort)1);
        f.Code[4].C.ShouldBe((ushort)4);
    }

    [Fact]
    public void Captured_variables_are_copied_unless_they_change()
    {
        Operations(TestCompiler.Proc(TestCompiler.Compile("proc f(a) { return () => a }"), "<lambda>"))
            .ShouldBe("GetCapture Return ReturnNil");
        CompiledModule changing = TestCompiler.Compile("proc f(a) { a = 2; return () => a }");
        Operations(TestCompiler.Proc(changing, "f")).ShouldBe("NewUpvalue LoadInt StoreUpvalue NewClosure Return ReturnNil");
        Operations(TestCompiler.Proc(changing, "<lambda>")).ShouldBe("GetUpvalue Return ReturnNil");
    }

    [Fact]
    public void A_nested_proc_that_is_used_before_its_line_is_made_at_the_start_of_its_block()
    {
        Prototype f = TestCompiler.Proc(TestCompiler.Compile("proc f() { var r = g(); var n = 1; proc g() { return n } ; return r }"), "f");
        Operations(f).ShouldBe("NewUnsetUpvalue NewClosure Move Call LoadInt StoreUpvalue Return ReturnNil");
    }

    [Fact]
    public void A_proc_that_names_itself_finds_itself_in_an_upvalue()
    {
        CompiledModule module = TestCompiler.Compile("proc f() { proc g() { return g }; return g }");
        Operations(TestCompiler.Proc(module, "f")).ShouldBe("NewUnsetUpvalue NewClosure StoreUpvalue LoadUpvalue Return ReturnNil");
    }

    [Fact]
    public void Many_literal_arms_become_a_table()
    {
        Prototype f = TestCompiler.Proc(TestCompiler.Compile(
            "proc f(x) { return match x { 1 => \"a\", 2 | 3 => \"b\", \"s\" => \"c\", 1 => \"never\", _ => nil } }"), "f");
        f.Code[0].Op.ShouldBe(Opcode.Switch);
        SwitchTable table = f.SwitchTables[0];
        table.Cases.Length.ShouldBe(4);
        f.Code[table.Cases[0].Value].Op.ShouldBe(Opcode.LoadConst);
    }

    [Theory]
    [InlineData("1.5 => 1, 2.5 => 2, 5.0 => 5, -0.0 => 0, 5 => \"never\"", 4)]
    [InlineData("1 as a => a, 2 | 3 as b => b, \"s\" as c => c", 4)]
    [InlineData("1 if y => 1, 2 if y => 2, 1 => 3, 3 if y => 4, 4 => 5", 4)]
    public void Float_named_and_guarded_literal_arms_become_a_table(string arms, int keys)
    {
        Prototype f = TestCompiler.Proc(TestCompiler.Compile($"proc f(x, y) {{ return match x {{ {arms}, _ => nil }} }}"), "f");
        f.Code[0].Op.ShouldBe(Opcode.Switch);
        f.SwitchTables[f.Code[0].Wide].Cases.Length.ShouldBe(keys);
    }

    [Fact]
    public void A_failed_arm_guard_leads_to_the_next_arm_with_the_literal()
    {
        Prototype f = TestCompiler.Proc(
            TestCompiler.Compile("proc f(x, y) { return match x { 1 if y => 1, 2 => 2, 3 => 3, 1.0 => 4, _ => nil } }"), "f");
        f.SwitchTables[1].Cases.ShouldHaveSingleItem().Value.ShouldBe(LandsAt(f, 4));
    }

    [Fact]
    public void The_type_of_the_subject_chooses_among_structural_arms()
    {
        Prototype f = TestCompiler.Proc(
            TestCompiler.Compile("struct P { x }; proc f(v) { return match v { P{x} => x, [a] => a, (a, b) => b, [] => 0, _ => nil } }"),
            "f");
        Operations(f).ShouldStartWith("FindType Switch GetField Move Jump TestList JumpIfNot");
        f.SwitchTables[f.Code[1].Wide].Cases.Length.ShouldBe(3);
        f.Code.ShouldNotContain(i => i.Op == Opcode.TestType);
    }

    [Fact]
    public void A_literal_part_of_the_subject_chooses_among_arms_of_its_type()
    {
        Prototype f = TestCompiler.Proc(
            TestCompiler.Compile(
                "proc f(v) { return match v { (\"a\", x) => x, (\"b\" | \"c\", _) => 2, (\"d\",) => 3, (\"a\", x, y) => y, _ => nil } }"),
            "f");
        Operations(f).ShouldStartWith("FindType Switch Length JumpLeInt GetIndexInt Switch TestType JumpIf TestType JumpIf");
        f.SwitchTables[f.Code[5].Wide].Cases.Length.ShouldBe(4);
    }

    private static int LandsAt(Prototype f, int loaded) => System.Array.FindIndex(f.Code, i => i.Op == Opcode.LoadInt && i.Wide == loaded);

    [Fact]
    public void A_loop_that_made_its_iterator_closes_it_on_every_exit()
    {
        Prototype f = TestCompiler.Proc(TestCompiler.Compile("proc f(g) { for x in g() { if x { break }; return x } }"), "f");
        int closes = 0;
        foreach (Instruction instruction in f.Code)
        {
            closes += instruction.Op == Opcode.CloseIter ? 1 : 0;
        }

        closes.ShouldBe(2);
        f.Handlers.ShouldHaveSingleItem().Kind.ShouldBe(HandlerKind.CloseIterator);
        Prototype plain = TestCompiler.Proc(TestCompiler.Compile("proc f(xs: [int]) { for x in xs { break } }"), "f");
        plain.Handlers.ShouldBeEmpty();
    }

    [Fact]
    public void The_value_of_a_module_is_that_of_its_last_expression()
    {
        Operations(TestCompiler.Compile("var a = 1\na + 1").Main).ShouldEndWith("GetModule AddInt Return");
        Operations(TestCompiler.Compile("var a = 1").Main).ShouldEndWith("SetModule ReturnNil");
    }

    [Fact]
    public void Costs_are_those_of_the_code_before_the_passes()
    {
        const string Source = "proc f(n) { while n > 0 { if n == 3 { continue }; n -= 1; if n == 9 { break } } return 1 }";
        Prototype plain = TestCompiler.Proc(TestCompiler.Compile(Source, 0), "f");
        for (int level = 1; level <= 3; level++)
        {
            Prototype passed = TestCompiler.Proc(TestCompiler.Compile(Source, level), "f");
            passed.EntryCost.ShouldBe(plain.EntryCost);
            passed.Loops[0].Cost.ShouldBe(plain.Loops[0].Cost);
            if (level >= 2)
            {
                passed.Code.Length.ShouldBeLessThan(plain.Code.Length);
            }
        }
    }

    internal static string Operations(Prototype prototype)
    {
        List<string> names = [];
        foreach (Instruction instruction in prototype.Code)
        {
            names.Add(instruction.Op.ToString());
        }

        return string.Join(' ', names);
    }
}
