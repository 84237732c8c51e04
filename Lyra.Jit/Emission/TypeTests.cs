using System;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>
/// Type tests of references. That of a sealed class is one comparison in machine code, that of a base class a call which walks over the
/// base classes of the object; so tuples, whose class depends on their size, are tested by their type tag.
/// </summary>
internal static class TypeTests
{
    private static readonly MethodInfo TupleFrom = typeof(TupleObject).GetMethod(nameof(TupleObject.From))!;
    private static readonly MethodInfo GetTypeOf = typeof(object).GetMethod(nameof(GetType))!;
    private static readonly MethodInfo TypeOfToken = typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!;
    private static readonly MethodInfo AsInts = ((Func<object?, long[]?>)Unsafe.As<long[]>).Method;
    private static readonly MethodInfo AsBools = ((Func<object?, bool[]?>)Unsafe.As<bool[]>).Method;
    private static readonly MethodInfo AreSameType = typeof(Type).GetMethod("op_Equality")!;

    /// <summary>Replaces the reference on the stack by null if it is not an instance of a class.</summary>
    public static void EmitTypeTest(this IlBuffer il, Type type)
    {
        if (type == typeof(TupleObject))
        {
            il.Emit(OpCodes.Call, TupleFrom);
            return;
        }

        il.Emit(OpCodes.Isinst, type);
    }

    /// <summary>Replaces the object on the stack by whether it is an instance of exactly a class. This is one comparison as well.</summary>
    public static void EmitExactTest(this IlBuffer il, Type type)
    {
        il.Emit(OpCodes.Callvirt, GetTypeOf);
        il.Emit(OpCodes.Ldtoken, type);
        il.Emit(OpCodes.Call, TypeOfToken);
        il.Emit(OpCodes.Call, AreSameType);
    }

    /// <summary>
    /// The method that gives an object a type without a test, for an array type with variants: one of <c>long</c> accepts arrays of
    /// <c>ulong</c>, so that <see cref="EmitTypeTest"/> would be a call. <see cref="EmitExactTest"/> precedes it. Null for other types.
    /// </summary>
    public static MethodInfo? AsTested(Type array) => array == typeof(long[]) ? AsInts : array == typeof(bool[]) ? AsBools : null;

    /// <summary>Gives the reference on the stack, which is known to be an instance of a class, this type.</summary>
    public static void EmitCast(this IlBuffer il, Type type)
    {
        if (type == typeof(TupleObject))
        {
            il.Emit(OpCodes.Call, TupleFrom);
            return;
        }

        il.Emit(OpCodes.Castclass, type);
    }
}
