using System;
using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>
/// A change of one instruction, or of a declaration, of a valid method. Every method to which it applies becomes invalid.
/// </summary>
/// <param name="Name">What it does.</param>
/// <param name="Change">Makes the change and returns an action that undoes it; null if it does not apply.</param>
internal sealed record Mutation(string Name, Func<MethodDefinition, Instruction, Action?> Change)
{
    /// <summary>Instructions that accept several kinds of values, or that leave their operand on the stack.</summary>
    private static readonly HashSet<Code> Tolerant =
    [
        Code.Pop, Code.Dup, Code.Brtrue, Code.Brtrue_S, Code.Brfalse, Code.Brfalse_S, Code.Neg, Code.Ckfinite, Code.Nop, Code.Ceq,
        Code.Cgt_Un, Code.Beq,
        Code.Beq_S, Code.Bne_Un, Code.Bne_Un_S, Code.Box,
    ];

    /// <summary>
    /// Changes of types that no consumer can accept. A value is changed only if the next instruction consumes it and requires one kind of
    /// value or one class. To predict later uses of the value, the test would need the analysis that it tests.
    /// </summary>
    public static readonly Mutation[] All =
    [
        new("a load is dropped", static (_, i) => IsLoad(i) ? Replace(i, OpCodes.Nop, null) : null),
        new("a value becomes one of another kind", static (m, i) => IsLoad(i) && WantsOneKind(i.Next) ? LoadOtherKind(m, i) : null),
        new("an object becomes one of an unrelated class", static (m, i) => IsCast(i) && ExpectedClass(i.Next) is { } c
            ? Cast(m, i, Unrelated(m, c)) : null),
        new("a cast is dropped", static (m, i) => IsCast(i) && IsCastNeeded(m, i) ? Replace(i, OpCodes.Nop, null) : null),
        new("a box is dropped", static (_, i) => i.OpCode.Code == Code.Box && ExpectedClass(i.Next, allowsObject: true) is not null
            && IsBoxed(i)
            ? Replace(i, OpCodes.Nop, null)
            : null),
        new("a field is one of an unrelated class", static (m, i) => OtherField(m, i) is { } field ? Replace(i, i.OpCode, field) : null),
        new("an element is of another size", static (_, i) => OtherElement(i) is { } code ? Replace(i, code, null) : null),
        new("a method is called on an unrelated class", static (m, i) => OtherReceiver(m, i) is { } other ? Replace(i, i.OpCode, other)
            : null),
        new("a local is of another kind", ChangeLocal),
        new("a method returns another kind of value", ChangeResult),
        .. BranchMutation.All,
    ];

    private static Action Replace(Instruction instruction, OpCode code, object? operand)
    {
        (OpCode oldCode, object? oldOperand) = (instruction.OpCode, instruction.Operand);
        (instruction.OpCode, instruction.Operand) = (code, operand);
        return () => (instruction.OpCode, instruction.Operand) = (oldCode, oldOperand);
    }

    private static bool IsLoad(Instruction i) => i.OpCode.Code is
        >= Code.Ldarg_0
            and <= Code.Ldloc_3 or Code.Ldarg_S or Code.Ldarg or Code.Ldloc_S or Code.Ldloc or Code.Ldloca_S or Code.Ldloca or Code.Ldstr
        or Code.Ldnull or (>= Code.Ldc_I4_M1 and <= Code.Ldc_R8) or Code.Ldsfld;

    private static bool IsCast(Instruction i) => i.OpCode.Code == Code.Castclass;

