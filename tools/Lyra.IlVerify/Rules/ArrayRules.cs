using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>One-dimensional arrays; others are accessed by calls.</summary>
internal static class ArrayRules
{
    public static void AddTo(Dictionary<Code, RuleTable.Rule> rows)
    {
        rows.Add(NewArray, Code.Newarr);
        rows.Add(Length, Code.Ldlen);
        AddNumber(rows, Storage.Int8, VerificationType.Int32, Code.Stelem_I1, Code.Ldelem_I1, Code.Ldelem_U1);
        AddNumber(rows, Storage.Int16, VerificationType.Int32, Code.Stelem_I2, Code.Ldelem_I2, Code.Ldelem_U2);
        AddNumber(rows, Storage.Int32, VerificationType.Int32, Code.Stelem_I4, Code.Ldelem_I4, Code.Ldelem_U4);
        AddNumber(rows, Storage.Int64, VerificationType.Int64, Code.Stelem_I8, Code.Ldelem_I8);
        AddNumber(rows, Storage.NativeInt, VerificationType.NativeInt, Code.Stelem_I, Code.Ldelem_I);
        AddNumber(rows, Storage.Single, VerificationType.Float, Code.Stelem_R4, Code.Ldelem_R4);
        AddNumber(rows, Storage.Double, VerificationType.Float, Code.Stelem_R8, Code.Ldelem_R8);
        rows.Add(LoadReference, Code.Ldelem_Ref);
        rows.Add(StoreReference, Code.Stelem_Ref);
        rows.Add(LoadAny, Code.Ldelem_Any);
        rows.Add(StoreAny, Code.Stelem_Any);
        rows.Add(LoadAddress, Code.Ldelema);
    }

    private static void AddNumber(Dictionary<Code, RuleTable.Rule> rows, Storage storage, VerificationType value, Code store,
        params Code[] loads)
    {
        rows.Add(step => LoadNumber(step, storage, value), loads);
        rows.Add(step => StoreNumber(step, storage, value), store);
    }

    /// <summary>
    /// Whether the CLR provides a method with this name and signature for an array (II.14.2): its constructors and its accessors.
    /// </summary>
    public static bool HasMethod(ArrayType array, MethodReference method)
    {
        int count = method.Parameters.Count;
        bool isVoid = TypeFacts.IsNamed(method.ReturnType, "Void");
        return method.HasThis && method.Name switch
        {
            ".ctor" => isVoid && AreIndexes(method, count) && IsLengthCount(array, count),
            "Get" => count == array.Rank && AreIndexes(method, count) && TypeRelations.Same(method.ReturnType, array.ElementType),
            "Set" => isVoid && count == array.Rank + 1 && AreIndexes(method, count - 1)
                && TypeRelations.Same(method.Parameters[^1].ParameterType, array.ElementType),
            "Address" => count == array.Rank && AreIndexes(method, count)
                && TypeFacts.Strip(method.ReturnType) is ByReferenceType address
                && TypeRelations.Same(address.ElementType, array.ElementType),
            _ => false,
        };
    }

