using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Lyra.Jit.HostCode;

/// <summary>A static C# method that compiled code calls, by its class and name, which is unique there.</summary>
internal readonly struct HelperMethod([DynamicallyAccessedMembers(HelperMethod.OwnerMembers)] Type owner, string name)
{
    /// <summary>The members of an owner that a trimmed program keeps.</summary>
    public const DynamicallyAccessedMemberTypes OwnerMembers =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    [DynamicallyAccessedMembers(OwnerMembers)]
    private readonly Type _owner = owner;
    private readonly string _name = name;

    /// <summary>
    /// The method. Looked up when it is used: a region calls few of 200. The CLR remembers what it has found, so this takes 0.1 µs then.
    /// </summary>
    /// <exception cref="MissingMethodException">There is no such method.</exception>
    public MethodInfo Info => _owner.GetMethod(
        _name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        ?? throw new MissingMethodException(_owner.Name, _name);

    /// <summary>The types of its parameters.</summary>
    public Type[] Parameters => Array.ConvertAll(Info.GetParameters(), static parameter => parameter.ParameterType);

    /// <summary>Its parameters, with their names.</summary>
    public override string ToString() => string.Join(", ", (object[])Info.GetParameters());
}
