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
                CheckOperand(step, type);
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

    /// <summary>Checks a type that is named in the method's header: the type of a local or of a caught exception.</summary>
    public static void CheckDeclared(Step step, TypeReference type)
    {
        CheckType(step, type);
        if (IsOpen(type))
        {
            step.Fail(VerifierError.UnsatisfiedTypeInst, type.FullName);
        }
    }

    /// <summary>
    /// Checks an operand. The token of a managed pointer, of void, or of an open generic type, as in typeof(List&lt;&gt;), may only be
    /// loaded.
    /// </summary>
    private static void CheckOperand(Step step, TypeReference type)
    {
        TypeReference operand = TypeFacts.Strip(type);
        bool isCast = step.Code is Code.Castclass or Code.Isinst or Code.Box or Code.Unbox or Code.Unbox_Any;
        if (step.Code == Code.Ldtoken)
        {
            CheckType(step, type);
        }
        else if (operand is ByReferenceType || TypeFacts.IsNamed(operand, "Void"))
        {
            step.Fail(VerifierError.TokenResolve, operand.FullName);
        }
        else if (isCast && operand is PointerType or FunctionPointerType)
        {
            step.Fail(VerifierError.UnmanagedPointer, operand.FullName);
        }
        else
        {
            CheckDeclared(step, type);
        }
    }

    private static void CheckType(Step step, TypeReference type)
    {
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
        bool isSeen = method.DeclaringType is ArrayType || Members.Find(method) is not { } definition
            || Visibility.CanSee(From(step), definition, Receiver(step, method.HasThis, method.Parameters.Count));
        if (!Visibility.CanSee(From(step), method.DeclaringType) || !areArgumentsSeen || !Visibility.CanSeeSignature(From(step), method))
        {
            step.Fail(VerifierError.TypeAccess, method.FullName);
        }
        else if (!isSeen)
        {
            step.Fail(VerifierError.MethodAccess, method.FullName);
        }

        bool isOpen = step.Code != Code.Ldtoken && IsOpen(method.DeclaringType);
        if (!Constraints.AreMet(method.DeclaringType) || isOpen)
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
        else if (Members.Find(field) is { } definition
            && !Visibility.CanSee(From(step), definition, Receiver(step, !definition.IsStatic, parameters: 0)))
        {
            step.Fail(VerifierError.FieldAccess, field.FullName);
        }

        bool isOpen = step.Code != Code.Ldtoken && IsOpen(field.DeclaringType);
        if (!Constraints.AreMet(field.DeclaringType) || isOpen)
        {
            step.Fail(VerifierError.UnsatisfiedFieldParentInst, field.FullName);
        }
    }

    /// <summary>Whether a generic type is used without arguments; its parameters would be taken for the caller's own.</summary>
    private static bool IsOpen(TypeReference type)
    {
        return type is not (TypeSpecification or GenericParameter) && type.Resolve() is { HasGenericParameters: true };
    }

    private static bool IsOpen(Step step, MethodReference method)
    {
        return step.Code != Code.Ldtoken && method is not GenericInstanceMethod && method.DeclaringType is not ArrayType
            && Members.Find(method) is { HasGenericParameters: true };
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