    private static bool AreIndexes(MethodReference method, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!TypeFacts.IsNamed(method.Parameters[i].ParameterType, "Int32"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A constructor takes the lengths of all dimensions, or also their lower bounds; that of a jagged array, the lengths of inner arrays.
    /// </summary>
    private static bool IsLengthCount(ArrayType array, int count)
    {
        if (!array.IsVector)
        {
            return count == array.Rank || count == 2 * array.Rank;
        }

        int depth = 1;
        while (array.ElementType is ArrayType { IsVector: true } inner)
        {
            array = inner;
            depth++;
        }

        return count >= 1 && count <= depth;
    }

    private static void PopIndex(Step step) => step.PopInto(VerificationType.NativeInt);

    /// <summary>Pops an array and returns its element type; null if it is unknown.</summary>
    private static TypeReference? PopArray(Step step)
    {
        VerificationType top = step.Pop();
        if (top.Kind is VerificationKind.Null or VerificationKind.Unknown)
        {
            return null;
        }

        if (top is { Kind: VerificationKind.Reference, Type: ArrayType { IsVector: true } array })
        {
            return array.ElementType;
        }

        step.Fail(VerifierError.ExpectedArray, top.ToString());
        return null;
    }

    private static void NewArray(Step step)
    {
        TypeReference element = (TypeReference)step.Instruction.Operand;
        PopIndex(step);
        if (TypeFacts.IsByRefLike(element) || element is ByReferenceType)
        {
            step.Fail(VerifierError.BoxByRef, element.FullName);
        }

        step.Push(VerificationType.Reference(new ArrayType(element)));
    }

    private static void Length(Step step)
    {
        PopArray(step);
        step.Push(VerificationType.NativeInt);
    }

    private static void LoadNumber(Step step, Storage storage, VerificationType value)
    {
        PopIndex(step);
        ExpectStorage(step, PopArray(step), storage);
        step.Push(value);
    }

    private static void StoreNumber(Step step, Storage storage, VerificationType value)
    {
        step.PopInto(value);
        PopIndex(step);
        ExpectStorage(step, PopArray(step), storage);
    }

    private static void ExpectStorage(Step step, TypeReference? element, Storage storage)
    {
        if (element is not null && TypeFacts.StorageOf(element) != storage)
        {
            step.Fail(VerifierError.StackUnexpected, $"ref '{element.FullName}[]'", $"array of {storage}");
        }
    }

    private static void LoadReference(Step step)
    {
        PopIndex(step);
        TypeReference? element = PopArray(step);
        ExpectReferences(step, element);
        step.Push(element is null ? VerificationType.Null : VerificationType.Of(element));
    }

    /// <summary>The CLR checks at run time whether the value fits the elements, so any object may be stored (III.4.27).</summary>
    private static void StoreReference(Step step)
    {
        step.PopReference();
        PopIndex(step);
        ExpectReferences(step, PopArray(step));
    }

    private static void ExpectReferences(Step step, TypeReference? element)
    {
        if (element is not null && VerificationType.Of(element).Kind != VerificationKind.Reference)
        {
            step.Fail(VerifierError.StackUnexpected, $"ref '{element.FullName}[]'", "array of references");
        }
    }

    private static void LoadAny(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        PopIndex(step);
        ExpectElement(step, PopArray(step), type, isExact: false);
        step.Push(type);
    }

    /// <summary>As for stelem.ref, the CLR checks objects at run time, so the elements may be of a supertype or a subtype.</summary>
    private static void StoreAny(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        step.PopInto(type);
        PopIndex(step);
        TypeReference? element = PopArray(step);
        if (element is null || !TypeRelations.IsReferenceSubtype(type, element))
        {
            ExpectElement(step, element, type, isExact: false);
        }
    }

    /// <summary>The address of an element of exactly this type, or, with the prefix readonly., of a subtype (III.4.9).</summary>
    private static void LoadAddress(Step step)
    {
        TypeReference type = (TypeReference)step.Instruction.Operand;
        bool isReadOnly = step.Prefix(Code.Readonly) is not null;
        PopIndex(step);
        ExpectElement(step, PopArray(step), type, isExact: !isReadOnly);
        step.Push(VerificationType.ByRef(type, isReadOnly ? TypeMarks.ReadOnly : TypeMarks.None));
    }

    private static void ExpectElement(Step step, TypeReference? element, TypeReference type, bool isExact)
    {
        if (element is null || TypeRelations.SameLocation(element, type))
        {
            return;
        }

        if (isExact || !TypeRelations.IsReferenceSubtype(element, type))
        {
            step.Fail(VerifierError.StackUnexpected, $"ref '{element.FullName}[]'", $"ref '{type.FullName}[]'");
        }
    }
}
