using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Lyra.IlVerify.Types;

internal static partial class TypeRelations
{
    /// <summary>Merges the types of a value at a join of two paths (III.1.8.1.3); returns false if they are incompatible.</summary>
    public static bool TryMerge(VerificationType a, VerificationType b, out VerificationType merged)
    {
        TypeMarks marks = (a.Marks & b.Marks & TypeMarks.This) | ((a.Marks | b.Marks) & TypeMarks.Local);
        merged = a;
        if (a == b)
        {
            return true;
        }

        if (a.IsUnknown || b.IsUnknown)
        {
            merged = VerificationType.Unknown;
            return true;
        }

        if (a.IsUninitialized != b.IsUninitialized)
        {
            return false;
        }

        if (IsAssignable(b, a))
        {
            merged = a.Without(TypeMarks.This).With(marks);
            return true;
        }

        if (IsAssignable(a, b))
        {
            merged = b.Without(TypeMarks.This).With(marks);
            return true;
        }

        merged = a.Kind == VerificationKind.Reference && b.Kind == a.Kind ? VerificationType.Reference(CommonBase(a.Type!, b.Type!))
            : VerificationType.Unknown;
        return !merged.IsUnknown;
    }

    private static TypeReference CommonBase(TypeReference a, TypeReference b)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (a is ArrayType { IsVector: true } x && b is ArrayType { IsVector: true } y
            && TypeFacts.IsReferenceType(x.ElementType) && TypeFacts.IsReferenceType(y.ElementType))
        {
            return new ArrayType(CommonBase(x.ElementType, y.ElementType));
        }

        TypeReference? last = null;
        for (TypeReference? at = a is ArrayType or GenericParameter ? null : a; at is not null; at = BaseOf(at))
        {
            if (IsSubtype(b, at))
            {
                return at;
            }

            last = at;
        }

        return last is not null && TypeFacts.IsNamed(last, "Object") ? last : a.Module.TypeSystem.Object;
    }
}
