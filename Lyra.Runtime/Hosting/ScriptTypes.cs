using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Hosting;

/// <summary>The script's names for the values that a .NET type accepts, for messages.</summary>
internal static class ScriptTypes
{
    private static readonly Type[] Maps = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];
    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];

    /// <summary>The underlying type of a nullable type; any other type itself.</summary>
    public static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Returns the script type that a .NET type is read from; the .NET name when there is none.</summary>
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

    /// <summary>Returns the name of a .NET type as C# writes it, without namespaces.</summary>
    public static string HostName(Type type)
    {
        if (type.IsArray)
        {
            return HostName(type.GetElementType()!) + "[]";
        }

        string name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", Array.ConvertAll(type.GetGenericArguments(), HostName))}>" : name;
    }

    private static string OtherName(Type type)
    {
        if (type == typeof(System.Numerics.BigInteger) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(nint)
            || type == typeof(nuint))
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

        return IsOneOf(type, Maps) ? "map"
            : IsOneOf(type, Sets) ? "set"
            : typeof(IEnumerable).IsAssignableFrom(type) ? "list"
            : type.Name;
    }

    private static bool IsOneOf(Type type, Type[] definitions) => type.IsGenericType
        && Array.IndexOf(definitions, type.GetGenericTypeDefinition()) >= 0;
}
