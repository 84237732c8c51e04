using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Lyra.Jit.Regions;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Jit.Emission;

/// <summary>Small valid methods for tests of replay, the printer and the check.</summary>
internal static class IlSamples
{
    private static readonly IlArgument Data = new(0);
    private static readonly IlArgument First = new(1);
    private static readonly IlArgument Second = new(2);
    private static readonly FieldInfo Bits = typeof(Value).GetField(nameof(Value.Bits))!;

    /// <summary>All samples, each with an argument for every parameter but the first, and with its result.</summary>
    public static IEnumerable<(string Name, IlBuffer Buffer, object?[] Arguments, object? Result)> All()
    {
        yield return ("sum", SumBelow(), [10L], 45L);
        yield return ("fibonacci", Fibonacci(), [20L], 6765L);
        yield return ("constant", ConstantAt(), [1], "two");
        yield return ("root", SquareRoot(), [2.25], 1.5);
        yield return ("double", DoubleAll(), [new long[] { 1, 2, 40 }, 2], 80L);
        yield return ("value", MakeValue(), [7L], 7L);
        yield return ("structs", SwapFields(), [Value.FromInt(5), new Value[2]], 5L);
        yield return ("choose", Choose(), [2], "two");
        yield return ("choose", Choose(), [9], "many");
        yield return ("boxes", BoxAndUnbox(), [6L], 6L);
        yield return ("merge", MergeObjects(), [true], "text");
        yield return ("wide", Wide(), [1L], 301L);
        yield return ("constants", AllConstants(), [], 6.0);
    }

    /// <summary>The sum of the ints from 0 up to, but not including, the argument.</summary>
    public static IlBuffer SumBelow()
    {
        IlBuffer il = Method(typeof(long), typeof(long));
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

    /// <summary>The Fibonacci number, computed recursively.</summary>
    public static IlBuffer Fibonacci()
    {
        IlBuffer il = Method(typeof(long), typeof(long));
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

    /// <summary>The region's constant at an index.</summary>
    public static IlBuffer ConstantAt()
    {
        IlBuffer il = Method(typeof(object), typeof(int));
        il.Emit(OpCodes.Ldarg, Data);
        il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldelem_Ref);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>A switch that returns the name of a small number.</summary>
    public static IlBuffer Choose()
    {
        IlBuffer il = Method(typeof(string), typeof(int));
        IlLabel[] cases = [il.DefineLabel(), il.DefineLabel(), il.DefineLabel()];
        string[] names = ["zero", "one", "two"];
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Switch, cases);
        il.Emit(OpCodes.Ldstr, "many");
        il.Emit(OpCodes.Ret);
        for (int i = 0; i < cases.Length; i++)
        {
            il.MarkLabel(cases[i]);
            il.Emit(OpCodes.Ldstr, names[i]);
            il.Emit(OpCodes.Ret);
        }

        return il;
    }

    /// <summary>Two classes that join at a label as their common base class.</summary>
    public static IlBuffer MergeObjects()
    {
        IlBuffer il = Method(typeof(string), typeof(bool));
        IlLabel other = il.DefineLabel();
        IlLabel join = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Brfalse, other);
        il.Emit(OpCodes.Ldstr, "text");
        il.Emit(OpCodes.Br, join);
        il.MarkLabel(other);
        il.Emit(OpCodes.Newobj, typeof(RegionData).GetConstructor([])!);
        il.MarkLabel(join);
        il.Emit(OpCodes.Callvirt, typeof(object).GetMethod(nameof(ToString))!);
        il.Emit(OpCodes.Ret);
        return il;
    }

    public static IlBuffer Method(Type result, params Type[] parameters) => new(new([typeof(RegionData), .. parameters], result));

