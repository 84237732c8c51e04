using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Verification;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

public sealed class LargeSourceTests
{
    [Fact]
    public void Jumps_over_much_code_become_far_ones()
    {
        StringBuilder source = new("proc f(a) {\nfor i in 0..3 {\nif a < 1 {\n");
        for (int i = 0; i < 40_000; i++)
        {
            source.Append("a = a + 1\n");
        }

        source.Append("}\n}\nreturn a\n}");
        CompiledModule module = TestCompiler.Compile(source.ToString());
        BytecodeVerifier.Verify(module).ShouldBeNull();
        Prototype f = TestCompiler.Proc(module, "f");
        f.Code[f.Loops[0].BodyPc].Op.ShouldBe(Opcode.Jump);
    }

    [Fact]
    public void Fifty_thousand_statements_compile()
    {
        StringBuilder source = new();
        for (int i = 0; i < 50_000; i++)
        {
            source.Append("var v").Append(i).Append(" = ").Append(i).Append("\nprint(v").Append(i).Append(")\n");
        }

        CompiledModule module = TestCompiler.Compile(source.ToString(), 2);
        module.Variables.Length.ShouldBe(50_000);
        BytecodeVerifier.Verify(module).ShouldBeNull();
    }

    [Fact]
    public void A_hundred_thousand_arms_compile_to_one_table()
    {
        StringBuilder source = new("proc f(x) { return match x {\n");
        for (int i = 0; i < 100_000; i++)
        {
            source.Append(i).Append(" => ").Append(i).Append('\n');
        }

        source.Append("_ => nil\n} }");
        CompiledModule module = TestCompiler.Compile(source.ToString(), 2);
        TestCompiler.Proc(module, "f").SwitchTables[0].Cases.Length.ShouldBe(100_000);
        BytecodeVerifier.Verify(module).ShouldBeNull();
    }

    [Fact]
    public void Long_literals_need_few_registers()
    {
        StringBuilder source = new("var xs = [");
        for (int i = 0; i < 20_000; i++)
        {
            source.Append(i).Append(',');
        }

        source.Append("]\nvar m = {");
        for (int i = 0; i < 5_000; i++)
        {
            source.Append(i).Append(':').Append(i).Append(',');
        }

        source.Append("}\nvar s = \"");
        for (int i = 0; i < 1_000; i++)
        {
            source.Append("${m}-");
        }

        source.Append("\"\nvar t = (");
        for (int i = 0; i < 1_000; i++)
        {
            source.Append(i).Append(',');
        }

        source.Append(')');
        CompiledModule module = TestCompiler.Compile(source.ToString());
        module.Main.RegisterCount.ShouldBeLessThan(200);
        BytecodeVerifier.Verify(module).ShouldBeNull();
    }

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("[", "]", "1")]
    [InlineData("-", "", "1")]
    [InlineData("x => ", "", "x")]
    [InlineData("if 1 { ", " }", "1")]
    public void A_thousand_levels_of_nesting_compile(string open, string close, string inner)
    {
        StringBuilder source = new("var v = ");
        for (int i = 0; i < 1_000; i++)
        {
            source.Append(open);
        }

        source.Append(inner);
        for (int i = 0; i < 1_000; i++)
        {
            source.Append(close);
        }

        BytecodeVerifier.Verify(TestCompiler.Compile(source.ToString(), 2)).ShouldBeNull();
    }

    [Fact]
    public void A_long_sum_needs_one_register_more()
    {
        StringBuilder source = new("proc f(a) { return a");
        for (int i = 0; i < 20_000; i++)
        {
            source.Append(" + a");
        }

        source.Append(" }");
        TestCompiler.Proc(TestCompiler.Compile(source.ToString()), "f").RegisterCount.ShouldBe(2);
    }

    [Fact]
    public void A_proc_with_too_many_variables_is_an_error()
    {
        StringBuilder source = new("proc f(n) {\n");
        for (int i = 0; i < 66_000; i++)
        {
            source.Append("var v").Append(i).Append(" = n\n");
        }

        source.Append('}');
        TestCompiler.Codes(source.ToString()).ShouldBe(["1: LY1601"]);
    }
}
