using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Arithmetic, comparisons that push a result, and conversions (ECMA-335 III.1.5).</summary>
internal static class NumericRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(static step => Binary(step, floats: true), Code.Add, Code.Sub, Code.Mul, Code.Div, Code.Rem);
        rows.Add(static step => Binary(step, floats: false),
            Code.And, Code.Or, Code.Xor, Code.Div_Un, Code.Rem_Un,
            Code.Add_Ovf, Code.Add_Ovf_Un, Code.Sub_Ovf, Code.Sub_Ovf_Un, Code.Mul_Ovf, Code.Mul_Ovf_Un);
        rows.Add(Shift, Code.Shl, Code.Shr, Code.Shr_Un);
        rows.Add(static step => Unary(step, floats: true), Code.Neg);
        rows.Add(static step => Unary(step, floats: false), Code.Not);
        rows.Add(static step => FlowRules.Compare(step, VerificationType.Int32), Code.Ceq, Code.Cgt, Code.Cgt_Un, Code.Clt, Code.Clt_Un);
        rows.Add(CheckFinite, Code.Ckfinite);
        AddConversions(rows);
    }

    private static void AddConversions(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(static step => Convert(step, VerificationType.Int32),
            Code.Conv_I1, Code.Conv_I2, Code.Conv_I4, Code.Conv_U1, Code.Conv_U2, Code.Conv_U4,
            Code.Conv_Ovf_I1, Code.Conv_Ovf_I2, Code.Conv_Ovf_I4, Code.Conv_Ovf_U1, Code.Conv_Ovf_U2, Code.Conv_Ovf_U4,
            Code.Conv_Ovf_I1_Un, Code.Conv_Ovf_I2_Un, Code.Conv_Ovf_I4_Un, Code.Conv_Ovf_U1_Un, Code.Conv_Ovf_U2_Un, Code.Conv_Ovf_U4_Un);
        rows.Add(static step => Convert(step, VerificationType.Int64),
            Code.Conv_I8, Code.Conv_U8, Code.Conv_Ovf_I8, Code.Conv_Ovf_U8, Code.Conv_Ovf_I8_Un, Code.Conv_Ovf_U8_Un);
        rows.Add(static step => Convert(step, VerificationType.NativeInt),
            Code.Conv_I, Code.Conv_U, Code.Conv_Ovf_I, Code.Conv_Ovf_U, Code.Conv_Ovf_I_Un, Code.Conv_Ovf_U_Un);
        rows.Add(static step => Convert(step, VerificationType.Float), Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un);
    }

    private static bool IsInteger(VerificationType type)
    {
        return type.Kind is VerificationKind.Int32 or VerificationKind.Int64 or VerificationKind.NativeInt or VerificationKind.Pointer
            or VerificationKind.Unknown;
    }

    private static VerificationType PopNumber(Step step, bool floats)
    {
        VerificationType top = step.Pop();
        if (IsInteger(top) || (floats && top.Kind == VerificationKind.Float))
        {
            return top;
        }

        step.Fail(floats ? VerifierError.ExpectedNumericType : VerifierError.ExpectedIntegerType, top.ToString());
        return VerificationType.Unknown;
    }

    /// <summary>Tables III.2 and III.5; arithmetic on managed pointers cannot be verified.</summary>
    private static void Binary(Step step, bool floats)
    {
        VerificationType right = PopNumber(step, floats);
        VerificationType left = PopNumber(step, floats);
        if (left.IsUnknown || right.IsUnknown)
        {
            step.Push(VerificationType.Unknown);
            return;
        }

        if (left.Kind == right.Kind)
        {
            step.Push(left);
            return;
        }

        if (IsNativeSized(left) && IsNativeSized(right))
        {
            step.Push(left.Kind == VerificationKind.Pointer ? left : right.Kind == VerificationKind.Pointer ? right
                : VerificationType.NativeInt);
            return;
        }

        step.Fail(VerifierError.StackUnexpected, right.ToString(), left.ToString());
        step.Push(VerificationType.Unknown);
    }

    private static bool IsNativeSized(VerificationType type)
    {
        return type.Kind is VerificationKind.Int32 or VerificationKind.NativeInt or VerificationKind.Pointer;
    }

    private static void Shift(Step step)
    {
        VerificationType amount = step.Pop();
        if (amount.Kind is not (VerificationKind.Int32 or VerificationKind.NativeInt or VerificationKind.Unknown))
        {
            step.Fail(VerifierError.StackUnexpected, amount.ToString(), VerificationType.Int32.ToString());
        }

        step.Push(PopNumber(step, floats: false));
    }

    private static void Unary(Step step, bool floats) => step.Push(PopNumber(step, floats));

    private static void Convert(Step step, VerificationType result)
    {
        PopNumber(step, floats: true);
        step.Push(result);
    }

    private static void CheckFinite(Step step)
    {
        VerificationType top = step.Pop();
        if (top.Kind is not (VerificationKind.Float or VerificationKind.Unknown))
        {
            step.Fail(VerifierError.ExpectedFloatType, top.ToString());
        }

        step.Push(VerificationType.Float);
    }
}
