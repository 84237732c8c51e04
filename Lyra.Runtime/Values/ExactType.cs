using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Values;

/// <summary>Casts to sealed classes for the interpreter's loop.</summary>
internal static class ExactType
{
    /// <summary>
    /// The reference, if its class is the sealed class <typeparamref name="T"/>; otherwise null. Precompiled code calls a helper for
    /// <c>as</c>, but compares types in line.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? As<T>(object? reference)
        where T : class => Is<T>(reference) ? Unsafe.As<T>(reference) : null;

    /// <summary>Whether the class of the reference is the sealed class <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is<T>([NotNullWhen(true)] object? reference)
        where T : class => reference is not null && reference.GetType() == typeof(T);
}
