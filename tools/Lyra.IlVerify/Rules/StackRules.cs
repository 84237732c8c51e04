using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Constants, arguments, locals and the stack itself.</summary>
internal static class StackRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(static _ => { }, Code.Nop, Code.Break);
        rows.Add(static step => step.Pop(), Code.Pop);
        rows.Add(Duplicate, Code.Dup);
        rows.Add(static step => step.Push(VerificationType.Int32),
            Code.Ldc_I4, Code.Ldc_I4_S, Code.Ldc_I4_M1, Code.Ldc_I4_0, Code.Ldc_I4_1, Code.Ldc_I4_2, Code.Ldc_I4_3, Code.Ldc_I4_4,
            Code.Ldc_I4_5,
            Code.Ldc_I4_6, Code.Ldc_I4_7, Code.Ldc_I4_8);
        rows.Add(static step => step.Push(VerificationType.Int64), Code.Ldc_I8);
        rows.Add(static step => step.Push(VerificationType.Float), Code.Ldc_R4, Code.Ldc_R8);
        rows.Add(static step => step.Push(VerificationType.Null), Code.Ldnull);
        rows.Add(static step => step.Push(step.Module.TypeSystem.String), Code.Ldstr);
        rows.Add(LoadArgument, Code.Ldarg, Code.Ldarg_S, Code.Ldarg_0, Code.Ldarg_1, Code.Ldarg_2, Code.Ldarg_3);
        rows.Add(StoreArgument, Code.Starg, Code.Starg_S);
        rows.Add(LoadArgumentAddress, Code.Ldarga, Code.Ldarga_S);
        rows.Add(LoadLocal, Code.Ldloc, Code.Ldloc_S, Code.Ldloc_0, Code.Ldloc_1, Code.Ldloc_2, Code.Ldloc_3);
        rows.Add(StoreLocal, Code.Stloc, Code.Stloc_S, Code.Stloc_0, Code.Stloc_1, Code.Stloc_2, Code.Stloc_3);
        rows.Add(LoadLocalAddress, Code.Ldloca, Code.Ldloca_S);
    }

    private static void Duplicate(Step step)
    {
        VerificationType top = step.Pop();
        step.Push(top);
        step.Push(top);
    }

    private static int Argument(Step step)
    {
        int index = step.Code switch
        {
            Code.Ldarg_0 => 0,
            Code.Ldarg_1 => 1,
            Code.Ldarg_2 => 2,
            Code.Ldarg_3 => 3,
            _ => step.Frame.ArgumentIndex(step.Instruction.Operand as ParameterDefinition),
        };
        return index < step.Frame.Arguments.Count ? index : -1;
    }

    private static int Local(Step step)
    {
        int index = step.Code switch
        {
            Code.Ldloc_0 or Code.Stloc_0 => 0,
            Code.Ldloc_1 or Code.Stloc_1 => 1,
            Code.Ldloc_2 or Code.Stloc_2 => 2,
            Code.Ldloc_3 or Code.Stloc_3 => 3,
            _ => (step.Instruction.Operand as VariableDefinition)?.Index ?? -1,
        };
        return index < step.Frame.Body.Variables.Count ? index : -1;
    }

    private static void LoadArgument(Step step)
    {
        int index = Argument(step);
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedArgumentNumber);
            step.Push(VerificationType.Unknown);
            return;
        }

        TypeReference type = step.Frame.Arguments[index];
        if (index == 0 && step.Frame.Method.HasThis)
        {
            step.Push(This(step, VerificationType.Of(type).With(step.Frame.MarksOfArgument(0))));
            return;
        }

        step.Push(type, step.Frame.MarksOfArgument(index));
    }

    private static VerificationType This(Step step, VerificationType type)
    {
        if (!step.Frame.MayReplaceThis)
        {
            type = type.With(TypeMarks.This);
        }

        return step.State.IsThisInitialized ? type : type.With(TypeMarks.Uninitialized);
    }

    /// <summary>As with locals, an argument that once holds a marked pointer is assumed to hold one everywhere.</summary>
    private static void StoreArgument(Step step)
    {
        int index = Argument(step);
        VerificationType value = step.Pop();
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedArgumentNumber);
            return;
        }

        if (index == 0 && step.Frame.MustInitializeThis)
        {
            step.Fail(VerifierError.ThisUninitUse);
        }

        if (value.Kind == VerificationKind.ByRef)
        {
            step.Frame.MarkArgument(index, value.Marks);
        }

        step.Expect(value.Without(TypeMarks.ReadOnly), VerificationType.Of(step.Frame.Arguments[index]));
    }

    private static void LoadArgumentAddress(Step step)
    {
        int index = Argument(step);
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedArgumentNumber);
            step.Push(VerificationType.Unknown);
            return;
        }

        if (index == 0 && step.Frame.MustInitializeThis)
        {
            step.Fail(VerifierError.ThisUninitUse);
        }

        PushAddress(step, step.Frame.Arguments[index]);
    }

    private static void PushAddress(Step step, TypeReference type)
    {
        type = TypeFacts.Strip(type);
        if (type is ByReferenceType)
        {
            step.Fail(VerifierError.ByrefOfByref, type.FullName);
            step.Push(VerificationType.Unknown);
            return;
        }

        step.Push(VerificationType.ByRef(type, TypeMarks.Local));
    }

    private static void LoadLocal(Step step)
    {
        int index = Local(step);
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedLocalNumber);
            step.Push(VerificationType.Unknown);
            return;
        }

        step.Push(step.Frame.Body.Variables[index].VariableType, step.Frame.MarksOfLocal(index));
    }

    /// <summary>A local that once holds a read-only pointer, or a pointer into its own frame, is assumed to hold one everywhere.</summary>
    private static void StoreLocal(Step step)
    {
        int index = Local(step);
        VerificationType value = step.Pop();
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedLocalNumber);
            return;
        }

        if (value.Kind == VerificationKind.ByRef)
        {
            step.Frame.MarkLocal(index, value.Marks);
        }

        step.Expect(value.Without(TypeMarks.ReadOnly), VerificationType.Of(step.Frame.Body.Variables[index].VariableType));
    }

    private static void LoadLocalAddress(Step step)
    {
        int index = Local(step);
        if (index < 0)
        {
            step.Fail(VerifierError.UnrecognizedLocalNumber);
            step.Push(VerificationType.Unknown);
            return;
        }

        PushAddress(step, step.Frame.Body.Variables[index].VariableType);
    }
}
