using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>Base classes and interfaces of definitions; in a damaged file a type may be derived from itself.</summary>
internal static class Hierarchy
{
    private static readonly ConditionalWeakTable<TypeDefinition, object> Sound = [];

    /// <summary>Makes sure that following the bases and interfaces of a type ends.</summary>
    /// <exception cref="BadImageFormatException">The type is derived from itself.</exception>
    public static void Check(TypeDefinition type)
    {
        if (!Sound.TryGetValue(type, out _))
        {
            Visit(type, []);
        }
    }

    private static void Visit(TypeDefinition type, HashSet<TypeDefinition> path)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Sound.TryGetValue(type, out _))
        {
            return;
        }

        if (!path.Add(type))
        {
            throw new BadImageFormatException($"{type.FullName} is derived from itself");
        }

        if (type.BaseType?.Resolve() is { } parent)
        {
            Visit(parent, path);
        }

        foreach (InterfaceImplementation row in type.Interfaces)
        {
            if (row.InterfaceType.Resolve() is { } implemented)
            {
                Visit(implemented, path);
            }
        }

        path.Remove(type);
        Sound.AddOrUpdate(type, type);
    }
}
