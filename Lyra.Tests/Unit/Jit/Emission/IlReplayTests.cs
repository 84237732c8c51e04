using System;
using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Lyra.Jit.Tiering;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Jit.Emission;

public sealed class IlReplayTests
{
    private delegate long Unary(long value);

    [Fact]
    public void ALoopRuns()
    {
        RunUnary(IlSamples.SumBelow(), 10).ShouldBe(45);
    }

    [Fact]
    public void ACallOfItselfRuns()
    {
        RunUnary(IlSamples.Fibonacci(), 20).ShouldBe(6765);
    }

    [Fact]
    public void TheRegionsDataIsTheFirstArgument()
    {
        RegionData data = new() { Constants = ["one", "two"] };
        Func<int, object?> constant = (Func<int, object?>)IlReplay.CreateDelegate(IlSamples.ConstantAt(), "constant", typeof(Func<int, object?>), data);
        constant(1).ShouldBe("two");
    }

    private static long RunUnary(IlBuffer buffer, long argument) =>
        ((Unary)IlReplay.CreateDelegate(buffer, "unary", typeof(Unary), new RegionData()))(argument);

    [Fact]
    public void AnOpcodeWithTheWrongKindOfOperandIsRefused()
    {
        IlBuffer buffer = new(new([typeof(RegionData)], typeof(void)));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldc_I4, 1L)).Message.ShouldContain("'ldc.i4' does not take an operand of kind Long");
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldloc_0));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldarg, new IlArgument(1)));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Ldloc, new IlLocal(0)));
        Should.Throw<ArgumentException>(() => buffer.Emit(OpCodes.Br, new IlLabel(0)));
    }
}
