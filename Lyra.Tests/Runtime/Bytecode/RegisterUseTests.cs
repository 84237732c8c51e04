using System;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Bytecode;

public sealed class RegisterUseTests
{
    [Fact]
    public void Questions_about_one_register_agree_with_the_spans()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            Instruction instruction = new(row.Opcode, 3, row.B.IsRegister() ? 5 : 0, row.C.IsWide() ? 0 : 2);
            for (int register = 0; register < 16; register++)
            {
                Compare(instruction, register, row.Mnemonic);
            }
        }
    }

    [Theory]
    [InlineData(nameof(Opcode.Add), 5, true, false)]
    [InlineData(nameof(Opcode.Add), 3, false, false)]
    [InlineData(nameof(Opcode.CheckSlot), 3, false, true)]
    [InlineData(nameof(Opcode.Call), 4, false, true)]
    [InlineData(nameof(Opcode.NewList), 6, false, true)]
    [InlineData(nameof(Opcode.MakeStruct), 1, false, true)]
    [InlineData(nameof(Opcode.ForLoop), 4, false, true)]
    [InlineData(nameof(Opcode.ForLoop), 5, false, false)]
    public void A_register_is_read_alone_or_in_a_group(string opcode, int register, bool alone, bool inGroup)
    {
        Instruction instruction = new(Enum.Parse<Opcode>(opcode), 3, 5, 2);
        RegisterUse.ReadsAlone(instruction, register).ShouldBe(alone);
        RegisterUse.ReadsInGroup(instruction, register).ShouldBe(inGroup);
    }

    private static void Compare(in Instruction instruction, int register, string mnemonic)
    {
        string place = $"{mnemonic} r{register}";
        Span<RegisterSpan> spans = stackalloc RegisterSpan[RegisterUse.MaxSpans];
        int count = RegisterUse.Reads(instruction, spans);
        bool reads = false;
        foreach (RegisterSpan span in spans[..count])
        {
            reads |= span.Contains(register);
        }

        (RegisterUse.ReadsAlone(instruction, register) || RegisterUse.ReadsInGroup(instruction, register)).ShouldBe(reads, place);
        int clobbered = RegisterUse.ClobbersFrom(instruction);
        bool overwrites = RegisterUse.Writes(instruction).Contains(register) || (clobbered >= 0 && register >= clobbered);
        RegisterUse.Overwrites(instruction, register).ShouldBe(overwrites, place);
    }
}
