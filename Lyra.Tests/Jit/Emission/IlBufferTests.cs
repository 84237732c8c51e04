using System;
using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

public sealed class IlBufferTests
{
    [Fact]
    public void A_loop_is_counted()
    {
        IlBuffer il = IlSamples.SumBelow();
        il.InstructionCount.ShouldBe(19);
        il.LocalCount.ShouldBe(2);
        il.LocalReferenceCount.ShouldBe(10);
        il.BlockCount.ShouldBe(4);
        il.LabelCount.ShouldBe(2);
        il.ByteCount.ShouldBe(9 + 1 + 1 + 1 + 1 + 5 + 4 + 1 + 9 + 1 + 1 + 1 + 1 + 5 + 2);
        il.ExceedsOptimizerCaps(out string what).ShouldBeFalse();
        what.ShouldBeEmpty();
    }

    [Fact]
    public void An_opcode_with_the_wrong_kind_of_operand_is_refused()
    {
        IlBuffer buffer = IlSamples.Method(typeof(void));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldc_I4, 1L))
            .Message.ShouldContain("'ldc.i4' has no operand of kind Long");
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldloc_0));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Br_S, buffer.DefineLabel()));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldtoken, typeof(long).GetField(nameof(long.MaxValue))!))
            .Message.ShouldContain("ldtoken");
        buffer.InstructionCount.ShouldBe(0);
    }

    [Fact]
    public void A_lease_of_another_buffer_is_refused()
    {
        IlBuffer buffer = IlSamples.Method(typeof(void));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldarg, new IlArgument(1))).Message.ShouldContain("has 1 parameters");
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldloc, new IlLocal(0))).Message.ShouldContain("Local 0 was not declared");
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Br, new IlLabel(0))).Message.ShouldContain("Label 0 was not defined");
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Switch, [new IlLabel(3)]));
    }

    [Fact]
    public void A_label_has_one_place()
    {
        IlBuffer buffer = IlSamples.Method(typeof(void));
        IlLabel label = buffer.DefineLabel();
        buffer.MarkLabel(label);
        Should.Throw<ArgumentException>(() => buffer.MarkLabel(label)).Message.ShouldContain("Label 0 is already placed");
    }

    [Fact]
    public void Each_cap_of_the_optimizer_is_named_once_it_is_exceeded()
    {
        Overflow(il => il.Emit(OpCodes.Ldarg, new IlArgument(0)), 8_001).ShouldBe("8001 references to locals, more than 8000");
        Overflow(il => il.Emit(OpCodes.Ldc_I4, 1000), 12_001).ShouldBe("60005 bytes of IL, more than 60000");
        Overflow(il => il.Emit(OpCodes.Ret), 2_001).ShouldBe("2001 blocks, more than 2000");
        Overflow(il => il.DeclareLocal(typeof(long)), 2_000).ShouldBe("2001 locals, more than 2000");
        Overflow(il => il.Emit(OpCodes.Nop), 20_001).ShouldBe("20001 IL instructions, more than 20000");
    }

    private static string Overflow(Action<IlBuffer> grow, int times)
    {
        IlBuffer buffer = IlSamples.Method(typeof(void));
        for (int i = 0; i < times; i++)
        {
            buffer.ExceedsOptimizerCaps(out string _).ShouldBeFalse();
            grow(buffer);
        }

        buffer.ExceedsOptimizerCaps(out string what).ShouldBeTrue();
        return what;
    }
}
