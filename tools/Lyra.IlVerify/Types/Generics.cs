using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>Substitutes arguments for generic parameters.</summary>
internal static class Generics
{
    /// <summary>The type as the user of a member sees it.</summary>
    /// <param name="type">A type in the member's signature.</param>
    /// <param name="declaring">The type through which the member is used.</param>
    /// <param name="method">The method if it is an instance of a generic method.</param>
    public static TypeReference Substitute(TypeReference type, TypeReference? declaring, MethodReference? method = null)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!type.ContainsGenericParameter)
        {
            return type;
        }

        TypeReference Inner(TypeReference inner) => Substitute(inner, declaring, method);
        return type switch
        {
            GenericParameter parameter => Argument(parameter, declaring, method),
            GenericInstanceType instance => Instance(instance, declaring, method),
            ArrayType { IsVector: true } array => new ArrayType(Inner(array.ElementType)),
            ArrayType array => new ArrayType(Inner(array.ElementType), array.Rank),
            ByReferenceType byRef => new ByReferenceType(Inner(byRef.ElementType)),
            PointerType pointer => new PointerType(Inner(pointer.ElementType)),
            PinnedType pinned => new PinnedType(Inner(pinned.ElementType)),
            RequiredModifierType required => new RequiredModifierType(required.ModifierType, Inner(required.ElementType)),
            OptionalModifierType optional => new OptionalModifierType(optional.ModifierType, Inner(optional.ElementType)),
            _ => type,
        };
    }

    private static TypeReference Argument(GenericParameter parameter, TypeReference? declaring, MethodReference? method)
    {
        IGenericInstance? instance = parameter.Type == GenericParameterType.Type ? declaring as GenericInstanceType
            : method as GenericInstanceMethod;
        return instance is not null && parameter.Position < instance.GenericArguments.Count ? instance.GenericArguments[parameter.Position]
            : parameter;
    }

    private static GenericInstanceType Instance(GenericInstanceType instance, TypeReference? declaring, MethodReference? method)
    {
        GenericInstanceType result = new(instance.ElementType);
        foreach (TypeReference argument in instance.GenericArguments)
        {
            result.GenericArguments.Add(Substitute(argument, declaring, method));
        }

        return result;
    }
}
