using System;
using System.Collections.Generic;
using System.Reflection;

namespace Lyra.Jit.Emission;

/// <summary>Short names of types and members, for the printer and for faults.</summary>
internal static class IlNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The type as C# writes it, without namespaces.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsByRef)
        {
            return "ref " + Of(type.GetElementType()!);
        }

        if (type.IsSZArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        int arity = type.Name.IndexOf('`', StringComparison.Ordinal);
        return arity < 0 ? type.Name : $"{type.Name[..arity]}<{List(type.GetGenericArguments())}>";
    }

    /// <summary><c>Type.Field</c>.</summary>
    public static string Of(FieldInfo field) => $"{Of(field.DeclaringType!)}.{field.Name}";

    /// <summary><c>Type.Method(parameters)</c>.</summary>
    public static string Of(MethodBase method)
    {
        string owner = method.DeclaringType is { } type ? Of(type) : "";
        string parameters = List(Array.ConvertAll(method.GetParameters(), p => p.ParameterType));
        return $"{owner}{(method.IsConstructor ? "" : "." + method.Name)}({parameters})";
    }

    public static string List(Type[] types) => string.Join(", ", Array.ConvertAll(types, Of));
}
