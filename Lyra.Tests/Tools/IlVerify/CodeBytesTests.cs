using System;
using System.Collections.Generic;
using System.Reflection;
using Lyra.IlVerify.Reports;
using Shouldly;
using Xunit;
using OpCode = Mono.Cecil.Cil.OpCode;
using OpCodes = Mono.Cecil.Cil.OpCodes;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Code that no assembler makes: its bytes are patched in the assembly.</summary>
public sealed class CodeBytesTests
{
    /// <summary>A number whose bytes are found nowhere else in the assembly.</summary>
    private const long Mark = 0x6B7A_1D2C_3F4E_5A69;

    [Fact]
    public void The_unchanged_code_is_valid() => Patched([]).ShouldBeEmpty();

    [Fact]
    public void An_undefined_opcode_is_reported()
    {
        foreach (byte[] opcode in Undefined())
        {
            Message message = Patched(opcode).ShouldHaveSingleItem(Convert.ToHexString(opcode));
            (message.Error, message.Offset, message.OpCode).ShouldBe((VerifierError.UnknownOpcode, 9, "0x" + Convert.ToHexString(opcode)));
        }
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x28)]
    [InlineData(0x38)]
    [InlineData(0x45)]
    [InlineData(0xFE)]
    public void Code_that_ends_inside_an_instruction_is_reported(byte opcode)
    {
        Message message = Patched([0x26, 0, 0, 0, 0, opcode]).ShouldHaveSingleItem();
        (message.Error, message.Offset).ShouldBe((VerifierError.MethodEnd, 14));
    }

    [Fact]
    public void A_branch_into_an_instruction_is_reported()
    {
        // br.s +1 enters the operand of the ldc.i4.s after it.
        Message message = Patched([0x26, 0x2B, 0x01, 0x1F]).ShouldHaveSingleItem();
        message.Error.ShouldBe(VerifierError.BadJumpTarget);
    }

    /// <summary>Verifies <c>ldc.i8; pop; nop; nop; ret</c> with other bytes after the first instruction.</summary>
    private static IReadOnlyList<Message> Patched(byte[] bytes)
    {
        byte[] image = Fixture.Assemble(new IlCase(null, "void()", $"ldc.i8 {Mark}; pop; nop; nop; ret; nop; ret"));
        int start = image.AsSpan().IndexOf(BitConverter.GetBytes(Mark)) + sizeof(long);
        bytes.CopyTo(image, start);
        return Fixture.Verify(image);
    }

    /// <summary>The encodings of one or two bytes that ECMA-335 gives no instruction.</summary>
    private static List<byte[]> Undefined()
    {
        HashSet<int> defined = [];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            OpCode code = (OpCode)field.GetValue(null)!;
            defined.Add((code.Size == 2 ? code.Op1 << 8 : 0) | code.Op2);
        }

        List<byte[]> undefined = [];
        for (int i = 0; i < 256; i++)
        {
            if (i != 0xFE && !defined.Contains(i))
            {
                undefined.Add([(byte)i]);
            }

            if (!defined.Contains(0xFE00 | i))
            {
                undefined.Add([0xFE, (byte)i]);
            }
        }

        undefined.Count.ShouldBeGreaterThan(200);
        return undefined;
    }
}
