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

    /// <summary>Whether a method is visible; see <see cref="IsOfFamily"/> for the receiver.</summary>
    public static bool CanSee(TypeDefinition from, MethodDefinition method, TypeReference? receiver)
    {
        return IsAllowed(from, method.DeclaringType, AccessOf((int)(method.Attributes & MethodAttributes.MemberAccessMask)), receiver);
    }

    public static bool CanSee(TypeDefinition from, FieldDefinition field, TypeReference? receiver)
    {
        return IsAllowed(from, field.DeclaringType, AccessOf((int)(field.Attributes & FieldAttributes.FieldAccessMask)), receiver);
    }

    /// <summary>Whether the types of a method's parameters and result are visible.</summary>
    public static bool CanSeeSignature(TypeDefinition from, MethodReference method)
    {
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            if (!CanSee(from, parameter.ParameterType))
            {
                return false;
            }
        }

        return CanSee(from, method.ReturnType);
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
        return IsAllowed(from, outer, access, receiver: null) && (access == Access.Private || CanSeeDefinition(from, outer));
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

    private static bool IsAllowed(TypeDefinition from, TypeDefinition owner, Access access, TypeReference? receiver) => access switch
    {
        Access.Public => true,
        Access.Assembly => AreFriends(from, owner),
        Access.Family => IsOfFamily(from, owner, receiver),
        Access.FamilyAndAssembly => AreFriends(from, owner) && IsOfFamily(from, owner, receiver),
        Access.FamilyOrAssembly => AreFriends(from, owner) || IsOfFamily(from, owner, receiver),
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

    /// <summary>
    /// Whether the code's type, or a type around it, is derived from the owner of a member. If the member is used on an object, this object
    /// must be an instance of that type (I.8.5.3.2): a class may not use protected members of its siblings.
    /// </summary>
    private static bool IsOfFamily(TypeDefinition from, TypeDefinition owner, TypeReference? receiver)
    {
        for (TypeDefinition? at = from; at is not null; at = at.DeclaringType)
        {
            if (IsDerived(at, owner) && (receiver is null || IsDerived(receiver, at)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type is derived from a definition, whatever the type's arguments are.</summary>
    private static bool IsDerived(TypeReference type, TypeDefinition owner)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (type is GenericParameter parameter)
        {
            foreach (GenericParameterConstraint constraint in parameter.Constraints)
            {
                if (IsDerived(TypeFacts.Strip(constraint.ConstraintType), owner))
                {
                    return true;
                }
            }

            return false;
        }

        if (type is ArrayType)
        {
            return TypeFacts.IsNamed(owner, "Array") || TypeFacts.IsNamed(owner, "Object");
        }

        TypeDefinition? definition = type.Resolve();
        if (definition is not null)
        {
            Hierarchy.Check(definition);
        }

        if (definition is null || (owner.IsInterface && Implements(definition, owner)))
        {
            // The rules of calls and fields report a type that cannot be found.
            return true;
        }

        for (TypeDefinition? parent = definition; parent is not null; parent = parent.BaseType?.Resolve())
        {
            if (TypeRelations.Same(parent, owner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(TypeDefinition type, TypeDefinition owner)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
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
                if (names is not null && attribute.HasConstructorArguments && attribute.ConstructorArguments[0].Value is string name)
                {
                    // A public key may follow the name.
                    names.Add(name.Split(',')[0].Trim());
                }
            }
        }

        public HashSet<string> Granted { get; } = [];

        public HashSet<string> Accessed { get; } = [];
    }
}
