using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Runtime.Bytecode;

public class OpcodeInfoTests
{
    [Fact]
    public void Every_row_is_at_its_opcode()
    {
        for (int i = 0; i < OpcodeInfo.Table.Length; i++)
        {
            ((int)OpcodeInfo.Table[i].Opcode).ShouldBe(i);
            OpcodeInfo.Table[i].Mnemonic.ShouldBe(((Opcode)i).ToString());
        }

        OpcodeInfo.IsDefined((Opcode)OpcodeInfo.Table.Length).ShouldBeFalse();
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
    public void Letters_and_kinds_map_to_each_other()
    {
        foreach (OperandKind kind in Enum.GetValues<OperandKind>())
        {
            if (kind == OperandKind.UpperHalf)
            {
                continue;
            }

            OperandKinds.TryParse(kind.Letter(), out OperandKind parsed).ShouldBeTrue();
            parsed.ShouldBe(kind);
        }

        OperandKinds.TryParse('?', out _).ShouldBeFalse();
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
    public void Registers_stand_where_they_can_be_decoded()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            bool needsCount = row.A is OperandKind.WriteRange || row.A.IsCallWindow() || row.B is OperandKind.ReadRange or OperandKind.ReadPairs;
            (row.C == OperandKind.Number || !needsCount).ShouldBeTrue($"{row.Mnemonic} has no count at C");
            (row.B is OperandKind.ReadRange or OperandKind.ReadPairs && row.A != OperandKind.Write).ShouldBeFalse(row.Mnemonic);
            (row.C == OperandKind.ReadPrefix && row.A != OperandKind.Write).ShouldBeFalse(row.Mnemonic);
        }
    }

    [Fact]
    public void Whoever_has_a_target_says_that_it_jumps()
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
    public void Whoever_may_run_script_code_may_throw()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if ((row.Effects & OpEffects.MayCall) != 0)
            {
                row.MayThrow.ShouldBeTrue(row.Mnemonic);
            }

            if (row.A.IsCallWindow() && row.Opcode != Opcode.Spawn)
            {
                ((row.Effects & OpEffects.MayCall) != 0).ShouldBeTrue(row.Mnemonic);
            }
        }
    }

    [Fact]
    public void Pairs_take_the_same_operands_and_have_the_same_effects()
    {
        (Opcode One, Opcode Other)[] pairs =
        [
            (Opcode.JumpIf, Opcode.JumpIfNot),
            (Opcode.JumpIfNil, Opcode.JumpIfNotNil),
            (Opcode.JumpEq, Opcode.JumpNe),
            (Opcode.JumpLt, Opcode.JumpNotLt),
            (Opcode.JumpLe, Opcode.JumpNotLe),
            (Opcode.JumpEqInt, Opcode.JumpNeInt),
            (Opcode.JumpLtInt, Opcode.JumpNotLtInt),
            (Opcode.JumpLeInt, Opcode.JumpNotLeInt),
            (Opcode.JumpGtInt, Opcode.JumpNotGtInt),
            (Opcode.JumpGeInt, Opcode.JumpNotGeInt),
            (Opcode.JumpEqConst, Opcode.JumpNeConst),
            (Opcode.ForPrep, Opcode.ForPrepInclusive),
            (Opcode.NewRange, Opcode.NewRangeInclusive),
        ];
        foreach ((Opcode one, Opcode other) in pairs)
        {
            OpcodeInfo.Of(one).Operands.ShouldBe(OpcodeInfo.Of(other).Operands);
            OpcodeInfo.Of(one).Effects.ShouldBe(OpcodeInfo.Of(other).Effects);
        }
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
