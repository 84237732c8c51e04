using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Function pointers, and the delegates made from them (ECMA-335 III.4.21).</summary>
internal static class DelegateRules
{
    public static bool IsDelegate(TypeDefinition type) => TypeFacts.IsNamed(type.BaseType, "MulticastDelegate");

    public static void LoadFunction(Step step)
    {
        MethodReference method = (MethodReference)step.Instruction.Operand;
        if (step.Prefix(Code.Constrained) is { Operand: TypeReference constraint })
        {
            ReceiverRules.ExpectStaticVirtual(step, constraint, method, Members.Find(method));
        }
        else if (Members.Find(method) is { IsAbstract: true })
        {
            step.Fail(VerifierError.CallAbstract, method.FullName);
        }

        PushFunction(step, method);
    }

    public static void LoadVirtualFunction(Step step)
    {
        MethodReference method = (MethodReference)step.Instruction.Operand;
        VerificationType target = step.PopReference();
        if (!method.HasThis)
        {
            step.Fail(VerifierError.LdvirtftnOnStatic, method.FullName);
        }
        else
        {
            step.Expect(target, VerificationType.Reference(method.DeclaringType));
        }

        PushFunction(step, method);
    }

    /// <summary>Checks the two arguments of a delegate's constructor, which stay on the stack.</summary>
    public static void CheckCreation(Step step, MethodReference constructor)
    {
        VerificationType function = step.State.Peek(0);
        VerificationType target = step.State.Peek(1);
        Instruction? before = step.Instruction.Previous;
        if (function.Kind != VerificationKind.Function || !IsPattern(step, before))
        {
            step.Fail(VerifierError.DelegatePattern, function.ToString());
            return;
        }

        MethodReference method = function.Method!;
        CheckTarget(step, method, target, before!.OpCode.Code == Code.Ldftn);
        CheckSignature(step, constructor.DeclaringType, method);
    }

    private static void PushFunction(Step step, MethodReference method)
    {
        CallRules.Resolve(step, method);
        if (method.Name is ".ctor" or ".cctor")
        {
            step.Fail(VerifierError.LdftnCtor, method.FullName);
        }

        step.Push(new VerificationType(VerificationKind.Function, Method: method));
    }

    /// <summary>
    /// The sequence makes sure that the function belongs to the delegate's target. So no branch may enter it after its first instruction.
    /// </summary>
    private static bool IsPattern(Step step, Instruction? before)
    {
        return before?.OpCode.Code switch
        {
            Code.Ldftn => step.IsReachedThrough(1),
            Code.Ldvirtftn => before.Previous?.OpCode.Code == Code.Dup && step.IsReachedThrough(2),
            _ => false,
        };
    }

    private static void CheckTarget(Step step, MethodReference method, VerificationType target, bool isDirect)
    {
        if (!method.HasThis)
        {
            // The delegate is either open, or closed over the method's first argument, depending on the signature.
            return;
        }

        step.Expect(target, VerificationType.Reference(method.DeclaringType));
        MethodDefinition? definition = Members.Find(method);
        if (isDirect && definition is not null && !Visibility.CanSee(step.Frame.Method.DeclaringType, definition, target.Type))
        {
            step.Fail(VerifierError.MethodAccess, target.ToString(), method.FullName);
        }

        bool skipsOverrides = isDirect && definition is { IsVirtual: true, IsFinal: false, DeclaringType.IsSealed: false };
        if (skipsOverrides && !target.IsThis && !target.IsUnknown)
        {
            step.Fail(VerifierError.ThisMismatch, target.ToString(), method.FullName);
        }
    }

    private static void CheckSignature(Step step, TypeReference type, MethodReference method)
    {
        if (FindInvoke(type) is not { } invoke)
        {
            return;
        }

        List<TypeReference> given = Parameters(invoke, type, null);
        List<TypeReference> taken = Parameters(method, method.DeclaringType, method);
        int bound = !method.HasThis && taken.Count == given.Count + 1 ? 1 : 0;
        bool fits = taken.Count == given.Count + bound
            && Fits(Generics.Substitute(method.ReturnType, method.DeclaringType, method), Generics.Substitute(invoke.ReturnType, type));
        for (int i = 0; fits && i < given.Count; i++)
        {
            fits = Fits(given[i], taken[i + bound]);
        }

        if (fits && bound == 1)
        {
            step.Expect(step.State.Peek(1), VerificationType.Of(taken[0]));
        }

        if (!fits)
        {
            step.Fail(VerifierError.DelegateCtor, method.FullName, type.FullName);
        }
    }

    private static bool Fits(TypeReference from, TypeReference to)
    {
        return TypeRelations.SameLocation(from, to) || TypeRelations.IsReferenceSubtype(from, to);
    }

    private static List<TypeReference> Parameters(MethodReference method, TypeReference declaring, MethodReference? instance)
    {
        List<TypeReference> types = [];
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            types.Add(Generics.Substitute(parameter.ParameterType, declaring, instance));
        }

        return types;
    }

    private static MethodDefinition? FindInvoke(TypeReference type)
    {
        foreach (MethodDefinition method in type.Resolve()?.Methods ?? [])
        {
            if (method.Name == "Invoke")
            {
                return method;
            }
        }

        return null;
    }
}
