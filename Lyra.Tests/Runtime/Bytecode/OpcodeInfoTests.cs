using System;
using System.Collections.Generic;
using System.Reflection;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

public class OpcodeInfoTests
{
    private const OpTraits Effects =
        OpTraits.MayThrow | OpTraits.MayCall | OpTraits.Allocates | OpTraits.ReadsHeap | OpTraits.WritesHeap;

    [Fact]
    public void Every_row_is_at_its_opcode()
    {
        OpcodeInfo[] table = OpcodeInfo.Table;
        table.Length.ShouldBe(OpcodeInfo.Count);
        for (int i = 0; i < table.Length; i++)
        {
            ((int)table[i].Opcode).ShouldBe(i);
            table[i].Mnemonic.ShouldBe(((Opcode)i).ToString());
        }

        OpcodeInfo.IsDefined((Opcode)OpcodeInfo.Count).ShouldBeFalse();
    }

    [Fact]
    public void Every_column_is_that_of_the_attribute()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            OpAttribute attribute = typeof(Opcode).GetField(row.Mnemonic)!.GetCustomAttribute<OpAttribute>()!;
            row.Operands.ShouldBe(attribute.Operands);
            row.Traits.ShouldBe(attribute.Traits);
            row.Meaning.ShouldBe(attribute.Meaning);
            row.Plain.ShouldBe(attribute.Plain == Opcode.Nop ? row.Opcode : attribute.Plain);
            row.Negation.ShouldBe(attribute.Negation);
            row.Hook.ShouldBe(OpcodeInfo.Of(row.Plain).Opcode == row.Opcode ? attribute.Hook : OpcodeInfo.Of(row.Plain).Hook);
        }
    }

    [Fact]
    public void Reading_a_row_allocates_nothing()
    {
        OpcodeInfo.Of(Opcode.JumpLtInt).Compares.ShouldBeTrue();
        long before = GC.GetAllocatedBytesForCurrentThread();
        OpcodeInfo row = OpcodeInfo.Of(Opcode.JumpLtInt);
        bool isAsExpected =
            row is { A: OperandKind.Read, B: OperandKind.Immediate, C: OperandKind.Jump, Plain: Opcode.Lt, Hook: StructHook.Less }
            && row is { Negation: Opcode.JumpNotLtInt, MayThrow: true, Ends: false };
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        isAsExpected.ShouldBeTrue();
    }

    [Fact]
    public void A_plain_form_works_on_registers_and_is_its_own_plain_form()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            OpcodeInfo plain = OpcodeInfo.Of(row.Plain);
            plain.Plain.ShouldBe(row.Plain, row.Mnemonic);
            plain.Has(OpTraits.Negates).ShouldBeFalse(row.Mnemonic);
            if (row.Plain != row.Opcode)
            {
                plain.Operands.ShouldBe("w r r", row.Mnemonic);
                (row.Traits & Effects & ~plain.Traits).ShouldBe(OpTraits.None, row.Mnemonic);
            }
        }
    }

    [Fact]
    public void Negations_come_in_pairs()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if (row.Negation == Opcode.Nop)
            {
                continue;
            }

            OpcodeInfo negation = OpcodeInfo.Of(row.Negation);
            negation.Negation.ShouldBe(row.Opcode);
            negation.Operands.ShouldBe(row.Operands);
            (negation.Traits ^ row.Traits).ShouldBe(row.Plain == row.Opcode ? OpTraits.None : OpTraits.Negates, row.Mnemonic);
            if (row.Compares)
            {
                negation.Plain.ShouldBe(row.Plain);
            }
        }
    }

    [Fact]
    public void Every_conditional_jump_on_a_register_but_that_of_arguments_has_a_negation()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            bool isConditional = row.A == OperandKind.Read && (row.B == OperandKind.WideJump || row.C == OperandKind.Jump);
            (row.Negation != Opcode.Nop).ShouldBe(isConditional && row.Opcode != Opcode.JumpIfSet, row.Mnemonic);
        }
    }

    [Fact]
    public void Constant_instructions_have_no_effects_and_read_no_registers()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if (row.Has(OpTraits.Constant))
            {
                row.Traits.ShouldBe(OpTraits.Constant, row.Mnemonic);
                row.A.ShouldBe(OperandKind.Write, row.Mnemonic);
                (row.B.IsRegister() || row.C.IsRegister()).ShouldBeFalse(row.Mnemonic);
            }
        }
    }

    [Fact]
    public void Every_row_has_one_sentence()
    {
        HashSet<string> seen = [];
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            row.Meaning.ShouldEndWith(".", customMessage: row.Mnemonic);
            char.IsAsciiLetterUpper(row.Meaning[0]).ShouldBeTrue(row.Mnemonic);
            seen.Add(row.Meaning).ShouldBeTrue($"{row.Mnemonic} has the sentence of another row");
        }
    }

    [Fact]
    public void Every_operand_kind_is_used_by_a_row_or_reserved()
    {
        HashSet<OperandKind> used = [OperandKind.Builtin, OperandKind.WideBuiltin, OperandKind.WideModuleVariable];
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            used.UnionWith([row.A, row.B, row.C]);
        }

        foreach (OperandKind kind in Enum.GetValues<OperandKind>())
        {
            used.ShouldContain(kind);
        }
    }

    [Fact]
    public void Registers_are_in_fields_that_can_be_decoded()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            bool needsCount = row.A is OperandKind.WriteRange || row.A.IsCallWindow()
                || row.B is OperandKind.ReadRange or OperandKind.ReadPairs;
            (row.C == OperandKind.Number || !needsCount).ShouldBeTrue($"{row.Mnemonic} has no count at C");
            (row.B is OperandKind.ReadRange or OperandKind.ReadPairs && row.A != OperandKind.Write).ShouldBeFalse(row.Mnemonic);
            (row.C == OperandKind.ReadPrefix && row.A != OperandKind.Write).ShouldBeFalse(row.Mnemonic);
        }
    }

    [Fact]
    public void Every_opcode_with_a_target_is_declared_as_a_jump()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            bool hasTarget = row.B is OperandKind.WideJump or OperandKind.SwitchTable || row.C == OperandKind.Jump;
            if (hasTarget)
            {
                row.Jumps.ShouldBeTrue(row.Mnemonic);
            }

            if (row.Ends)
            {
                row.Jumps.ShouldBeTrue($"{row.Mnemonic} ends without going elsewhere");
            }

            (row.B == OperandKind.Loop || row.A == OperandKind.Loop).ShouldBe(row.IsBackEdge, row.Mnemonic);
        }
    }

    [Fact]
    public void Every_opcode_that_may_run_script_code_may_throw()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if (row.Has(OpTraits.MayCall))
            {
                row.MayThrow.ShouldBeTrue(row.Mnemonic);
            }

            if (row.A.IsCallWindow() && row.Opcode != Opcode.Spawn)
            {
                row.Has(OpTraits.MayCall).ShouldBeTrue(row.Mnemonic);
            }
        }
    }

    [Theory]
    [InlineData(nameof(Opcode.ForPrep), nameof(Opcode.ForPrepInclusive))]
    [InlineData(nameof(Opcode.NewRange), nameof(Opcode.NewRangeInclusive))]
    public void Inclusive_forms_differ_in_nothing_else(string exclusive, string inclusive)
    {
        OpcodeInfo one = OpcodeInfo.Of(Enum.Parse<Opcode>(exclusive));
        OpcodeInfo other = OpcodeInfo.Of(Enum.Parse<Opcode>(inclusive));
        one.Operands.ShouldBe(other.Operands);
        one.Traits.ShouldBe(other.Traits);
    }

    [Fact]
    public void Jump_targets_are_relative_to_the_next_instruction()
    {
        OpcodeInfo.Of(Opcode.Jump).JumpTarget(new Instruction(Opcode.Jump, 0, -3), 10).ShouldBe(8);
        OpcodeInfo.Of(Opcode.JumpEq).JumpTarget(new Instruction(Opcode.JumpEq, 0, 0, -2), 5).ShouldBe(4);
        OpcodeInfo.Of(Opcode.Move).JumpTarget(new Instruction(Opcode.Move, 0, 1, 0), 5).ShouldBe(-1);
        OpcodeInfo.Of(Opcode.Jump).JumpTarget(new Instruction(Opcode.Jump, 0, int.MaxValue), 10).ShouldBe(int.MaxValue);
        OpcodeInfo.Of(Opcode.Jump).JumpTarget(new Instruction(Opcode.Jump, 0, int.MinValue), 10).ShouldBe(int.MaxValue);
    }
}
