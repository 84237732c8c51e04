using Mono.Cecil;
using Mono.Collections.Generic;

namespace Lyra.IlVerify.Types;

/// <summary>
/// Finds the definitions of methods and fields. Mono.Cecil compares the types of signatures by name, does not compare whether a method is
/// static, and searches the base classes of some types only.
/// </summary>
internal static class Members
{
    /// <summary>The definition of a method; null if there is none. The methods of arrays have none.</summary>
    public static MethodDefinition? Find(MethodReference method)
    {
        MethodReference written = method.GetElementMethod();
        MethodDefinition? found = written as MethodDefinition;
        for (TypeDefinition? at = found is null ? OwnerOf(method) : null; at is not null && found is null; at = BaseOf(at, method.Name))
        {
            found = MetadataResolver.GetMethod(at.Methods, written);
        }

        return found is not null && IsSame(written, found) ? found : null;
    }

    /// <summary>The definition of a field; null if there is none.</summary>
    public static FieldDefinition? Find(FieldReference field)
    {
        if (field is FieldDefinition own)
        {
            return own;
        }

        for (TypeDefinition? at = OwnerOf(field); at is not null; at = BaseOf(at, field.Name))
        {
            foreach (FieldDefinition defined in at.Fields)
            {
                if (defined.Name == field.Name && TypeRelations.Same(defined.FieldType, field.FieldType))
                {
                    return defined;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a method's attributes and its signature agree on its first argument.</summary>
    public static bool IsConsistent(MethodDefinition method) => method.HasThis != method.IsStatic && !method.ExplicitThis;

    private static TypeDefinition? OwnerOf(MemberReference member)
    {
        return member.DeclaringType is TypeSpecification and not GenericInstanceType ? null : member.DeclaringType.Resolve();
    }

    /// <summary>
    /// The class whose members a class inherits. Value types inherit none, because those of classes expect an object. Constructors are not
    /// inherited. A reference to a member of a generic class names the instance.
    /// </summary>
    private static TypeDefinition? BaseOf(TypeDefinition type, string member)
    {
        if (TypeFacts.IsValueTypeDefinition(type) || member is ".ctor" or ".cctor" || type.BaseType is GenericInstanceType)
        {
            return null;
        }

        Hierarchy.Check(type);
        return type.BaseType?.Resolve();
    }

    private static bool IsSame(MethodReference written, MethodDefinition found)
    {
        Collection<ParameterDefinition> parameters = written.Parameters;
        bool isSame = IsConsistent(found) && written.HasThis == found.HasThis && !written.ExplicitThis
            && TypeRelations.Same(written.ReturnType, found.ReturnType);
        for (int i = 0; isSame && i < found.Parameters.Count; i++)
        {
            isSame = i < parameters.Count && TypeRelations.Same(parameters[i].ParameterType, found.Parameters[i].ParameterType);
        }

        return isSame;
    }
}
