using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Lyra.Jit.Regions;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

public sealed class IlTextTests
{
    [Fact]
    public void A_loop_is_printed_with_labels_offsets_and_names()
    {
        IlText.Print(IlSamples.SumBelow()).ShouldBe("""
            long (RegionData, long)  // 43 bytes, 19 instructions, 4 blocks, 10 local references
                local long sum
                local long i
                0000  ldc.i8     0
                0009  stloc      sum
                000a  ldc.i4     0
                000b  conv.i8
                000c  stloc      i
                000d  br         L0
            L1:
                0012  ldloc      sum
                0013  ldloc      i
                0014  add
                0015  stloc      sum
                0016  ldloc      i
                0017  ldc.i8     1
                0020  add
                0021  stloc      i
            L0:
                0022  ldloc      i
                0023  ldarg      arg1
                0024  blt        L1
                0029  ldloc      sum
                002a  ret

            """);
    }

    [Fact]
    public void Operands_of_each_kind_are_printed()
    {
        IlBuffer il = IlSamples.Method(typeof(void), typeof(System.Func<int, string[]>));
        IlLocal unnamed = il.DeclareLocal(typeof(Value));
        IlLocal twice = il.DeclareLocal(typeof(long), "x");
        IlLocal again = il.DeclareLocal(typeof(nint), "x");
        IlLabel[] labels = [il.DefineLabel(), il.DefineLabel()];
        il.Emit(OpCodes.Ldloca, unnamed);
        il.Emit(OpCodes.Stloc, twice);
        il.Emit(OpCodes.Stloc, again);
        il.Emit(OpCodes.Ldc_R8, 0.1);
        il.Emit(OpCodes.Ldstr, "a\"b\n\u0001");
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Ldfld, typeof(Value).GetField(nameof(Value.Bits))!);
        il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
        il.Emit(OpCodes.Call, typeof(long).GetMethod(nameof(long.TryParse), [typeof(string), typeof(long).MakeByRefType()])!);
        il.Emit(OpCodes.Isinst, typeof(Value[]));
        il.EmitSelfCall();
        string text = IlText.Print(il);

        text.ShouldStartWith("void (RegionData, Func<int, string[]>)  // ");
        foreach (string expected in new[]
        {
            "ldloca     v0\n", "stloc      x.1\n", "stloc      x.2\n", "ldc.r8     0.1\n", "ldstr      \"a\\u0022b\\u000a\\u0001\"\n",
            "switch     L0, L1\n",
            "ldfld      Value.Bits\n", "newobj     Value(object, long)\n", "call       long.TryParse(string, ref long)\n",
            "isinst     Value[]\n",
            "call       self\n",
        })
        {
            text.ShouldContain(expected);
        }
    }
}
