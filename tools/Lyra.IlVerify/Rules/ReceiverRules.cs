using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>The receivers on which an instance method may be called (ECMA-335 III.3.19, III.4.2 and III.2.1).</summary>
internal static class ReceiverRules
{
    public static void PopReceiver(Step step, MethodReference method, MethodDefinition? definition)
    {
        VerificationType receiver = step.Pop();
        if (method.Name == ".ctor")
        {
            if (step.Prefix(Code.Constrained) is { Operand: TypeReference constrained })
            {
                step.Fail(VerifierError.Constrained, constrained.FullName);
            }
            else if (step.Code == Code.Callvirt && TypeFacts.IsValueType(method.DeclaringType))
            {
                step.Fail(VerifierError.CallVirtOnValueType, method.FullName);
            }

            ExpectConstructible(step, receiver, method, definition);
            return;
        }

        if (receiver.IsUninitialized)
        {
            step.Fail(VerifierError.ThisUninitUse, receiver.ToString());
            return;
        }

        if (step.Prefix(Code.Constrained) is { Operand: TypeReference constraint })
        {
            ExpectConstrained(step, receiver, constraint, method);
            return;
        }

        Expect(step, receiver, method);
        if (step.Code == Code.Callvirt && TypeFacts.IsValueType(method.DeclaringType))
        {
            step.Fail(VerifierError.CallVirtOnValueType, method.FullName);
        }

        bool skipsOverrides = step.Code == Code.Call
            && definition is { IsVirtual: true, IsFinal: false, DeclaringType: { IsSealed: false, IsInterface: false } };
        if (skipsOverrides && !receiver.IsThis && !receiver.IsUnknown && !IsBoxedValue(receiver))
        {
            step.Fail(VerifierError.ThisMismatch, receiver.ToString(), method.FullName);
        }
    }

    private static bool IsBoxedValue(VerificationType type) => type.Kind == VerificationKind.Reference && TypeFacts.IsBoxed(type.Type!);

    /// <summary>
    /// A method of a value type expects a pointer, which may be read-only: the signature does not show whether the method writes.
    /// </summary>
    private static void Expect(Step step, VerificationType receiver, MethodReference method)
    {
        TypeReference declaring = method.DeclaringType;
        if (TypeFacts.IsValueType(declaring))
        {
            step.Expect(receiver, VerificationType.ByRef(declaring, TypeMarks.ReadOnly));
            return;
        }

        step.Expect(receiver, VerificationType.Reference(declaring));
    }

    /// <summary>A static method of an interface, as a type implements it (III.2.1).</summary>
    public static void ExpectStaticVirtual(Step step, TypeReference constraint, MethodReference method, MethodDefinition? definition)
    {
        bool isVirtual = definition is null or { IsVirtual: true, DeclaringType.IsInterface: true };
        if (!isVirtual || !TypeRelations.IsSubtype(constraint, method.DeclaringType))
        {
            step.Fail(VerifierError.Constrained, constraint.FullName, method.DeclaringType.FullName);
        }
    }

    private static void ExpectConstrained(Step step, VerificationType receiver, TypeReference constraint, MethodReference method)
    {
        if (step.Code != Code.Callvirt)
        {
            step.Fail(VerifierError.Constrained, constraint.FullName);
        }

        step.Expect(receiver, VerificationType.ByRef(constraint, TypeMarks.ReadOnly));
        if (!TypeRelations.IsSubtype(constraint, method.DeclaringType))
        {
            step.Fail(VerifierError.Constrained, constraint.FullName, method.DeclaringType.FullName);
        }
    }

    /// <summary>
    /// A constructor may be called once on an object under construction, from its own class or a direct subclass; on a value, at any time.
    /// </summary>
    private static void ExpectConstructible(Step step, VerificationType receiver, MethodReference method, MethodDefinition? definition)
    {
        if (TypeFacts.IsValueType(method.DeclaringType))
        {
            step.Expect(receiver, VerificationType.ByRef(method.DeclaringType));
            return;
        }

        TypeReference self = TypeFacts.Self(step.Frame.Method.DeclaringType);
        bool isOwn = TypeRelations.Same(method.DeclaringType, self)
            || (TypeRelations.BaseOf(self) is { } parent && TypeRelations.Same(method.DeclaringType, parent));
        bool isCalled = step.Code == Code.Call && definition is not { IsConstructor: false };
        if (!isCalled || !isOwn || !receiver.IsThis || step.Frame.Method is not { IsConstructor: true, IsStatic: false })
        {
            step.Fail(VerifierError.CallCtor, receiver.ToString(), method.DeclaringType.FullName);
        }

        step.State.InitializeThis();
    }
}
