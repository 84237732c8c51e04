using System;
using System.Diagnostics.CodeAnalysis;

namespace Lyra.Runtime.Hosting;

/// <summary>Finds the interfaces that types of the host implement.</summary>
internal static class HostInterfaces
{
    /// <summary>The instance of a generic interface that a type implements; null when there is none.</summary>
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2070",
        Justification = "The callers name the interfaces by typeof and cast to them, so trimming keeps them where they are implemented.")]
    public static Type? Find(Type type, Type definition) =>
        Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);
}
