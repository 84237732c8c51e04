using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Branches, returns, and the ends of handlers.</summary>
internal static class FlowRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(static _ => { }, Code.Br, Code.Br_S);
        rows.Add(Condition, Code.Brtrue, Code.Brtrue_S, Code.Brfalse, Code.Brfalse_S);
        rows.Add(static step => Compare(step, result: null),
            Code.Beq, Code.Beq_S, Code.Bne_Un, Code.Bne_Un_S, Code.Bge, Code.Bge_S, Code.Bge_Un, Code.Bge_Un_S, Code.Bgt, Code.Bgt_S,
            Code.Bgt_Un,
            Code.Bgt_Un_S, Code.Ble, Code.Ble_S, Code.Ble_Un, Code.Ble_Un_S, Code.Blt, Code.Blt_S, Code.Blt_Un, Code.Blt_Un_S);
        rows.Add(static step => step.PopInto(VerificationType.Int32), Code.Switch);
        rows.Add(static step => step.State.Clear(), Code.Leave, Code.Leave_S);
        rows.Add(Return, Code.Ret);
        rows.Add(Throw, Code.Throw);
        rows.Add(Rethrow, Code.Rethrow);
        rows.Add(EndFinally, Code.Endfinally);
        rows.Add(EndFilter, Code.Endfilter);
    }

    /// <summary>Pops two values that the instruction can compare (table III.4).</summary>
    public static void Compare(Step step, VerificationType? result)
    {
        VerificationType right = step.Pop();
        VerificationType left = step.Pop();
        if (!AreComparable(step.Code, left, right))
        {
            step.Fail(VerifierError.StackUnexpected, right.ToString(), left.ToString());
        }

        if (result is { } type)
        {
            step.Push(type);
        }
    }

    private static bool AreComparable(Code code, VerificationType left, VerificationType right)
    {
        if (left.IsUnknown || right.IsUnknown)
        {
            return true;
        }

        if (left.IsReference && right.IsReference)
        {
            return code is Code.Ceq or Code.Cgt_Un or Code.Beq or Code.Beq_S or Code.Bne_Un or Code.Bne_Un_S;
        }

        return IsNativeSized(left) ? IsNativeSized(right) : left.Kind == right.Kind && left.Kind != VerificationKind.Value;
    }

    private static bool IsNativeSized(VerificationType type)
    {
        return type.Kind is VerificationKind.Int32 or VerificationKind.NativeInt or VerificationKind.Pointer or VerificationKind.Function;
    }

    private static void Condition(Step step)
    {
        VerificationType top = step.Pop();
        if (top.Kind is VerificationKind.Float or VerificationKind.Value)
        {
            step.Fail(VerifierError.StackUnexpected, top.ToString(), VerificationType.Int32.ToString());
        }
    }

    private static void Return(Step step)
    {
        if (step.Frame.Regions.Innermost(step.Index) is { } region)
        {
            step.Fail(region.Kind == RegionKind.Try ? VerifierError.ReturnFromTry : VerifierError.ReturnFromHandler);
        }

        if (!step.State.IsThisInitialized)
        {
            step.Fail(VerifierError.ThisUninitReturn);
        }

        TypeReference result = step.Frame.Method.ReturnType;
        bool isVoid = TypeFacts.IsNamed(TypeFacts.Strip(result), "Void");
        if (!isVoid && step.State.Depth == 0)
        {
            step.Fail(VerifierError.ReturnMissing, expected: VerificationType.Of(result).ToString());
            return;
        }

        if (!isVoid)
        {
            VerificationType expected = VerificationType.Of(result);
            bool isReadOnly = TypeFacts.IsReadOnlyReference(result, step.Frame.Method.MethodReturnType);
            VerificationType value = step.PopInto(isReadOnly ? expected.With(TypeMarks.ReadOnly) : expected);
            if (value is { Kind: VerificationKind.ByRef, IsLocal: true })
            {
                step.Fail(VerifierError.ReturnPtrToStack, value.ToString());
            }
        }

        if (step.State.Depth > 0)
        {
            step.Fail(isVoid ? VerifierError.ReturnVoid : VerifierError.ReturnEmpty, step.State.Peek(0).ToString());
        }
    }

    private static void Throw(Step step) => step.PopReference();

    private static void Rethrow(Step step)
    {
        if (step.Frame.Regions.Innermost(step.Index) is not { } region || !IsInCatch(step, region))
        {
            step.Fail(VerifierError.Rethrow);
        }
    }

    /// <summary>A rethrow may be in a protected block inside the catch handler, but not in another kind of handler there.</summary>
    private static bool IsInCatch(Step step, Region innermost)
    {
        return innermost.Kind is RegionKind.Catch or RegionKind.Try && step.Frame.Regions.IsInside(step.Index, RegionKind.Catch);
    }

    private static void EndFinally(Step step)
    {
        if (step.Frame.Regions.Innermost(step.Index) is not { Kind: RegionKind.Finally or RegionKind.Fault })
        {
            step.Fail(VerifierError.Endfinally);
        }

        step.State.Clear();
    }

    private static void EndFilter(Step step)
    {
        if (step.Frame.Regions.Innermost(step.Index) is not { Kind: RegionKind.Filter } region || region.End != step.Index + 1)
        {
            step.Fail(VerifierError.Endfilter);
        }

        step.PopInto(VerificationType.Int32);
        if (step.State.Depth > 0)
        {
            step.Fail(VerifierError.ReturnEmpty, step.State.Peek(0).ToString());
        }
    }
}
