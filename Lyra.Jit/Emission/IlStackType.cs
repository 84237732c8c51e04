using System;

namespace Lyra.Jit.Emission;

/// <summary>The kinds of values on the evaluation stack (ECMA-335 III.1.1).</summary>
internal enum IlStackKind : byte
{
    /// <summary>The result after a fault. It is compatible with everything, so that one fault is reported once.</summary>
    Unknown,
    Int32,
    Int64,
    NativeInt,
    Float,
    Null,
    Object,
    ByRef,
    Value,
}

/// <summary>
/// The verification type of a stack entry (ECMA-335 III.1.8.1.2): small ints, bools, chars and enums are int32, unsigned is signed.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Type">The class of an object (a value type when it is boxed), what a managed pointer points to, or the value type; else
/// null.</param>
internal readonly record struct IlStackType(IlStackKind Kind, Type? Type)
{
    public static readonly IlStackType Int32 = new(IlStackKind.Int32, null);

    public static readonly IlStackType Null = new(IlStackKind.Null, null);

    public bool IsReference => Kind is IlStackKind.Object or IlStackKind.Null or IlStackKind.Unknown;

    /// <summary>The stack type of a value loaded from a location of this type.</summary>
    public static IlStackType Of(Type type)
    {
        if (type.IsByRef)
        {
            return new(IlStackKind.ByRef, type.GetElementType());
        }

        if (type.IsPointer || type == typeof(nint) || type == typeof(nuint))
        {
            return new(IlStackKind.NativeInt, null);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.Char or TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32
                or TypeCode.UInt32 => Int32,
            TypeCode.Int64 or TypeCode.UInt64 => new(IlStackKind.Int64, null),
            TypeCode.Single or TypeCode.Double => new(IlStackKind.Float, null),
            _ => new(type.IsValueType ? IlStackKind.Value : IlStackKind.Object, type),
        };
    }

    /// <summary>A boxed value of this type, or a reference to an object of it.</summary>
    public static IlStackType Reference(Type type) => new(IlStackKind.Object, type);

    public static IlStackType Pointer(Type target) => new(IlStackKind.ByRef, target);

    /// <summary>Whether the value is assignable to a location of this type (verifier-assignable-to, ECMA-335 III.1.8.1.2.3).</summary>
    public bool FitsInto(Type location)
    {
        IlStackType there = Of(location);
        return Kind switch
        {
            IlStackKind.Unknown => true,
            IlStackKind.Null => there.Kind == IlStackKind.Object,
            IlStackKind.Object => there.Kind == IlStackKind.Object && location.IsAssignableFrom(Type),
            IlStackKind.ByRef => there.Kind == IlStackKind.ByRef && SameStorage(Type!, there.Type!),
            IlStackKind.Int32 or IlStackKind.Int64 or IlStackKind.NativeInt or IlStackKind.Float or IlStackKind.Value => this == there,
        };
    }

    /// <summary>Whether managed pointers to the two types are interchangeable: the types differ in sign or name only.</summary>
    public static bool SameStorage(Type one, Type other) => StorageOf(one) == StorageOf(other);

    /// <summary>
    /// Computes the stack type at a join of two paths; returns false if the types are incompatible (ECMA-335 III.1.8.1.3).
    /// </summary>
    public static bool TryMerge(IlStackType one, IlStackType other, out IlStackType merged)
    {
        merged = one;
        if (one == other)
        {
            return true;
        }

        if (one.Kind == IlStackKind.Null && other.Kind == IlStackKind.Object)
        {
            merged = other;
            return true;
        }

        if (one.Kind == IlStackKind.Object && other.IsReference)
        {
            merged = other.Kind == IlStackKind.Null ? one : Reference(CommonBase(one.Type!, other.Type!));
            return true;
        }

        return one.Kind == IlStackKind.ByRef && other.Kind == IlStackKind.ByRef && SameStorage(one.Type!, other.Type!);
    }

    public override string ToString() => Kind switch
    {
        IlStackKind.Object => Type!.IsValueType ? "boxed " + IlNames.Of(Type) : IlNames.Of(Type),
        IlStackKind.ByRef => "ref " + IlNames.Of(Type!),
        IlStackKind.Value => "value " + IlNames.Of(Type!),
        IlStackKind.Int32 => "int32",
        IlStackKind.Int64 => "int64",
        IlStackKind.NativeInt => "native int",
        IlStackKind.Float => "float",
        IlStackKind.Null => "null",
        IlStackKind.Unknown => "unknown",
    };

    private static Type CommonBase(Type one, Type other)
    {
        for (Type? type = one; type is not null; type = type.BaseType)
        {
            if (type.IsAssignableFrom(other))
            {
                return type;
            }
        }

        return other.IsInterface && other.IsAssignableFrom(one) ? other : typeof(object);
    }

    private static Type StorageOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => typeof(sbyte),
        TypeCode.Char or TypeCode.UInt16 or TypeCode.Int16 => typeof(short),
        TypeCode.UInt32 or TypeCode.Int32 => typeof(int),
        TypeCode.UInt64 or TypeCode.Int64 => typeof(long),
        _ => type == typeof(nuint) ? typeof(nint) : type,
    };
}
