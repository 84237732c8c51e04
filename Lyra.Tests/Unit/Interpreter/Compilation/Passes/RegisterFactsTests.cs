using System;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.Compilation.Passes;

public sealed class RegisterFactsTests
{
    private const string RegisterLetters = "wruRPOWVXQ23he45";

    [Fact]
    public void The_letters_are_those_of_the_opcode_table()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            string letters = row.Operands.Replace(" ", "", StringComparison.Ordinal).PadRight(3, '-');
            string expected = string.Concat(Array.ConvertAll(letters.ToCharArray(), static c => RegisterLetters.Contains(c) ? c : '-'));
            RegisterFacts.Letters(row.Opcode).ShouldBe(expected, row.Mnemonic);
        }
    }

    [Fact]
    public void Reads_and_writes_agree_with_what_the_verifier_goes_by()
    {
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            Instruction instruction = new(row.Opcode, 3, row.B.IsRegister() ? 5 : 0, row.C.IsWide() ? 0 : 2);
            for (int register = 0; register < 16; register++) Compare(instruction, register, row.Mnemonic);
        }
    }

    private static void Compare(in Instruction instruction, int register, string mnemonic)
    {
        string place = $"{mnemonic} r{register}";
        Span<RegisterSpan> spans = stackalloc RegisterSpan[RegisterUse.MaxSpans];
        int count = RegisterUse.Reads(instruction, spans);
        bool reads = Contains(spans[..count], register);
        int clobbered = RegisterUse.ClobbersFrom(instruction);
        bool overwrites = Contains([RegisterUse.Writes(instruction)], register) || (clobbered >= 0 && register >= clobbered);

        (RegisterFacts.ReadsPlainly(instruction, register) || RegisterFacts.ReadsOtherwise(instruction, register)).ShouldBe(reads, place);
        RegisterFacts.Overwrites(instruction, register).ShouldBe(overwrites, place);
        RegisterFacts.IsLoopVariable(instruction, register).ShouldBe(Contains([RegisterUse.LoopVariables(instruction)], register), place);
    }

    private static bool Contains(ReadOnlySpan<RegisterSpan> spans, int register)
    {
        foreach (RegisterSpan span in spans)
        {
            if (register >= span.First && register < span.End) return true;
        }

        return false;
    }
}