    /// <summary>
    /// Whether an instruction consumes the topmost value and distinguishes objects from numbers: it does not accept the one in place of the
    /// other.
    /// </summary>
    private static bool WantsOneKind(Instruction? next)
    {
        if (next is null || Tolerant.Contains(next.OpCode.Code) || next.OpCode.Code.ToString().StartsWith("Conv", StringComparison.Ordinal))
        {
            return false;
        }

        return next.OpCode.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 => false,
            StackBehaviour.Varpop => Takes(next),
            _ => true,
        };
    }

    private static bool Takes(Instruction call) => call.Operand switch
    {
        MethodReference method => method.Parameters.Count > 0 || (method.HasThis && call.OpCode.Code != Code.Newobj),
        _ => false,
    };

    /// <summary>Replaces an object by a number, or a number by a string.</summary>
    private static Action LoadOtherKind(MethodDefinition method, Instruction i)
    {
        TypeReference? type = i.OpCode.Code switch
        {
            >= Code.Ldloc_0 and <= Code.Ldloc_3 => method.Body.Variables[i.OpCode.Code - Code.Ldloc_0].VariableType,
            Code.Ldloc_S or Code.Ldloc => ((VariableDefinition)i.Operand).VariableType,
            >= Code.Ldarg_0 and <= Code.Ldarg_3 => Argument(method, i.OpCode.Code - Code.Ldarg_0),
            Code.Ldarg_S or Code.Ldarg => ((ParameterDefinition)i.Operand).ParameterType,
            Code.Ldsfld => ((FieldReference)i.Operand).FieldType,
            _ => null,
        };
        bool isFloat = type is not null ? TypeFacts.StorageOf(type) is Storage.Single or Storage.Double
            : i.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8;
        return isFloat ? Replace(i, OpCodes.Ldstr, string.Empty) : Replace(i, OpCodes.Ldc_R8, 1.0);
    }

    private static TypeReference Argument(MethodDefinition method, int index)
    {
        return !method.HasThis ? method.Parameters[index].ParameterType : index == 0 ? method.DeclaringType
            : method.Parameters[index - 1].ParameterType;
    }

    /// <summary>
    /// The class that the next instruction requires of the topmost value; null if it requires none, an interface, or any object.
    /// </summary>
    private static TypeReference? ExpectedClass(Instruction? next, bool allowsObject = false)
    {
        TypeReference? expected = next?.Operand switch
        {
            MethodReference { Parameters.Count: > 0 } method => method.Parameters[^1].ParameterType,
            MethodReference { HasThis: true } method when next.OpCode.Code != Code.Newobj => method.DeclaringType,
            FieldReference field when next.OpCode.Code is Code.Stfld or Code.Stsfld => field.FieldType,
            FieldReference field when next.OpCode.Code is Code.Ldfld => field.DeclaringType,
            VariableDefinition local when next.OpCode.Code is Code.Stloc or Code.Stloc_S => local.VariableType,
            _ => null,
        };
        bool isClass = expected is not (null or GenericParameter or TypeSpecification) && !TypeFacts.IsValueType(expected)
            && !TypeFacts.IsInterface(expected);
        return isClass && (allowsObject || !TypeFacts.IsNamed(expected, "Object")) ? expected : null;
    }

    /// <summary>A class unrelated to another.</summary>
    private static TypeReference Unrelated(MethodDefinition method, TypeReference expected)
    {
        Type unrelated = expected.FullName == typeof(Version).FullName ? typeof(UriBuilder) : typeof(Version);
        return method.Module.ImportReference(unrelated);
    }

    private static Action Cast(MethodDefinition method, Instruction i, TypeReference to) =>
        Replace(i, OpCodes.Castclass, method.Module.ImportReference(to));

    /// <summary>Whether the operand of a cast is only known to be an object, which the next instruction does not accept.</summary>
    private static bool IsCastNeeded(MethodDefinition method, Instruction i)
    {
        TypeReference? given = i.Previous?.OpCode.Code switch
        {
            Code.Call or Code.Callvirt => ((MethodReference)i.Previous.Operand).ReturnType,
            Code.Ldfld or Code.Ldsfld => ((FieldReference)i.Previous.Operand).FieldType,
            Code.Ldloc_S => ((VariableDefinition)i.Previous.Operand).VariableType,
            Code.Ldarg_1 => Argument(method, 1),
            _ => null,
        };
        return TypeFacts.IsNamed(given, "Object") && ExpectedClass(i.Next) is not null;
    }

    /// <summary>Whether a box instruction changes the kind of the value; for a type parameter it might not.</summary>
    private static bool IsBoxed(Instruction box) => box.Operand is TypeReference and not GenericParameter;

    private static FieldReference? OtherField(MethodDefinition method, Instruction i)
    {
        if (i.OpCode.Code is not (Code.Ldfld or Code.Stfld or Code.Ldflda)
            || TypeFacts.IsValueType(((FieldReference)i.Operand).DeclaringType))
        {
            return null;
        }

        // A literal null is accepted as the owner of every field.
        return i.Previous?.OpCode.Code == Code.Ldnull ? null
            : method.Module.ImportReference(typeof(MutationTests).GetField(nameof(MutationTests.Foreign)));
    }

    private static OpCode? OtherElement(Instruction i) => i.OpCode.Code switch
    {
        Code.Ldelem_I4 or Code.Ldelem_U1 or Code.Ldelem_U2 or Code.Ldelem_I8 => OpCodes.Ldelem_R4,
        Code.Stelem_I4 or Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I8 => OpCodes.Stelem_R4,
        Code.Ldind_I4 or Code.Ldind_U1 or Code.Ldind_U2 or Code.Ldind_I8 or Code.Ldind_Ref => OpCodes.Ldind_R4,
        Code.Stind_I4 or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I8 or Code.Stind_Ref => OpCodes.Stind_R4,
        Code.Ldelem_Ref => OpCodes.Ldelem_I4,
        Code.Stelem_Ref => OpCodes.Stelem_I4,
        _ => null,
    };

    /// <summary>A replacement for a called method without parameters: a method of another class.</summary>
    private static MethodReference? OtherReceiver(MethodDefinition method, Instruction i)
    {
        bool isCall = i is { OpCode.Code: Code.Callvirt, Operand: MethodReference { HasThis: true, Parameters.Count: 0 } }
            && i.Previous?.OpCode.Code is not (Code.Ldnull or Code.Constrained);
        return isCall ? method.Module.ImportReference(typeof(MutationTests).GetMethod(nameof(MutationTests.Strange))) : null;
    }

    /// <summary>
    /// Changes the type of the local that the instruction stores to, so that it cannot hold the value. Null literals are skipped, because
    /// many types can hold them.
    /// </summary>
    private static Action? ChangeLocal(MethodDefinition method, Instruction i)
    {
        VariableDefinition? local = i.OpCode.Code switch
        {
            >= Code.Stloc_0 and <= Code.Stloc_3 => method.Body.Variables[i.OpCode.Code - Code.Stloc_0],
            Code.Stloc_S or Code.Stloc => (VariableDefinition)i.Operand,
            _ => null,
        };
        if (local is null)
        {
            return null;
        }

        TypeReference old = local.VariableType;
        bool isFloat = TypeFacts.StorageOf(old) is Storage.Single or Storage.Double;
        local.VariableType = isFloat ? method.Module.TypeSystem.String : method.Module.TypeSystem.Double;
        return () => local.VariableType = old;
    }

    /// <summary>Changes the type of the result at a return instruction, so that methods without one are not changed.</summary>
    private static Action? ChangeResult(MethodDefinition method, Instruction i)
    {
        if (i.OpCode.Code != Code.Ret || method.IsConstructor)
        {
            return null;
        }

        TypeReference old = method.ReturnType;
        bool isFloat = TypeFacts.StorageOf(old) is Storage.Single or Storage.Double;
        method.ReturnType = isFloat ? method.Module.TypeSystem.String : method.Module.TypeSystem.Double;
        return () => method.ReturnType = old;
    }
}
