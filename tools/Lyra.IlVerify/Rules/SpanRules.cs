using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify.Rules;

/// <summary>
/// Spans over constant data: <c>ldsflda data; ldc.i4 count; newobj ReadOnlySpan(void*, int)</c>. No rule of ECMA-335 makes this safe, but
/// compilers emit it for every constant span. It is accepted if the elements are within the data and no branch enters the sequence.
/// </summary>
internal static class SpanRules
{
    /// <summary>Pops the two arguments if they match the pattern; otherwise returns false and pops nothing.</summary>
    public static bool TryPopData(Step step, MethodReference constructor)
    {
        if (constructor is not { Name: ".ctor", Parameters: [{ ParameterType: PointerType }, _], DeclaringType: GenericInstanceType span }
            || !TypeFacts.IsNamed(span.ElementType, "ReadOnlySpan`1"))
        {
            return false;
        }

        Instruction? count = step.Instruction.Previous;
        Instruction? address = count?.Previous;
        if (count is null || address is not { OpCode.Code: Code.Ldsflda, Operand: FieldReference field }
            || Constant(count) is not { } elements || !step.IsReachedThrough(2))
        {
            return false;
        }

        int size = SizeOf(span.GenericArguments[0]);
        byte[]? data = Members.Find(field) is { IsInitOnly: true } definition ? definition.InitialValue : null;
        if (data is null || size == 0 || elements < 0 || (long)elements * size > data.Length)
        {
            return false;
        }

        step.Pop();
        step.Pop();
        return true;
    }

    private static int? Constant(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I4 => (int)instruction.Operand,
        _ => null,
    };

    private static int SizeOf(TypeReference element) => TypeFacts.StorageOf(element) switch
    {
        Storage.Int8 => 1,
        Storage.Int16 => 2,
        Storage.Int32 or Storage.Single => 4,
        Storage.Int64 or Storage.Double => 8,
        _ => 0,
    };
}
