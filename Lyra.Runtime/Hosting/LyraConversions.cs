using System.Diagnostics.CodeAnalysis;
using Lyra.Runtime.Hosting;

namespace Lyra;

/// <summary>
/// Names types whose objects are copied from and to script values, for programs that are trimmed or compiled ahead of time. Such a program
/// does not have what reflection would find, so each type of the host that is copied must be named, unless it is the type argument of
/// <see cref="LyraValue.As{T}"/>. Other programs need no calls, and they have no effect there.
/// </summary>
public static class LyraConversions
{
    /// <summary>
    /// Names a type: a record, class or struct that maps and structs of scripts are copied to and from, or a value type that is the element
    /// of a collection or the result of a task.
    /// </summary>
    /// <typeparam name="T">The type. The types of its properties are named apart.</typeparam>
    public static void Register<[DynamicallyAccessedMembers(HostRecords.Members)] T>()
    {
        HostRecords.Learn<T>();
        TypedCode.Learn<T>();
    }
}
