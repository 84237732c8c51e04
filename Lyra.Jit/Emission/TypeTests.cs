using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>
/// Type tests of references. That of a sealed class is one comparison in machine code, that of a base class a call which walks over the
/// base classes of the object; so tuples, whose class depends on their size, are tested by their type tag.
/// </summary>
internal static class TypeTests
{
    private static readonly MethodInfo TupleFrom = typeof(TupleObject).GetMethod(nameof(TupleObject.From))!;

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
