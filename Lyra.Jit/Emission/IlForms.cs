using System;
using System.Reflection.Emit;

namespace Lyra.Jit.Emission;

/// <summary>
/// The shortest encoding of each recorded instruction (ECMA-335 III.1.7.1). Buffers contain long forms only, so their readers handle one
/// form of each instruction. Branches stay long, because their distances are unknown while recording.
/// </summary>
internal static class IlForms
{
    private static readonly OpCode[] LoadLocal = [OpCodes.Ldloc_0, OpCodes.Ldloc_1, OpCodes.Ldloc_2, OpCodes.Ldloc_3];

    private static readonly OpCode[] StoreLocal = [OpCodes.Stloc_0, OpCodes.Stloc_1, OpCodes.Stloc_2, OpCodes.Stloc_3];

    private static readonly OpCode[] LoadArgument = [OpCodes.Ldarg_0, OpCodes.Ldarg_1, OpCodes.Ldarg_2, OpCodes.Ldarg_3];

    private static readonly OpCode[] LoadSmallInt =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3, OpCodes.Ldc_I4_4,
        OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    /// <summary>The opcode that replay writes; its operand type determines the operand's width.</summary>
    public static OpCode Shortest(in IlInstruction instruction) => instruction.Kind switch
    {
        IlOperandKind.Int => OfInt(instruction.OpCode, instruction.Int),
        IlOperandKind.Local => OfLocal(instruction.OpCode, instruction.Int),
        IlOperandKind.Argument => OfArgument(instruction.OpCode, instruction.Int),
        IlOperandKind.None or IlOperandKind.Long or IlOperandKind.Double or IlOperandKind.String or IlOperandKind.Label
            or IlOperandKind.Switch or IlOperandKind.Method or IlOperandKind.Field or IlOperandKind.Constructor
            or IlOperandKind.Type or IlOperandKind.Self => instruction.OpCode,
    };

    /// <summary>Bytes that replay writes for the instruction.</summary>
    public static int SizeOf(in IlInstruction instruction)
    {
        OpCode form = Shortest(instruction);
        return form.Size + form.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineBrTarget => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * instruction.Targets.Length),
            _ => 4,
        };
    }

    /// <summary>
    /// The branch that is taken when a conditional branch on ints or references is not. Floats have another one, because of NaN.
    /// </summary>
    /// <exception cref="ArgumentException">The opcode is none that guards use.</exception>
    public static OpCode Inverse(OpCode branch) =>
        branch == OpCodes.Brtrue ? OpCodes.Brfalse
        : branch == OpCodes.Brfalse ? OpCodes.Brtrue
        : branch == OpCodes.Beq ? OpCodes.Bne_Un
        : branch == OpCodes.Bne_Un ? OpCodes.Beq
        : branch == OpCodes.Blt ? OpCodes.Bge
        : branch == OpCodes.Bgt ? OpCodes.Ble
        : branch == OpCodes.Bge_Un ? OpCodes.Blt_Un
        : branch == OpCodes.Bgt_Un ? OpCodes.Ble_Un
        : throw new ArgumentException($"No guard ends with {branch}.", nameof(branch));

    /// <summary>Whether the opcode, in its long form, has an operand of this kind.</summary>
    public static bool HasOperand(OpCode opCode, IlOperandKind kind) => kind switch
    {
        IlOperandKind.None => opCode.OperandType == OperandType.InlineNone && !IsShortForm(opCode),
        IlOperandKind.Int => opCode == OpCodes.Ldc_I4,
        IlOperandKind.Long => opCode == OpCodes.Ldc_I8,
        IlOperandKind.Double => opCode == OpCodes.Ldc_R8,
        IlOperandKind.String => opCode == OpCodes.Ldstr,
        IlOperandKind.Local => opCode == OpCodes.Ldloc || opCode == OpCodes.Stloc || opCode == OpCodes.Ldloca,
        IlOperandKind.Argument => opCode == OpCodes.Ldarg || opCode == OpCodes.Starg || opCode == OpCodes.Ldarga,
        IlOperandKind.Label => opCode.OperandType == OperandType.InlineBrTarget && opCode != OpCodes.Leave,
        IlOperandKind.Switch => opCode == OpCodes.Switch,
        IlOperandKind.Method => opCode == OpCodes.Call || opCode == OpCodes.Callvirt,
        IlOperandKind.Field => opCode.OperandType == OperandType.InlineField,
        IlOperandKind.Constructor => opCode == OpCodes.Newobj || opCode == OpCodes.Call,
        IlOperandKind.Type => opCode.OperandType == OperandType.InlineType || opCode == OpCodes.Ldtoken,
        IlOperandKind.Self => opCode == OpCodes.Call,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of operand is unknown."),
    };

    private static bool IsShortForm(OpCode opCode) =>
        Contains(LoadLocal, opCode) || Contains(StoreLocal, opCode) || Contains(LoadArgument, opCode) || Contains(LoadSmallInt, opCode);

    /// <summary>As <see cref="Array.IndexOf(Array, object)"/>, which the CLR would compile for this type.</summary>
    private static bool Contains(OpCode[] forms, OpCode opCode)
    {
        foreach (OpCode form in forms)
        {
            if (form == opCode)
            {
                return true;
            }
        }

        return false;
    }

    private static OpCode OfInt(OpCode opCode, int value)
    {
        if (value is >= -1 and <= 8)
        {
            return LoadSmallInt[value + 1];
        }

        return value is >= sbyte.MinValue and <= sbyte.MaxValue ? OpCodes.Ldc_I4_S : opCode;
    }

    private static OpCode OfLocal(OpCode opCode, int index)
    {
        if (index > byte.MaxValue)
        {
            return opCode;
        }

        if (opCode == OpCodes.Ldloca)
        {
            return OpCodes.Ldloca_S;
        }

        bool loads = opCode == OpCodes.Ldloc;
        if (index < LoadLocal.Length)
        {
            return loads ? LoadLocal[index] : StoreLocal[index];
        }

        return loads ? OpCodes.Ldloc_S : OpCodes.Stloc_S;
    }

    private static OpCode OfArgument(OpCode opCode, int index)
    {
        if (index > byte.MaxValue)
        {
            return opCode;
        }

        if (opCode == OpCodes.Ldarg)
        {
            return index < LoadArgument.Length ? LoadArgument[index] : OpCodes.Ldarg_S;
        }

        return opCode == OpCodes.Starg ? OpCodes.Starg_S : OpCodes.Ldarga_S;
    }
}
