using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Values;
using Lyra.Testing;
using Lyra.Tests.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Disassembly;

public class AssemblyRoundTripTests
{
    [Fact]
    public void Printed_values_read_back_equal()
    {
        CompiledModule module = SampleModules.ParseEverything();
        string text = Disassembler.Print(module, withSource: true);
        CompiledModule again = Assembler.Parse(text);
        ModuleComparer.ShouldEqual(again, module);
        Disassembler.Print(again, withSource: true).ShouldBe(text);
    }

    [Fact]
    public void A_proc_is_printed_as_in_its_module_with_the_procs_in_it()
    {
        CompiledModule module = SampleModules.ParseEverything();
        string all = Disassembler.Print(module);
        foreach (Prototype proc in module.Main.Children)
        {
            string text = Disassembler.PrintProc(module, proc);
            text.ShouldStartWith("proc ");
            all.ShouldContain(text);
            foreach (Prototype inner in proc.Children)
            {
                text.ShouldContain(Disassembler.PrintProc(module, inner));
            }
        }

        all.ShouldEndWith(Disassembler.PrintProc(module, module.Main));
    }

    [Fact]
    public void The_source_text_is_kept_to_the_letter()
    {
        const string Source = "print(1)\r\n  ; | x\r\n\r\nsource\n| \u2028 \ud800 ";
        CompiledModule sample = SampleModules.ParseEverything();
        CompiledModule module = new()
        {
            Source = new ScriptSource("s.lyra", Source),
            Main = sample.Main,
            Variables = sample.Variables,
            Externals = sample.Externals,
            Aliases = sample.Aliases,
            Enums = sample.Enums,
            Builtins = sample.Builtins,
        };
        Assembler.Parse(Disassembler.Print(module, withSource: true)).Source.Text.ShouldBe(Source);
        Assembler.Parse(Disassembler.Print(module)).Source.Text.ShouldBeEmpty();
    }

    [Fact]
    public void Every_opcode_reads_back_with_any_operands()
    {
        Random random = new(1);
        List<Instruction> code = [];
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            for (int i = 0; i < 20; i++)
            {
                Instruction instruction =
                    new(row.Opcode, Operand(random, row.A), row.B.IsWide() ? 0 : Operand(random, row.B), Operand(random, row.C));
                if (row.B.IsWide())
                {
                    instruction.Wide = row.B == OperandKind.WideJump ? -code.Count - 1 : random.Next(int.MinValue, int.MaxValue);
                }
                else if (row.C == OperandKind.Jump)
                {
                    instruction.C = (ushort)(short)random.Next(-Math.Min(code.Count, 30_000), 30_000);
                }

                code.Add(instruction);
            }
        }

