using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Prefixes, and the instructions that they may precede (ECMA-335 III.2).</summary>
internal static class PrefixRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(static step =>
            Expect(step, VerifierError.Volatile, IsMemoryAccess(Next(step)) || Next(step) is Code.Ldsfld or Code.Stsfld), Code.Volatile);
        rows.Add(static step => Expect(step, VerifierError.Unaligned, IsMemoryAccess(Next(step))), Code.Unaligned);
        rows.Add(static step => Expect(step, VerifierError.ReadOnly, Next(step) == Code.Ldelema || IsArrayAddress(Prefixed(step))),
            Code.Readonly);
        rows.Add(static step => Expect(step, VerifierError.Constrained, Next(step) is Code.Callvirt or Code.Call or Code.Ldftn),
            Code.Constrained);
        rows.Add(CheckTail, Code.Tail);
    }

    private static void Expect(Step step, VerifierError error, bool isFit)
    {
        if (!isFit)
        {
            step.Fail(error, Prefixed(step)?.OpCode.Name);
        }
    }

    /// <summary>The instruction after all prefixes; null at the end of the method.</summary>
    private static Instruction? Prefixed(Step step)
    {
        Instruction? at = step.Instruction.Next;
        while (at is { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            at = at.Next;
        }

        return at;
    }

    private static Code Next(Step step) => Prefixed(step)?.OpCode.Code ?? Code.Nop;

    private static bool IsMemoryAccess(Code code)
    {
        return code is >= Code.Ldind_I1
            and <= Code.Stind_R8 or Code.Stind_I or Code.Ldfld or Code.Stfld or Code.Ldobj or Code.Stobj or Code.Cpblk
            or Code.Initblk;
    }

    private static bool IsArrayAddress(Instruction? instruction)
    {
        return instruction is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "Address", DeclaringType: ArrayType } };
    }

    /// <summary>
    /// Checks a tail call. The caller's frame no longer exists when the callee runs: no value may remain on the stack, no argument may
    /// point into the frame, and no handler may be active in it. The rules of the following return check the result.
    /// </summary>
    private static void CheckTail(Step step)
    {
        if (Prefixed(step) is not { Operand: IMethodSignature called } call
            || call.OpCode.Code is not (Code.Call or Code.Callvirt or Code.Calli))
        {
            step.Fail(VerifierError.TailCall);
            return;
        }

        if (step.Frame.Regions.Innermost(step.Index) is not null)
        {
            step.Fail(VerifierError.TailCallInsideER);
        }
        else if (call.Next?.OpCode.Code != Code.Ret)
        {
            step.Fail(VerifierError.TailRet);
        }

        int taken = called.Parameters.Count + (called.HasThis ? 1 : 0) + (call.OpCode.Code == Code.Calli ? 1 : 0);
        if (step.State.Depth > taken)
        {
            step.Fail(VerifierError.TailStackEmpty);
        }

        for (int i = 0; i < taken; i++)
        {
            if (MayPointIntoFrame(step.State.Peek(i)))
            {
                step.Fail(VerifierError.TailByRef, step.State.Peek(i).ToString());
            }
        }
    }

    private static bool MayPointIntoFrame(VerificationType value)
    {
        return value.Kind == VerificationKind.ByRef || (value.Kind == VerificationKind.Value && TypeFacts.IsByRefLike(value.Type!));
    }
}
