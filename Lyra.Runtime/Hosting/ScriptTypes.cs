using System;
using System.Collections;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Hosting;

/// <summary>The script's names for what a .NET type accepts, for messages.</summary>
internal static class ScriptTypes
{
    /// <summary>The type behind a nullable one.</summary>
    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The script type that a .NET type is read from; the .NET name where there is none.</summary>
    public static string NameOf(Type type)
    {
        Type plain = Plain(type);
        string name = plain.IsEnum ? "str" : Type.GetTypeCode(plain) switch
        {
            TypeCode.Boolean => "bool",
            TypeCode.Char or TypeCode.String => "str",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "int",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "float",
            _ => OtherName(plain),
        };
        return plain == type ? name : name + " or nil";
    }

    private static string OtherName(Type type)
    {
        if (type == typeof(System.Numerics.BigInteger) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(nint) || type == typeof(nuint))
        {
            return "int";
        }

        if (type == typeof(Half))
        {
            return "float";
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "proc";
        }

        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return "tuple";
        }

        return typeof(IDictionary).IsAssignableFrom(type) ? "map" : typeof(IEnumerable).IsAssignableFrom(type) ? "list" : type.Name;
    }
}
