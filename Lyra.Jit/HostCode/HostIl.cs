using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;

namespace Lyra.Jit.HostCode;

/// <summary>
/// The IL of a short method of the host (ECMA-335, III), decoded up to the first instruction that no simple method has. There is none of
/// methods with exception blocks, of those that take a lock, and where code may be replaced while it runs (hot reload).
/// </summary>
internal sealed class HostIl
{
    /// <summary>Longer methods are not read, in bytes.</summary>
    private const int MaxLength = 256;

    private const string FromSameModule = "The token comes from the code of this module, which refers to what trimming has kept.";

    private readonly MethodBase _method;

    private HostIl(MethodBase method, MethodBody body, List<HostInstruction> instructions, bool isWhole)
    {
        _method = method;
        Locals = body.LocalVariables;
        Instructions = instructions;
        IsWhole = isWhole;
    }

    /// <summary>The instructions, without those that do nothing.</summary>
    public List<HostInstruction> Instructions { get; }

    public IList<LocalVariableInfo> Locals { get; }

    /// <summary>Whether all instructions were decoded.</summary>
    public bool IsWhole { get; }

    private Type[] TypeArguments => _method.DeclaringType?.GetGenericArguments() ?? [];

    private Type[] MethodArguments => _method.IsGenericMethod ? _method.GetGenericArguments() : [];

    /// <summary>The IL of a method; null when it has none, or is not simple.</summary>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "Whatever trimming makes of a body is what runs, and its IL tells what that is.")]
    public static HostIl? Of(MethodBase method)
    {
        bool isLocked = (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0;
        if (isLocked || method.DeclaringType is null || MetadataUpdater.IsSupported
            || method.GetMethodBody() is not { ExceptionHandlingClauses.Count: 0 } body || body.GetILAsByteArray() is not { } code
            || code.Length > MaxLength)
        {
            return null;
        }

        List<HostInstruction> instructions = [];
        int next = 0;
        while (next < code.Length)
        {
            if (Decode(code, ref next) is not { } instruction)
            {
                return new HostIl(method, body, instructions, isWhole: false);
            }

            if (instruction.Code != ILOpCode.Nop)
            {
                instructions.Add(instruction);
            }
        }

        return new HostIl(method, body, instructions, isWhole: true);
    }

    /// <summary>The method or constructor that a token stands for.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = FromSameModule)]
    public MethodBase? MethodOf(long token) => _method.Module.ResolveMethod((int)token, TypeArguments, MethodArguments);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = FromSameModule)]
    public FieldInfo? FieldOf(long token) => _method.Module.ResolveField((int)token, TypeArguments, MethodArguments);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = FromSameModule)]
    public Type TypeOf(long token) => _method.Module.ResolveType((int)token, TypeArguments, MethodArguments);

    /// <summary>Decodes the instruction at an offset; null when no simple method has it.</summary>
    private static HostInstruction? Decode(ReadOnlySpan<byte> code, ref int next)
    {
        int offset = next;
        ILOpCode op = (ILOpCode)code[next++];
        if ((int)op == 0xFE && next < code.Length)
        {
            op = (ILOpCode)(0xFE00 | code[next++]);
        }

        switch (op)
        {
            case >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3:
                return new(ILOpCode.Ldarg, (int)op - (int)ILOpCode.Ldarg_0, offset);
            case >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3:
                return new(ILOpCode.Ldloc, (int)op - (int)ILOpCode.Ldloc_0, offset);
            case >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3:
                return new(ILOpCode.Stloc, (int)op - (int)ILOpCode.Stloc_0, offset);
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8:
                return new(ILOpCode.Ldc_i4, (int)op - (int)ILOpCode.Ldc_i4_0, offset);
            case ILOpCode.Ldarg_s or ILOpCode.Ldarga_s or ILOpCode.Ldloc_s or ILOpCode.Ldloca_s or ILOpCode.Stloc_s:
                return new(LongOf(op), code[next++], offset);
            case ILOpCode.Ldc_i4_s:
                return new(ILOpCode.Ldc_i4, (sbyte)code[next++], offset);
            case >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s:
                int distance = (sbyte)code[next++];
                return new((ILOpCode)(op - ILOpCode.Br_s + (int)ILOpCode.Br), next + distance, offset);
            case >= ILOpCode.Br and <= ILOpCode.Blt_un:
                long target = Int32(code, ref next);
                return new(op, next + target, offset);
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Ldstr or ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld
                or ILOpCode.Ldsfld or ILOpCode.Stsfld or ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Box
                or ILOpCode.Ldelem:
                return new(op, Int32(code, ref next), offset);
            case ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8:
                long bits = BinaryPrimitives.ReadInt64LittleEndian(code[next..]);
                next += sizeof(long);
                return new(op, bits, offset);
            default:
                return IsPlain(op) ? new(op, 0, offset) : null;
        }
    }

    private static int Int32(ReadOnlySpan<byte> code, ref int next)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(code[next..]);
        next += sizeof(int);
        return value;
    }

    private static ILOpCode LongOf(ILOpCode op) => op switch
    {
        ILOpCode.Ldarg_s => ILOpCode.Ldarg,
        ILOpCode.Ldarga_s => ILOpCode.Ldarga,
        ILOpCode.Ldloc_s => ILOpCode.Ldloc,
        ILOpCode.Ldloca_s => ILOpCode.Ldloca,
        _ => ILOpCode.Stloc,
    };

    /// <summary>Whether an operation has no operand, and the analysis knows it.</summary>
    private static bool IsPlain(ILOpCode op) => op is ILOpCode.Nop or ILOpCode.Ldnull or ILOpCode.Dup or ILOpCode.Pop or ILOpCode.Ret
        or ILOpCode.Throw or ILOpCode.Ldlen
        || HostOperations.IsArithmetic(op) || HostOperations.IsConversion(op) || HostOperations.IsElementLoad(op)
        || HostOperations.IsElementStore(op) || HostOperations.IsIndirectLoad(op) || HostOperations.IsIndirectStore(op);
}
