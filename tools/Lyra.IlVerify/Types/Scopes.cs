using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>
/// Finds the managed pointers that a method may not return. Callers may then pass pointers into their own frame. The rule is that of C# 11;
/// ECMA-335 has none. It covers <c>out</c> parameters, parameters marked as scoped, and <c>this</c> of value types unless it is marked as
/// unscoped.
/// </summary>
internal static class Scopes
{
    private const string Scoped = "System.Runtime.CompilerServices.ScopedRefAttribute";
    private const string Unscoped = "System.Diagnostics.CodeAnalysis.UnscopedRefAttribute";

    /// <param name="method">The method.</param>
    /// <param name="argument">The number of the argument, <c>this</c> first.</param>
    public static bool IsScoped(MethodDefinition method, int argument)
    {
        if (method.HasThis && argument == 0)
        {
            return !Has(method, Unscoped) && (PropertyOf(method) is not { } property || !Has(property, Unscoped));
        }

        ParameterDefinition parameter = method.Parameters[argument - (method.HasThis ? 1 : 0)];
        bool isOut = parameter is { IsOut: true, IsIn: false };
        return (isOut && !Has(parameter, Unscoped)) || Has(parameter, Scoped);
    }

    private static PropertyDefinition? PropertyOf(MethodDefinition method)
    {
        if (!method.IsSpecialName)
        {
            return null;
        }

        foreach (PropertyDefinition property in method.DeclaringType.Properties)
        {
            if (property.GetMethod == method || property.SetMethod == method)
            {
                return property;
            }
        }

        return null;
    }

    private static bool Has(ICustomAttributeProvider declared, string attribute)
    {
        foreach (CustomAttribute row in declared.CustomAttributes)
        {
            if (row.AttributeType.FullName == attribute)
            {
                return true;
            }
        }

        return false;
    }
}
