using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Collections.Generic;

namespace Lyra.IlVerify.Types;

internal static partial class TypeRelations
{
    /// <summary>Whether an object of one type (boxed if it is a value type) is an instance of the other (I.8.7.1).</summary>
    public static bool IsSubtype(TypeReference type, TypeReference of)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        type = TypeFacts.Strip(type);
        of = TypeFacts.Strip(of);
        if (TypeFacts.IsNamed(of, "Object") || Same(type, of))
        {
            return true;
        }

        return type switch
        {
            GenericParameter parameter => IsParameterSubtype(parameter, of),
            ArrayType array => IsArraySubtype(array, of),
            _ => of is not ArrayType && of is not GenericParameter && IsDefinedSubtype(type, of),
        };
    }

    /// <summary>
    /// Whether locations of one type hold references that are instances of the other. The other type may be a type parameter: a class that
    /// is constrained to be its subtype makes it a class, too.
    /// </summary>
    public static bool IsReferenceSubtype(TypeReference type, TypeReference of) => TypeFacts.IsReferenceType(type) && IsSubtype(type, of);

    /// <summary>
    /// The base class after substitution of the type's arguments; null for System.Object, interfaces and unresolved types.
    /// </summary>
    public static TypeReference? BaseOf(TypeReference type)
    {
        if (type.Resolve() is not { BaseType: { } parent } definition)
        {
            return null;
        }

        Hierarchy.Check(definition);
        return Generics.Substitute(parent, type);
    }

    private static bool IsParameterSubtype(GenericParameter parameter, TypeReference of)
    {
        foreach (GenericParameterConstraint constraint in parameter.Constraints)
        {
            if (IsSubtype(constraint.ConstraintType, of))
            {
                return true;
            }
        }

        return parameter.HasNotNullableValueTypeConstraint && TypeFacts.IsNamed(of, "ValueType");
    }

    private static bool IsArraySubtype(ArrayType array, TypeReference of)
    {
        if (of is ArrayType other)
        {
            return array.Rank == other.Rank && array.IsVector == other.IsVector
                && IsElementCompatible(array.ElementType, other.ElementType);
        }

        if (of is GenericInstanceType { GenericArguments.Count: 1 } instance && array.IsVector && IsArrayInterface(instance.ElementType))
        {
            return IsElementCompatible(array.ElementType, instance.GenericArguments[0]);
        }

        if (TypeFacts.IsNamed(of, "Array"))
        {
            return true;
        }

        TypeReference system = array.Module.TypeSystem.Object;
        return IsSubtype(new TypeReference("System", "Array", system.Module, system.Scope), of);
    }

    private static bool IsArrayInterface(TypeReference type)
    {
        return type.Namespace == "System.Collections.Generic"
            && type.Name is "IList`1" or "ICollection`1" or "IEnumerable`1" or "IReadOnlyList`1" or "IReadOnlyCollection`1"
            && CoreLibrary.Defines(type);
    }

    /// <summary>array-element-compatible-with (I.8.7.1).</summary>
    private static bool IsElementCompatible(TypeReference from, TypeReference to)
    {
        return SameLocation(from, to) || IsReferenceSubtype(from, to);
    }

    private static bool IsDefinedSubtype(TypeReference type, TypeReference of)
    {
        if (of.Resolve() is not { } target || type.Resolve() is not { } definition)
        {
            // An unresolved type is a subtype of itself and of object only.
            return false;
        }

        Hierarchy.Check(definition);

        for (TypeReference? at = type; at is not null; at = BaseOf(at))
        {
            if (SameWithVariance(at, of) || (target.IsInterface && Implements(at, of)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(TypeReference type, TypeReference of)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (InterfaceImplementation row in type.Resolve()?.Interfaces ?? [])
        {
            TypeReference implemented = Generics.Substitute(row.InterfaceType, type);
            if (SameWithVariance(implemented, of) || Implements(implemented, of))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the types are equal except for the arguments of variant parameters of interfaces and delegates (II.9.11).</summary>
    private static bool SameWithVariance(TypeReference from, TypeReference to)
    {
        if (from is not GenericInstanceType a || to is not GenericInstanceType b || !Same(a.ElementType, b.ElementType))
        {
            return Same(from, to);
        }

        Collection<GenericParameter> parameters = a.ElementType.Resolve()?.GenericParameters ?? a.ElementType.GenericParameters;
        for (int i = 0; i < a.GenericArguments.Count; i++)
        {
            if (!FitsParameter(a.GenericArguments[i], b.GenericArguments[i], parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool FitsParameter(TypeReference from, TypeReference to, GenericParameter parameter)
    {
        if (Same(from, to))
        {
            return true;
        }

        return (parameter.IsCovariant && IsReferenceSubtype(from, to)) || (parameter.IsContravariant && IsReferenceSubtype(to, from));
    }
}
