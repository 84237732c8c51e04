using Mono.Cecil;
using Mono.Collections.Generic;

namespace Lyra.IlVerify.Types;

/// <summary>
/// Checks whether the arguments of generic types and methods satisfy the constraints of their parameters (ECMA-335 II.9.11).
/// </summary>
internal static class Constraints
{
    /// <summary>The flag of a parameter that also accepts ref structs.</summary>
    private const GenericParameterAttributes AllowsByRefLike = (GenericParameterAttributes)0x20;

    /// <summary>Whether the arguments of a type, and of the types inside it, satisfy their constraints.</summary>
    public static bool AreMet(TypeReference type) => TypeFacts.Strip(type) switch
    {
        GenericInstanceType instance => AreMet(instance),
        TypeSpecification specification and not FunctionPointerType => AreMet(specification.ElementType),
        _ => true,
    };

    /// <summary>Whether the arguments of a called method satisfy their constraints, without those of its declaring type.</summary>
    public static bool AreMet(MethodReference method)
    {
        return method is not GenericInstanceMethod instance || Members.Find(method) is not { } definition
            || AreMet(instance.GenericArguments, definition.GenericParameters, method.DeclaringType, method);
    }

    private static bool AreMet(GenericInstanceType instance)
    {
        foreach (TypeReference argument in instance.GenericArguments)
        {
            if (!AreMet(argument))
            {
                return false;
            }
        }

        return instance.Resolve() is not { } definition || AreMet(instance.GenericArguments, definition.GenericParameters, instance, null);
    }

    private static bool AreMet(
        Collection<TypeReference> arguments, Collection<GenericParameter> parameters, TypeReference declaring, MethodReference? method)
    {
        if (arguments.Count != parameters.Count)
        {
            return false;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (!IsMet(TypeFacts.Strip(arguments[i]), parameters[i], declaring, method))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMet(TypeReference argument, GenericParameter parameter, TypeReference declaring, MethodReference? method)
    {
        bool isUsable = argument is not (ByReferenceType or PointerType or FunctionPointerType) && !TypeFacts.IsNamed(argument, "Void");
        if (!isUsable || !AreFlagsMet(argument, parameter))
        {
            return false;
        }

        foreach (GenericParameterConstraint row in parameter.Constraints)
        {
            if (!TypeRelations.IsSubtype(argument, Generics.Substitute(TypeFacts.Strip(row.ConstraintType), declaring, method)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreFlagsMet(TypeReference argument, GenericParameter parameter)
    {
        if (parameter.HasReferenceTypeConstraint && !TypeFacts.IsReferenceType(argument))
        {
            return false;
        }

        if (parameter.HasNotNullableValueTypeConstraint && !IsPlainValueType(argument))
        {
            return false;
        }

        if (parameter.HasDefaultConstructorConstraint && !IsConstructible(argument))
        {
            return false;
        }

        return (parameter.Attributes & AllowsByRefLike) != 0 || !MayBeByRefLike(argument);
    }

    private static bool IsPlainValueType(TypeReference type) => type is GenericParameter parameter
        ? parameter.HasNotNullableValueTypeConstraint
        : TypeFacts.IsValueType(type) && !TypeFacts.IsNullable(type);

    private static bool IsConstructible(TypeReference type)
    {
        if (type is GenericParameter parameter)
        {
            return parameter.HasDefaultConstructorConstraint || parameter.HasNotNullableValueTypeConstraint;
        }

        if (TypeFacts.IsValueType(type) || type.Resolve() is not { } definition)
        {
            return type is not ArrayType;
        }

        foreach (MethodDefinition method in definition.Methods)
        {
            if (method is { IsConstructor: true, IsStatic: false, IsPublic: true, Parameters.Count: 0 })
            {
                return !definition.IsAbstract;
            }
        }

        return false;
    }

    private static bool MayBeByRefLike(TypeReference type)
    {
        return type is GenericParameter parameter ? (parameter.Attributes & AllowsByRefLike) != 0 : TypeFacts.IsByRefLike(type);
    }
}
