using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>
/// Checks every type and member that an instruction references: it must exist and be visible, and its generic arguments must satisfy their
/// constraints.
/// </summary>
internal static class TokenRules
{
    public static void Check(Step step)
    {
        switch (step.Instruction.Operand)
        {
            case TypeReference type:
                CheckType(step, type);
                return;
            case MethodReference { DeclaringType: not null } method:
                CheckMethod(step, method);
                return;
            case FieldReference field:
                CheckField(step, field);
                return;
            default:
                return;
        }
    }

    private static TypeDefinition From(Step step) => step.Frame.Method.DeclaringType;

    private static void CheckType(Step step, TypeReference type)
    {
        // The token of an open generic type, as in typeof(List<>), has no arguments to check.
        if (!Exists(type))
        {
            step.Fail(VerifierError.TokenResolve, expected: type.FullName);
        }
        else if (!Visibility.CanSee(From(step), type))
        {
            step.Fail(VerifierError.TypeAccess, type.FullName);
        }
        else if (!Constraints.AreMet(type))
        {
            step.Fail(VerifierError.UnsatisfiedTypeInst, type.FullName);
        }
    }

    /// <summary>The rules of calls and fields report a method or field that cannot be found.</summary>
    private static void CheckMethod(Step step, MethodReference method)
    {
        bool areArgumentsSeen = method is not GenericInstanceMethod instance || Visibility.CanSeeAll(From(step), instance.GenericArguments);
        bool isSeen = method.DeclaringType is ArrayType || method.Resolve() is not { } definition
            || Visibility.CanSee(From(step), definition, Receiver(step, method.HasThis, method.Parameters.Count));
        if (!Visibility.CanSee(From(step), method.DeclaringType) || !areArgumentsSeen || !Visibility.CanSeeSignature(From(step), method))
        {
            step.Fail(VerifierError.TypeAccess, method.FullName);
        }
        else if (!isSeen)
        {
            step.Fail(VerifierError.MethodAccess, method.FullName);
        }

        if (!Constraints.AreMet(method.DeclaringType) || IsOpen(step, method.DeclaringType))
        {
            step.Fail(VerifierError.UnsatisfiedMethodParentInst, method.FullName);
        }
        else if (!Constraints.AreMet(method) || IsOpen(step, method))
        {
            step.Fail(VerifierError.UnsatisfiedMethodInst, method.FullName);
        }
    }

    private static void CheckField(Step step, FieldReference field)
    {
        if (!Visibility.CanSee(From(step), field.DeclaringType) || !Visibility.CanSee(From(step), field.FieldType))
        {
            step.Fail(VerifierError.TypeAccess, field.FullName);
        }
        else if (field.Resolve() is { } definition
            && !Visibility.CanSee(From(step), definition, Receiver(step, !definition.IsStatic, parameters: 0)))
        {
            step.Fail(VerifierError.FieldAccess, field.FullName);
        }

        if (!Constraints.AreMet(field.DeclaringType) || IsOpen(step, field.DeclaringType))
        {
            step.Fail(VerifierError.UnsatisfiedFieldParentInst, field.FullName);
        }
    }

    /// <summary>
    /// Whether a member is used on a generic type without arguments, whose parameters would be taken for the caller's own.
    /// </summary>
    private static bool IsOpen(Step step, TypeReference type)
    {
        return step.Code != Code.Ldtoken && type is not TypeSpecification && type.Resolve() is { HasGenericParameters: true };
    }

    private static bool IsOpen(Step step, MethodReference method)
    {
        return step.Code != Code.Ldtoken && method is not GenericInstanceMethod && method.DeclaringType is not ArrayType
            && method.Resolve() is { HasGenericParameters: true };
    }

    /// <summary>The type of the object on which an instruction uses a member; null if there is none, or it is not known.</summary>
    private static TypeReference? Receiver(Step step, bool isInstance, int parameters) => step.Code switch
    {
        Code.Call or Code.Callvirt when isInstance =>
            step.Prefix(Code.Constrained)?.Operand as TypeReference ?? step.State.Peek(parameters).Type,
        Code.Ldfld or Code.Ldflda when isInstance => step.State.Peek(0).Type,
        Code.Stfld when isInstance => step.State.Peek(1).Type,
        Code.Ldvirtftn => step.State.Peek(0).Type,
        _ => null,
    };

    private static bool Exists(TypeReference type)
    {
        type = TypeFacts.Strip(type);
        if (type is GenericInstanceType instance)
        {
            foreach (TypeReference argument in instance.GenericArguments)
            {
                if (!Exists(argument))
                {
                    return false;
                }
            }
        }

        return type switch
        {
            GenericParameter or FunctionPointerType => true,
            TypeSpecification specification => Exists(specification.ElementType),
            _ => type.Resolve() is not null,
        };
    }
}
