using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Calls, object creation, and function pointers.</summary>
internal static class CallRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(Call, Code.Call, Code.Callvirt);
        rows.Add(NewObject, Code.Newobj);
        rows.Add(CallIndirect, Code.Calli);
        rows.Add(DelegateRules.LoadFunction, Code.Ldftn);
        rows.Add(DelegateRules.LoadVirtualFunction, Code.Ldvirtftn);
    }

    /// <summary>
    /// Finds the definition; returns null and reports an error if there is none. The methods of arrays have no definition; the array's
    /// shape determines them.
    /// </summary>
    public static MethodDefinition? Resolve(Step step, MethodReference method)
    {
        ArrayType? array = method.DeclaringType as ArrayType;
        MethodDefinition? definition = array is null ? Members.Find(method) : null;
        if (array is null ? definition is null : !ArrayRules.HasMethod(array, method))
        {
            step.Fail(VerifierError.TokenResolve, expected: method.FullName);
        }

        if (method.CallingConvention == MethodCallingConvention.VarArg)
        {
            step.Fail(VerifierError.Unverifiable, method.FullName);
        }

        return definition;
    }

    private static void Call(Step step)
    {
        MethodReference method = (MethodReference)step.Instruction.Operand;
        MethodDefinition? definition = Resolve(step, method);
        TypeMarks reach = TakesLocal(step, method, definition) ? TypeMarks.Local : TypeMarks.None;
        PopArguments(step, method, definition);
        if (method.HasThis)
        {
            ReceiverRules.PopReceiver(step, method, definition);
        }
        else if (step.Code == Code.Callvirt)
        {
            step.Fail(VerifierError.CallVirtOnStatic, method.FullName);
        }
        else if (method.Name == ".cctor")
        {
            // A second run could change init-only fields, which the CLR takes for constants after the first one.
            step.Fail(VerifierError.CallCtor, method.FullName);
        }

        if (!method.HasThis && step.Prefix(Code.Constrained) is { Operand: TypeReference constraint })
        {
            ReceiverRules.ExpectStaticVirtual(step, constraint, method, definition);
        }
        else if (definition is { IsAbstract: true } && step.Code == Code.Call)
        {
            step.Fail(VerifierError.CallAbstract, method.FullName);
        }

        PushResult(step, method, definition, reach);
    }

    /// <summary>
    /// Whether an argument is a pointer into the caller's frame. A returned pointer may then be the same pointer, unless the method must
    /// not return it.
    /// </summary>
    private static bool TakesLocal(Step step, MethodReference method, MethodDefinition? definition)
    {
        int count = method.Parameters.Count + (method.HasThis ? 1 : 0);
        for (int i = 0; i < count; i++)
        {
            bool isLocal = step.State.Peek(i) is { Kind: VerificationKind.ByRef, IsLocal: true };
            if (isLocal && (definition is null || MayBeReplaced(definition) || !Scopes.IsScoped(definition, count - 1 - i)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another method may run, of which the CLR does not require that it returns no more than the called one.</summary>
    private static bool MayBeReplaced(MethodDefinition method)
    {
        bool isFinal = method.IsFinal || method.DeclaringType.IsSealed;
        return method.IsVirtual && (!isFinal || DelegateRules.IsDelegate(method.DeclaringType));
    }

    private static void PushResult(Step step, MethodReference method, MethodDefinition? definition, TypeMarks reach)
    {
        TypeReference result = Generics.Substitute(method.ReturnType, method.DeclaringType, method);
        if (!TypeFacts.IsNamed(TypeFacts.Strip(result), "Void"))
        {
            VerificationType type = VerificationType.Of(result);
            if (type.Kind == VerificationKind.Pointer)
            {
                step.Push(result);
                return;
            }

            bool isMarked = definition is not null && TypeFacts.IsReadOnlyReference(result, definition.MethodReturnType);
            bool isReadOnly = type.Kind == VerificationKind.ByRef && (isMarked || step.Prefix(Code.Readonly) is not null);
            TypeMarks marks = (isReadOnly ? TypeMarks.ReadOnly : TypeMarks.None) | reach;
            step.Push(type.Kind == VerificationKind.ByRef ? type.With(marks) : type);
        }
    }

    /// <summary>Pops the arguments, the last one first.</summary>
    public static void PopArguments(Step step, MethodReference method, MethodDefinition? definition)
    {
        if (SpanRules.TryPopData(step, method))
        {
            return;
        }

        for (int i = method.Parameters.Count - 1; i >= 0; i--)
        {
            TypeReference type = Generics.Substitute(method.Parameters[i].ParameterType, method.DeclaringType, method);
            VerificationType expected = VerificationType.Of(type);
            bool isRead = expected.Kind == VerificationKind.ByRef && definition is not null && IsReadOnly(type, definition.Parameters[i]);
            VerificationType value = expected.Kind == VerificationKind.Pointer ? step.PopInto(type)
                : step.PopInto(isRead ? expected.With(TypeMarks.ReadOnly) : expected);
        }
    }

    private static bool IsReadOnly(TypeReference type, ParameterDefinition parameter) => parameter.IsIn
        || TypeFacts.IsReadOnlyReference(type, parameter);

    private static void NewObject(Step step)
    {
        MethodReference constructor = (MethodReference)step.Instruction.Operand;
        MethodDefinition? definition = Resolve(step, constructor);
        if (!constructor.HasThis || constructor.Name != ".ctor" || definition is { IsConstructor: false })
        {
            step.Fail(constructor.HasThis ? VerifierError.CtorExpected : VerifierError.CtorSig, constructor.FullName);
        }

        if (definition?.DeclaringType is { IsAbstract: true })
        {
            step.Fail(VerifierError.NewobjAbstract, constructor.DeclaringType.FullName);
        }

        if (definition?.DeclaringType is { } type && DelegateRules.IsDelegate(type) && constructor.Parameters.Count == 2)
        {
            DelegateRules.CheckCreation(step, constructor);
        }

        PopArguments(step, constructor, definition);
        step.Push(constructor.DeclaringType);
    }

    private static void CallIndirect(Step step)
    {
        step.Fail(VerifierError.Unverifiable);
        CallSite site = (CallSite)step.Instruction.Operand;
        step.Pop();
        for (int i = site.Parameters.Count - 1; i >= 0; i--)
        {
            step.PopInto(site.Parameters[i].ParameterType);
        }

        if (site.HasThis)
        {
            step.Pop();
        }

        if (!TypeFacts.IsNamed(TypeFacts.Strip(site.ReturnType), "Void"))
        {
            step.Push(site.ReturnType);
        }
    }
}