    private static void EmitCallBelow(IlBuffer il, long distance)
    {
        il.Emit(OpCodes.Ldarg, Data);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldc_I8, distance);
        il.Emit(OpCodes.Sub);
        il.EmitSelfCall();
    }

    private static IlBuffer SquareRoot()
    {
        IlBuffer il = Method(typeof(double), typeof(double));
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Call, typeof(Math).GetMethod(nameof(Math.Sqrt))!);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>Doubles each element of an array and returns the one at an index.</summary>
    private static IlBuffer DoubleAll()
    {
        IlBuffer il = Method(typeof(long), typeof(long[]), typeof(int));
        IlLocal i = il.DeclareLocal(typeof(int), "i");
        IlLabel next = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldlen);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Stloc, i);
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldc_I4, 1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, i);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Ldelema, typeof(long));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldind_I8);
        il.Emit(OpCodes.Ldc_I4, 1);
        il.Emit(OpCodes.Shl);
        il.Emit(OpCodes.Stind_I8);
        il.Emit(OpCodes.Ldloc, i);
        il.Emit(OpCodes.Brtrue, next);
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Ldarg, Second);
        il.Emit(OpCodes.Ldelem_I8);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>Calls a method that returns a struct, and reads a field of the struct by address.</summary>
    private static IlBuffer MakeValue()
    {
        IlBuffer il = Method(typeof(long), typeof(long));
        IlLocal made = il.DeclareLocal(typeof(Value), "made");
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Call, typeof(Value).GetMethod(nameof(Value.FromInt))!);
        il.Emit(OpCodes.Stloc, made);
        il.Emit(OpCodes.Ldloca, made);
        il.Emit(OpCodes.Ldfld, Bits);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>
    /// Writes a struct field by field into the first element of an array, copies that element to the second and reads it.
    /// </summary>
    private static IlBuffer SwapFields()
    {
        FieldInfo reference = typeof(Value).GetField(nameof(Value.Ref))!;
        IlBuffer il = Method(typeof(long), typeof(Value), typeof(Value[]));
        foreach (FieldInfo field in new[] { reference, Bits })
        {
            il.Emit(OpCodes.Ldarg, Second);
            il.Emit(OpCodes.Ldc_I4, 0);
            il.Emit(OpCodes.Ldelema, typeof(Value));
            il.Emit(OpCodes.Ldarga, First);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldarg, Second);
        il.Emit(OpCodes.Ldc_I4, 1);
        il.Emit(OpCodes.Ldelema, typeof(Value));
        il.Emit(OpCodes.Ldarg, Second);
        il.Emit(OpCodes.Ldc_I4, 0);
        il.Emit(OpCodes.Ldelem, typeof(Value));
        il.Emit(OpCodes.Stobj, typeof(Value));
        il.Emit(OpCodes.Ldarg, Second);
        il.Emit(OpCodes.Ldc_I4, 1);
        il.Emit(OpCodes.Ldelem, typeof(Value));
        il.Emit(OpCodes.Ldfld, Bits);
        il.Emit(OpCodes.Ret);
        return il;
    }

    private static IlBuffer BoxAndUnbox()
    {
        IlBuffer il = Method(typeof(long), typeof(long));
        IlLocal boxed = il.DeclareLocal(typeof(object), "boxed");
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Box, typeof(long));
        il.Emit(OpCodes.Stloc, boxed);
        il.Emit(OpCodes.Ldloc, boxed);
        il.Emit(OpCodes.Isinst, typeof(IComparable));
        il.Emit(OpCodes.Castclass, typeof(object));
        il.Emit(OpCodes.Unbox_Any, typeof(long));
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>More locals than a short form can name.</summary>
    private static IlBuffer Wide()
    {
        IlBuffer il = Method(typeof(long), typeof(long));
        IlLocal last = il.DeclareLocal(typeof(long));
        il.Emit(OpCodes.Ldarg, First);
        il.Emit(OpCodes.Stloc, last);
        for (int i = 0; i < 300; i++)
        {
            IlLocal local = il.DeclareLocal(typeof(long));
            il.Emit(OpCodes.Ldloc, last);
            il.Emit(OpCodes.Ldc_I4, 1);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, local);
            last = local;
        }

        il.Emit(OpCodes.Ldloca, last);
        il.Emit(OpCodes.Ldind_I8);
        il.Emit(OpCodes.Ret);
        return il;
    }

    /// <summary>Int constants of each encoding, summed with their negations, and a few more opcodes whose size must not change.</summary>
    private static IlBuffer AllConstants()
    {
        IlBuffer il = Method(typeof(double));
        int[] constants = [-1, 0, 1, 8, 9, -2, 127, 128, -128, -129, int.MaxValue, int.MinValue];
        il.Emit(OpCodes.Ldc_I4, 0);
        foreach (int constant in constants)
        {
            il.Emit(OpCodes.Ldc_I4, constant);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldc_I4, constant);
            il.Emit(OpCodes.Sub);
        }

        il.Emit(OpCodes.Conv_R8);
        il.Emit(OpCodes.Ldc_R8, 6.0);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
        return il;
    }
}