        CompiledModule module = WithCode([.. code]);
        ModuleComparer.ShouldEqual(Assembler.Parse(Disassembler.Print(module)), module);
    }

    [Fact]
    public void The_text_is_readable()
    {
        CompiledModule module = Assembler.Parse("""
            module "area.lyra"
              variable m0 proc area pub
              builtin n0 print

            proc 0 <module> module
              registers 3
              cost 6
              constant k0 1.5
              code
                1:1   NewClosure r0, p0
                1:1   SetModule r0, m0
                2:7   LoadConst r1, k0
                2:12  LoadInt r2, 2
                2:7   CallProc r0, m0, 2
                2:1   Move r1, r0
                2:1   CallBuiltin r0, n0, 1
                2:1   ReturnNil

            proc 1 area normal in 0
              registers 3
              cost 2
              parameter w
              parameter h
              code
                1:27  JumpLtInt r0, 0, negative
                1:27  Mul r2, r0, r1
                1:19  Return r2
            negative:
                1:19  ReturnNil

            source
            | proc area(w, h) { return w * h }
            | print(area(1.5, 2))
            """);
        Disassembler.Print(module).ShouldBe("""
            module "area.lyra"
              variable m0 proc area pub
              builtin n0 print

            proc 0 <module> module
              registers 3
              cost 6
              constant k0 1.5
              code
            ;     1  proc area(w, h) { return w * h }
                  0  1:1     NewClosure        r0, p0               ; area
                  1  1:1     SetModule         r0, m0               ; area
            ;     2  print(area(1.5, 2))
                  2  2:7     LoadConst         r1, k0               ; 1.5
                  3  2:12    LoadInt           r2, 2
                  4  2:7     CallProc          r0, m0, 2            ; r0 := area(r1, r2)
                  5  2:1     Move              r1, r0
                  6  2:1     CallBuiltin       r0, n0, 1            ; r0 := print(r1)
                  7  2:1     ReturnNil

            proc 1 area normal in 0
              registers 3
              cost 2
              parameter w
              parameter h
              code
            ;     1  proc area(w, h) { return w * h }
                  0  1:27    JumpLtInt         r0, 0, L3
                  1  1:27    Mul               r2, r0, r1
                  2  1:19    Return            r2
            L3:
                  3  1:19    ReturnNil

            """);
    }

    [Fact]
    public void Unverified_modules_print_too()
    {
        CompiledModule module = WithCode(
        [
            new Instruction((Opcode)9999, 1, 2, 3),
            new Instruction(Opcode.CallProc, 7, 99, 60_000),
            new Instruction(Opcode.NewClosure, 7, -5),
            new Instruction(Opcode.Jump, 0, int.MinValue),
        ]);
        string text = Disassembler.Print(module);
        text.ShouldContain("not an instruction");
        text.ShouldContain("NewClosure");
    }

    [Theory]
    [InlineData("", "a module has a head")]
    [InlineData("module\nproc 0 a normal", "a name is missing")]
    [InlineData("module \"x\nproc 0 a normal", "'\"' is missing")]
    [InlineData("module x\nproc 1 a normal", "found 1, expected 0")]
    [InlineData("module x\nproc 0 a odd", "\"odd\" is not a kind of proc")]
    [InlineData("module x\nproc 0 a normal\ncode\nFly r1", "\"Fly\" is not an instruction")]
    [InlineData("module x\nproc 0 a normal\ncode\n7", "an instruction is missing")]
    [InlineData("module x\nproc 0 a normal\ncode\nMove r1", "',' is missing")]
    [InlineData("module x\nproc 0 a normal\ncode\nMove r1, k1", "\"k1\" is not an operand")]
    [InlineData("module x\nproc 0 a normal\ncode\nMove r1, r70000", "70000 does not fit")]
    [InlineData("module x\nproc 0 a normal\ncode\nMove r1, r2, r3", "expected the end of the line")]
    [InlineData("module x\nproc 0 a normal\ncode\nJump nowhere", "\"nowhere\" is not a label")]
    [InlineData("module x\nproc 0 a normal\ncode\na:\na:\n", "label a is defined twice")]
    [InlineData("module x\nproc 0 a normal\nconstant k0 1x", "\"1x\" is not a literal")]
    [InlineData("module x\nproc 0 a normal\nconstant k1 1", "found k1, expected k0")]
    [InlineData("module x\nproc 0 a normal\nconstant k0 \"\\q\"", "\\q is not an escape")]
    [InlineData("module x\nproc 0 a normal\ncase 1 L0", "\"case\" is not a row")]
    [InlineData("module x\nproc 0 a normal\nproc 1 b normal", "every other proc a parent before it")]
    public void Faults_name_line_and_cause(string text, string cause)
    {
        AssemblyException fault = Should.Throw<AssemblyException>(() => Assembler.Parse(text));
        fault.Message.ShouldStartWith("line ");
        fault.Message.ShouldContain(cause);
    }

    private static int Operand(Random random, OperandKind kind) =>
        kind is OperandKind.Unused or OperandKind.UpperHalf ? 0 : random.Next(0, ushort.MaxValue + 1);

    private static CompiledModule WithCode(Instruction[] code)
    {
        CompiledModule sample = SampleModules.ParseEverything();
        return new CompiledModule
        {
            Source = sample.Source,
            Variables = sample.Variables,
            Externals = sample.Externals,
            Aliases = sample.Aliases,
            Enums = sample.Enums,
            Builtins = sample.Builtins,
            Main = new Prototype
            {
                Name = "odd name",
                Kind = ProcKind.Async,
                Source = sample.Source,
                Code = code,
                Positions = new int[code.Length],
                Constants = [Value.Nil],
                Children = [],
                Parameters = [],
                Captures = [],
                RegisterCount = 1,
                Loops = [],
                Handlers = [],
                Sites = [],
                SlotTypes = [],
                CallDescriptors = [],
                SwitchTables = [],
                Structs = [],
                EntryCost = 0,
            },
        };
    }
}
