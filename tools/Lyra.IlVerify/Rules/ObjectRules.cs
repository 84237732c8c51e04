using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Casts, boxes and tokens.</summary>
internal static class ObjectRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(Cast, Code.Castclass, Code.Isinst);
        rows.Add(Box, Code.Box);
        rows.Add(Unbox, Code.Unbox);
        rows.Add(UnboxAny, Code.Unbox_Any);
        rows.Add(LoadToken, Code.Ldtoken);
    }

    private static TypeReference Token(Step step) => (TypeReference)step.Instruction.Operand;

    private static void Cast(Step step)
    {
        step.PopReference();
        step.Push(VerificationType.Reference(TypeFacts.Boxed(Token(step))));
    }

    private static void Box(Step step)
    {
        TypeReference type = Token(step);
        step.PopInto(type);
        if (type is ByReferenceType || TypeFacts.IsByRefLike(type))
        {
            step.Fail(VerifierError.BoxByRef, type.FullName);
        }

        step.Push(VerificationType.Reference(TypeFacts.Boxed(type)));
    }

    /// <summary>The resulting pointer is read-only, because a box must not be changed (III.4.32).</summary>
    private static void Unbox(Step step)
    {
        TypeReference type = Token(step);
        step.PopReference();
        bool isValueType = type is GenericParameter parameter ? parameter.HasNotNullableValueTypeConstraint : TypeFacts.IsValueType(type);
        if (!isValueType)
        {
            step.Fail(VerifierError.ValueTypeExpected, type.FullName);
        }

        step.Push(VerificationType.ByRef(type, TypeMarks.ReadOnly));
    }

    private static void UnboxAny(Step step)
    {
        step.PopReference();
        step.Push(Token(step));
    }

    private static void LoadToken(Step step)
    {
        step.Push(step.CoreValue(step.Instruction.Operand switch
        {
            FieldReference => "RuntimeFieldHandle",
            MethodReference => "RuntimeMethodHandle",
            _ => "RuntimeTypeHandle",
        }));
    }
}
