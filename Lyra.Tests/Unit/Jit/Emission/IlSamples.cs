using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Lyra.Jit.Tiering;

namespace Lyra.Tests.Unit.Jit.Emission;

/// <summary>Small right methods: what replay, the printer and the check are tried on.</summary>
internal static class IlSamples
{
    private static readonly IlArgument Data = new(0);
    private static readonly IlArgument First = new(1);

    /// <summary>0 + 1 + … up to below the argument.</summary>
    public static IlBuffer SumBelow()
    {
        IlBuffer il = new(new([typeof(RegionData), typeof(long)], typeof(long)));
        IlLocal sum = il.DeclareLocal(typeof(long), "sum");
        IlLocal i = il.DeclareLocal(typeof(long), "i");
        IlLabel test = il.DefineLabel();
        IlLabel body = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I8, 0L);
        il.Emit(OpCodes.Stloc, sum);
        il.Emit(OpCodes.Ldc_I4, 0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Stloc, i);
        il.Emit(OpCodes.Br, test);
        il.MarkLabel(body);
        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, sum);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldc_I8, 1L);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, i);
        il.MarkLabel(test);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Blt, body);
        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>The Fibonacci number, by calling itself.</summary>
    public static IlBuffer Fibonacci()
    {
        IlBuffer il = new(new([typeof(RegionData), typeof(long)], typeof(long)));
        IlLabel recurse = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldc_I8, 2L);
        il.Emit(OpCodes.Bge, recurse);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(recurse);
        EmitCallBelow(il, 1);
        EmitCallBelow(il, 2);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>The region's constant of an index.</summary>
    public static IlBuffer ConstantAt()
    {
        IlBuffer il = new(new([typeof(RegionData), typeof(int)], typeof(object)));
        il.Emit(OpCodes.Ldarg, Data);
        il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Ret);
        return il;
    }

    private static void EmitCallBelow(IlBuffer il, long distance)
    {
        il.Emit(OpCodes.Ldarg, Data);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldc_I8, distance);
        il.Emit(OpCodes.Sub);
        il.EmitSelfCall();
    }
}
