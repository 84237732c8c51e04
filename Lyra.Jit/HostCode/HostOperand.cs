using System;

namespace Lyra.Jit.HostCode;

/// <summary>What the analysis distinguishes of a value in the host's code.</summary>
internal enum HostOperandKind
{
    /// <summary>An int, a bool, a char or an enum.</summary>
    Int,

    /// <summary>An int that is neither 0 nor -1, so that a division by it can't throw.</summary>
    Divisor,
    Float,

    /// <summary>A reference that is not null.</summary>
    Object,

    /// <summary>A reference that may be null.</summary>
    Reference,

    /// <summary>A struct.</summary>
    Struct,

    /// <summary>The address of a field, local or argument.</summary>
    Address,
}

/// <summary>A value in the host's code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Class">Of a reference, the exact class of its object, if that is known.</param>
internal readonly record struct HostOperand(HostOperandKind Kind, Type? Class = null)
{
    public bool IsReference => Kind is HostOperandKind.Object or HostOperandKind.Reference;

    /// <summary>Any value of a type; null for pointers, which the analysis does not follow.</summary>
    public static HostOperand? Of(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type.ContainsGenericParameters)
        {
            return null;
        }

        if (type.IsByRef)
        {
            return new(HostOperandKind.Address);
        }

        if (!type.IsValueType)
        {
            return new(HostOperandKind.Reference, type.IsSealed ? type : null);
        }

        bool isFloat = type == typeof(double) || type == typeof(float);
        return new(isFloat ? HostOperandKind.Float : type.IsPrimitive || type.IsEnum ? HostOperandKind.Int : HostOperandKind.Struct);
    }

    /// <summary>What is known where two paths meet.</summary>
    public static HostOperand Join(HostOperand a, HostOperand b)
    {
        if (a == b)
        {
            return a;
        }

        Type? both = a.Class == b.Class ? a.Class : null;
        return a.IsReference ? new(a.Kind == b.Kind ? a.Kind : HostOperandKind.Reference, both)
            : new(a.Kind == b.Kind ? a.Kind : HostOperandKind.Int);
    }
}
