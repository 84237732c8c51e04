using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

/// <summary>Equality and compatibility of types (ECMA-335 I.8.7 and III.1.8.1.2.3).</summary>
internal static partial class TypeRelations
{
    public static bool Same(TypeReference a, TypeReference b)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        a = TypeFacts.Strip(a);
        b = TypeFacts.Strip(b);
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        return (a, b) switch
        {
            (GenericParameter x, GenericParameter y) => x.Type == y.Type && x.Position == y.Position,
            (GenericInstanceType x, GenericInstanceType y) => Same(x.ElementType, y.ElementType) && SameArguments(x, y),
            (ArrayType x, ArrayType y) => x.Rank == y.Rank && x.IsVector == y.IsVector && Same(x.ElementType, y.ElementType),
            (ByReferenceType x, ByReferenceType y) => Same(x.ElementType, y.ElementType),
            (PointerType x, PointerType y) => Same(x.ElementType, y.ElementType),
            (FunctionPointerType x, FunctionPointerType y) => x.FullName == y.FullName,
            (TypeSpecification or GenericParameter, _) or (_, TypeSpecification or GenericParameter) => false,
            _ => SameDefinition(a, b),
        };
    }

    /// <summary>
    /// Whether locations of the two types hold the same values, ignoring signs. A managed pointer to one may then point to the other.
    /// </summary>
    public static bool SameLocation(TypeReference a, TypeReference b)
    {
        Storage storage = TypeFacts.StorageOf(a);
        return (storage != Storage.None && storage == TypeFacts.StorageOf(b)) || Same(a, b);
    }

    /// <summary>Whether a value on the stack is assignable where the other type is expected.</summary>
    public static bool IsAssignable(VerificationType from, VerificationType to)
    {
        if (from.IsUnknown || to.IsUnknown)
        {
            return true;
        }

        return from.Kind switch
        {
            VerificationKind.Int32 => to.Kind is VerificationKind.Int32 or VerificationKind.NativeInt,
            VerificationKind.NativeInt or VerificationKind.Pointer => to.Kind is VerificationKind.NativeInt or VerificationKind.Pointer,
            VerificationKind.Function => to.Kind is VerificationKind.NativeInt or VerificationKind.Pointer,
            VerificationKind.Null => to.Kind is VerificationKind.Reference or VerificationKind.Null,
            VerificationKind.Reference => to.Kind == VerificationKind.Reference && from.IsUninitialized == to.IsUninitialized
                && IsSubtype(from.Type!, to.Type!),
            VerificationKind.Value => to.Kind == VerificationKind.Value && Same(from.Type!, to.Type!),
            VerificationKind.ByRef => to.Kind == VerificationKind.ByRef && (to.IsReadOnly || !from.IsReadOnly)
                && SameLocation(from.Type!, to.Type!),
            _ => from.Kind == to.Kind,
        };
    }

    private static bool SameArguments(GenericInstanceType a, GenericInstanceType b)
    {
        if (a.GenericArguments.Count != b.GenericArguments.Count)
        {
            return false;
        }

        for (int i = 0; i < a.GenericArguments.Count; i++)
        {
            if (!Same(a.GenericArguments[i], b.GenericArguments[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// References from different assemblies name one type if they resolve to one definition, or, without definitions, name one assembly.
    /// Within an assembly, names do not identify definitions: a namespace may look like an outer class.
    /// </summary>
    private static bool SameDefinition(TypeReference a, TypeReference b)
    {
        if (a.Name != b.Name || a.FullName != b.FullName)
        {
            return false;
        }

        TypeDefinition? first = a.Resolve();
        TypeDefinition? second = b.Resolve();
        if (first is null || second is null)
        {
            return a.Scope?.Name == b.Scope?.Name;
        }

        return ReferenceEquals(first, second)
            || (first.MetadataToken == second.MetadataToken && IsSameModule(first.Module, second.Module));
    }

    /// <summary>One file may be loaded twice, for example by two resolvers.</summary>
    private static bool IsSameModule(ModuleDefinition a, ModuleDefinition b)
    {
        return a.Mvid == b.Mvid && a.Assembly?.FullName == b.Assembly?.FullName;
    }
}
