using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>
/// Determines which types and members the code of a type may reference (ECMA-335 I.8.5.3). Assemblies that declare a friendship, by
/// InternalsVisibleTo or from the other side by IgnoresAccessChecksTo, count as one.
/// </summary>
internal static class Visibility
{
    private const string GrantsAccess = "System.Runtime.CompilerServices.InternalsVisibleToAttribute";
    private const string IgnoresAccess = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";

    private static readonly ConditionalWeakTable<AssemblyDefinition, FriendNames> Known = [];

    private enum Access
    {
        Private,
        FamilyAndAssembly,
        Assembly,
        Family,
        FamilyOrAssembly,
        Public,
    }

    /// <summary>Whether a type is visible; other rules report types that cannot be found.</summary>
    public static bool CanSee(TypeDefinition from, TypeReference type) => TypeFacts.Strip(type) switch
    {
        GenericParameter or FunctionPointerType => true,
        GenericInstanceType instance => CanSee(from, instance.ElementType) && CanSeeAll(from, instance.GenericArguments),
        TypeSpecification specification => CanSee(from, specification.ElementType),
        TypeReference named => named.Resolve() is not { } definition || CanSeeDefinition(from, definition),
    };

    public static bool CanSeeAll(TypeDefinition from, IEnumerable<TypeReference> types)
    {
        foreach (TypeReference type in types)
        {
            if (!CanSee(from, type))
            {
                return false;
            }
        }

        return true;
    }

    public static bool CanSee(TypeDefinition from, MethodDefinition method)
    {
        return IsAllowed(from, method.DeclaringType, AccessOf((int)(method.Attributes & MethodAttributes.MemberAccessMask)));
    }

    public static bool CanSee(TypeDefinition from, FieldDefinition field)
    {
        return IsAllowed(from, field.DeclaringType, AccessOf((int)(field.Attributes & FieldAttributes.FieldAccessMask)));
    }

    private static bool CanSeeDefinition(TypeDefinition from, TypeDefinition type)
    {
        if (type.DeclaringType is not { } outer)
        {
            return type.IsPublic || AreFriends(from, type);
        }

        Access access = (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.NestedPublic => Access.Public,
            TypeAttributes.NestedFamily => Access.Family,
            TypeAttributes.NestedAssembly => Access.Assembly,
            TypeAttributes.NestedFamANDAssem => Access.FamilyAndAssembly,
            TypeAttributes.NestedFamORAssem => Access.FamilyOrAssembly,
            _ => Access.Private,
        };
        return IsAllowed(from, outer, access) && (access == Access.Private || CanSeeDefinition(from, outer));
    }

    /// <summary>Methods and fields encode their access alike (II.23.1.5 and II.23.1.10).</summary>
    private static Access AccessOf(int bits) => bits switch
    {
        2 => Access.FamilyAndAssembly,
        3 => Access.Assembly,
        4 => Access.Family,
        5 => Access.FamilyOrAssembly,
        6 => Access.Public,
        _ => Access.Private,
    };

    private static bool IsAllowed(TypeDefinition from, TypeDefinition owner, Access access) => access switch
    {
        Access.Public => true,
        Access.Assembly => AreFriends(from, owner),
        Access.Family => IsOfFamily(from, owner),
        Access.FamilyAndAssembly => AreFriends(from, owner) && IsOfFamily(from, owner),
        Access.FamilyOrAssembly => AreFriends(from, owner) || IsOfFamily(from, owner),
        _ => IsInside(from, owner),
    };

    /// <summary>A nested type sees everything that its enclosing types see.</summary>
    private static bool IsInside(TypeDefinition from, TypeDefinition owner)
    {
        for (TypeDefinition? at = from; at is not null; at = at.DeclaringType)
        {
            if (ReferenceEquals(at, owner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfFamily(TypeDefinition from, TypeDefinition owner)
    {
        for (TypeDefinition? at = from; at is not null; at = at.DeclaringType)
        {
            if (owner.IsInterface && Implements(at, owner))
            {
                return true;
            }

            for (TypeDefinition? parent = at; parent is not null; parent = parent.BaseType?.Resolve())
            {
                if (TypeRelations.Same(parent, owner))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Implements(TypeDefinition type, TypeDefinition owner)
    {
        foreach (InterfaceImplementation row in type.Interfaces)
        {
            TypeDefinition? implemented = row.InterfaceType.Resolve();
            if (implemented is not null && (TypeRelations.Same(implemented, owner) || Implements(implemented, owner)))
            {
                return true;
            }
        }

        return type.BaseType?.Resolve() is { } parent && Implements(parent, owner);
    }

    private static bool AreFriends(TypeDefinition from, TypeDefinition to)
    {
        AssemblyDefinition own = from.Module.Assembly;
        AssemblyDefinition other = to.Module.Assembly;
        return own.Name.Name == other.Name.Name
            || NamesOf(other).Granted.Contains(own.Name.Name)
            || NamesOf(own).Accessed.Contains(other.Name.Name);
    }

    private static FriendNames NamesOf(AssemblyDefinition assembly) => Known.GetValue(assembly, static a => new FriendNames(a));

    /// <summary>The names of the assemblies that an assembly grants access to, and of those whose internals it accesses.</summary>
    private sealed class FriendNames
    {
        public FriendNames(AssemblyDefinition assembly)
        {
            foreach (CustomAttribute attribute in assembly.CustomAttributes)
            {
                HashSet<string>? names = attribute.AttributeType.FullName switch
                {
                    GrantsAccess => Granted,
                    IgnoresAccess => Accessed,
                    _ => null,
                };
                if (attribute.HasConstructorArguments && attribute.ConstructorArguments[0].Value is string name)
                {
                    // A public key may follow the name.
                    names?.Add(name.Split(',')[0].Trim());
                }
            }
        }

        public HashSet<string> Granted { get; } = [];

        public HashSet<string> Accessed { get; } = [];
    }
}
