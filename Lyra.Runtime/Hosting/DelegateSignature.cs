using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Lyra.Runtime.Hosting;

/// <summary>Finds the signatures of delegate types.</summary>
internal static class DelegateSignature
{
    /// <summary>The method that calls a delegate of the type; null for a type that is no class of delegates.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimming keeps the method Invoke of every delegate type.")]
    public static MethodInfo? Find(Type type) => type.GetMethod("Invoke");

    /// <summary>The method that calls a delegate of the type.</summary>
    /// <exception cref="ArgumentException">It is not a delegate type.</exception>
    public static MethodInfo Of(Type type) => Find(type)
        ?? throw new ArgumentException($"{type.Name} is not a delegate type; pass the type of the delegate to create.", nameof(type));
}
