using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using Lyra.Runtime.Operators;

namespace Lyra.Jit.HostCode;

/// <summary>
/// The effects of methods of .NET whose IL does not tell them: the runtime replaces it, or the documentation promises more.
/// </summary>
internal static class HostLibrary
{
    private static Assembly Core => typeof(object).Assembly;

    /// <summary>The effects of a method that is known by its name; null for any other.</summary>
    public static HostEffects? EffectsOf(MethodBase method)
    {
        Type type = method.DeclaringType!;
        if (type.Assembly != Core || !method.IsStatic || !Array.TrueForAll(method.GetParameters(), IsPlain))
        {
            return null;
        }

        if (type == typeof(Math) || type == typeof(MathF))
        {
            return OfMath((MethodInfo)method);
        }

        if (type == typeof(decimal))
        {
            return OfDecimal(method.Name);
        }

        if (type == typeof(string))
        {
            return method.Name is "op_Equality" or "op_Inequality" or nameof(string.Equals) or nameof(string.IsNullOrEmpty)
                ? HostEffects.None
                : null;
        }

        bool isCheck = IsException(type) && method.Name.StartsWith("ThrowIf", StringComparison.Ordinal);
        return isCheck ? HostEffects.Throws : null;
    }

    /// <summary>Whether the CLR has code of its own for a method, so that its IL is not what runs.</summary>
    public static bool IsReplaced(MethodBase method) => method.DeclaringType!.Assembly == Core
        && method.CustomAttributes.Any(static attribute => attribute.AttributeType.Name == "IntrinsicAttribute");

    /// <summary>Whether a method does nothing but throw.</summary>
    public static bool OnlyThrows(MethodBase method) =>
        method.DeclaringType!.Assembly == Core && method.IsDefined(typeof(DoesNotReturnAttribute), inherit: false);

    /// <summary>Whether a type is an exception of the platform, whose constructors only fill it.</summary>
    public static bool IsException(Type type) => type.Assembly == Core && typeof(Exception).IsAssignableFrom(type);

    /// <summary>Functions of floats never throw, except those with limits; of ints, only these two are known.</summary>
    private static HostEffects? OfMath(MethodInfo method) => method.Name switch
    {
        nameof(Math.Clamp) => HostEffects.Throws,
        nameof(Math.Min) or nameof(Math.Max) => HostEffects.None,
        nameof(Math.Abs) when !IsFloat(method.ReturnType) => HostEffects.Throws,
        _ => IsFloat(method.ReturnType) && Array.TrueForAll(method.GetParameters(), parameter => IsFloat(parameter.ParameterType))
            ? HostEffects.None
            : null,
    };

    /// <summary>Operations that may overflow throw, and those whose argument has a limit.</summary>
    private static HostEffects? OfDecimal(string name) => name switch
    {
        "op_UnaryNegation" or "op_UnaryPlus" or "op_Implicit" or nameof(decimal.Abs) or nameof(decimal.Floor)
            or nameof(decimal.Ceiling) or nameof(decimal.Truncate) or nameof(decimal.Negate) or nameof(decimal.Compare)
            or nameof(decimal.Equals) or nameof(decimal.Min) or nameof(decimal.Max) => HostEffects.None,
        "op_Increment" or "op_Decrement" or "op_Explicit" or nameof(decimal.Add) or nameof(decimal.Subtract) or nameof(decimal.Multiply)
            or nameof(decimal.Divide) or nameof(decimal.Remainder) or nameof(decimal.Round) => HostEffects.Throws,
        _ => OperatorInfo.OfMethod(name) is { } row ? row.IsComparison ? HostEffects.None : HostEffects.Throws : null,
    };

    /// <summary>Whether a parameter takes a number, a bool or a text: no value with code of the host.</summary>
    private static bool IsPlain(ParameterInfo parameter) => parameter.ParameterType.IsPrimitive
        || parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(decimal)
        || parameter.ParameterType == typeof(MidpointRounding);

    private static bool IsFloat(Type type) => type == typeof(double) || type == typeof(float);
}
