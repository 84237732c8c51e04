using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lyra.Jit.HostCode;

/// <summary>Finds the method that a call runs.</summary>
internal static class HostDispatch
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const string KeepsOverrides = "An override that trimming has removed is not found, and the call counts as unknown.";

    /// <summary>Whether all objects on which a method is called have the same implementation.</summary>
    public static bool IsFixed(MethodBase method) => !method.IsVirtual || method.IsFinal || method.DeclaringType!.IsSealed;

    /// <summary>The implementation of a method in objects of exactly one class; null when it is not found.</summary>
    public static MethodInfo? ImplementationOf(MethodInfo method, Type exact)
    {
        if (IsFixed(method))
        {
            return method;
        }

        if (method.IsGenericMethod || exact.IsArray || MayReturnSubclass(method, exact))
        {
            return null;
        }

        return method.DeclaringType!.IsInterface ? OfInterface(method, exact) : OfClass(method, exact);
    }

    /// <summary>
    /// Whether an override may return a subclass of what the method returns. Such an override is a method of its own, which reflection does
    /// not relate to the one that it overrides.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = KeepsOverrides)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = KeepsOverrides)]
    private static bool MayReturnSubclass(MethodInfo method, Type exact)
    {
        bool isVaried = !method.ReturnType.IsValueType && method.ReturnType != typeof(string);
        for (Type? type = isVaried ? exact : null; type is not null; type = type.BaseType)
        {
            foreach (MethodInfo candidate in type.GetMethods(Declared))
            {
                if (candidate.Name == method.Name && candidate.IsDefined(typeof(PreserveBaseOverridesAttribute), inherit: false))
                {
                    return true;
                }
            }
        }

        return false;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = KeepsOverrides)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = KeepsOverrides)]
    private static MethodInfo? OfInterface(MethodInfo method, Type exact)
    {
        if (!method.DeclaringType!.IsAssignableFrom(exact))
        {
            return null;
        }

        InterfaceMapping map = exact.GetInterfaceMap(method.DeclaringType);
        int index = Array.IndexOf(map.InterfaceMethods, method);
        return index < 0 ? null : map.TargetMethods[index];
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = KeepsOverrides)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = KeepsOverrides)]
    private static MethodInfo? OfClass(MethodInfo method, Type exact)
    {
        MethodInfo slot = method.GetBaseDefinition();
        for (Type? type = exact; type is not null; type = type.BaseType)
        {
            foreach (MethodInfo candidate in type.GetMethods(Declared))
            {
                if (candidate.IsVirtual && candidate.Name == method.Name && candidate.GetBaseDefinition() == slot)
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
