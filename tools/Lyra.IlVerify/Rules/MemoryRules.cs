using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>Loads and stores through managed pointers.</summary>
internal static class MemoryRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        AddNumber(rows, Storage.Int8, VerificationType.Int32, Code.Stind_I1, Code.Ldind_I1, Code.Ldind_U1);
        AddNumber(rows, Storage.Int16, VerificationType.Int32, Code.Stind_I2, Code.Ldind_I2, Code.Ldind_U2);
        AddNumber(rows, Storage.Int32, VerificationType.Int32, Code.Stind_I4, Code.Ldind_I4, Code.Ldind_U4);
        AddNumber(rows, Storage.Int64, VerificationType.Int64, Code.Stind_I8, Code.Ldind_I8);
        AddNumber(rows, Storage.NativeInt, VerificationType.NativeInt, Code.Stind_I, Code.Ldind_I);
        AddNumber(rows, Storage.Single, VerificationType.Float, Code.Stind_R4, Code.Ldind_R4);
        AddNumber(rows, Storage.Double, VerificationType.Float, Code.Stind_R8, Code.Ldind_R8);
        rows.Add(LoadReference, Code.Ldind_Ref);
        rows.Add(StoreReference, Code.Stind_Ref);
        rows.Add(LoadObject, Code.Ldobj);
        rows.Add(StoreObject, Code.Stobj);
        rows.Add(CopyObject, Code.Cpobj);
        rows.Add(static step => ExpectPointerTo(step, step.PopByRef(isWritten: true), (TypeReference)step.Instruction.Operand, false),
            Code.Initobj);
        rows.Add(static step => step.Push(VerificationType.Int32), Code.Sizeof);
    }

    private static void AddNumber(Dictionary<Code, RuleTable.Rule> rows, Storage storage, VerificationType value, Code store,
        params Code[] loads)
    {
        rows.Add(step => LoadNumber(step, storage, value), loads);
        rows.Add(step => StoreNumber(step, storage, value), store);
    }

    private static void LoadNumber(Step step, Storage storage, VerificationType value)
    {
        ExpectStorage(step, step.PopByRef(isWritten: false), storage);
        step.Push(value);
    }

    private static void StoreNumber(Step step, Storage storage, VerificationType value)
    {
        step.PopInto(value);
        ExpectStorage(step, step.PopByRef(isWritten: true), storage);
    }

    private static void ExpectStorage(Step step, VerificationType pointer, Storage storage)
    {
        if (!pointer.IsUnknown && TypeFacts.StorageOf(pointer.Type!) != storage)
        {
            step.Fail(VerifierError.StackUnexpected, pointer.ToString(), $"address of {storage}");
        }
    }

    private static void LoadReference(Step step)
    {
        VerificationType pointer = step.PopByRef(isWritten: false);
        ExpectReferenceLocation(step, pointer);
        step.Push(pointer.IsUnknown ? VerificationType.Unknown : VerificationType.Of(pointer.Type!));
    }

    private static void StoreReference(Step step)
    {
        VerificationType value = step.PopReference();
        VerificationType pointer = step.PopByRef(isWritten: true);
        ExpectReferenceLocation(step, pointer);
        if (!pointer.IsUnknown)
        {
            step.Expect(value, VerificationType.Of(pointer.Type!));
        }
    }

    private static void ExpectReferenceLocation(Step step, VerificationType pointer)
    {
        if (!pointer.IsUnknown && VerificationType.Of(pointer.Type!).Kind != VerificationKind.Reference)
        {
            step.Fail(VerifierError.StackUnexpected, pointer.ToString(), "address of a reference");
        }
    }

    private static void LoadObject(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        VerificationType pointer = step.PopByRef(isWritten: false);
        ExpectPointerTo(step, pointer, type, !pointer.IsUnknown && TypeRelations.IsReferenceSubtype(pointer.Type!, type));
        step.Push(type);
    }

    private static void StoreObject(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        step.PopInto(type);
        PopDestination(step, type);
    }

    private static void CopyObject(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        VerificationType source = step.PopByRef(isWritten: false);
        ExpectPointerTo(step, source, type, !source.IsUnknown && TypeRelations.IsReferenceSubtype(source.Type!, type));
        PopDestination(step, type);
    }

    /// <summary>An object may be stored in a location of a supertype (III.4.29).</summary>
    private static void PopDestination(Step step, TypeReference type)
    {
        VerificationType pointer = step.PopByRef(isWritten: true);
        ExpectPointerTo(step, pointer, type, !pointer.IsUnknown && TypeRelations.IsReferenceSubtype(type, pointer.Type!));
    }

    private static void ExpectPointerTo(Step step, VerificationType pointer, TypeReference type, bool isCompatible)
    {
        if (!isCompatible && !pointer.IsUnknown && !TypeRelations.SameLocation(pointer.Type!, type))
        {
            step.Fail(VerifierError.StackUnexpected, pointer.ToString(), VerificationType.ByRef(type).ToString());
        }
    }
}
