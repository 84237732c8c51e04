using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>The stack effect of each instruction (ECMA-335 III.3 and III.4): the rules of all families, by opcode.</summary>
internal static class RuleTable
{
    internal delegate void Rule(Step step);

    private static readonly Dictionary<Code, Rule> Rows = MakeRows();

    public static void Apply(Step step)
    {
        if (Rows.TryGetValue(step.Code, out Rule? rule))
        {
            rule(step);
            return;
        }

        step.Fail(VerifierError.UnknownOpcode);
    }

    /// <summary>Adds one rule for several opcodes.</summary>
    public static void Add(this Dictionary<Code, Rule> rows, Rule rule, params Code[] codes)
    {
        foreach (Code code in codes)
        {
            rows.Add(code, rule);
        }
    }

    private static Dictionary<Code, Rule> MakeRows()
    {
        Dictionary<Code, Rule> rows = [];
        StackRules.AddTo(rows);
        NumericRules.AddTo(rows);
        FlowRules.AddTo(rows);
        MemoryRules.AddTo(rows);
        ArrayRules.AddTo(rows);
        ObjectRules.AddTo(rows);
        FieldRules.AddTo(rows);
        CallRules.AddTo(rows);
        PrefixRules.AddTo(rows);
        rows.Add(Unverifiable, Code.Cpblk, Code.Initblk, Code.Localloc, Code.Jmp, Code.Arglist, Code.No, Code.Mkrefany, Code.Refanyval,
            Code.Refanytype);
        return rows;
    }

    /// <summary>Instructions that no rule makes safe. Their stack effect is applied nevertheless.</summary>
    private static void Unverifiable(Step step)
    {
        step.Fail(VerifierError.Unverifiable);
        int taken = step.Code switch
        {
            Code.Cpblk or Code.Initblk => 3,
            Code.Localloc or Code.Mkrefany or Code.Refanyval or Code.Refanytype => 1,
            _ => 0,
        };
        for (int i = 0; i < taken; i++)
        {
            step.Pop();
        }

        if (step.Code == Code.Localloc)
        {
            step.Push(VerificationType.NativeInt);
        }
        else if (step.Code is Code.Arglist or Code.Mkrefany or Code.Refanyval or Code.Refanytype)
        {
            step.Push(VerificationType.Unknown);
        }
    }
}
