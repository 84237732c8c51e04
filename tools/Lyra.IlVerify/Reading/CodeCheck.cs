using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Lyra.IlVerify.Reports;
using Mono.Cecil.Cil;
using OpCode = Mono.Cecil.Cil.OpCode;
using OpCodes = Mono.Cecil.Cil.OpCodes;
using OperandType = Mono.Cecil.Cil.OperandType;

namespace Lyra.IlVerify.Reading;

/// <summary>An error in the bytes of a method's code.</summary>
/// <param name="Error">The error.</param>
/// <param name="Offset">The offset of the instruction.</param>
/// <param name="OpCode">Its encoding; null if the error belongs to no instruction.</param>
internal sealed record CodeError(VerifierError Error, int Offset, string? OpCode);

/// <summary>
/// Checks that code divides into instructions, and that exception regions begin and end at them. Mono.Cecil reads undefined opcodes as
/// nops, operands from behind the end of the code, and a switch of any length.
/// </summary>
internal static class CodeCheck
{
    private const int Prefix = 0xFE;

    /// <summary>The instructions by encoding, those with a prefix behind the others; null for an undefined one.</summary>
    private static readonly OpCode?[] Codes = MakeCodes();

    /// <summary>Checks all methods; returns the first error of each, by the method's token.</summary>
    public static Dictionary<int, CodeError> Check(PEReader file, MetadataReader metadata)
    {
        Dictionary<int, CodeError> errors = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            bool isCode = (method.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL;
            if (isCode && method.RelativeVirtualAddress != 0 && Check(file, method.RelativeVirtualAddress) is { } error)
            {
                errors[MetadataTokens.GetToken(handle)] = error;
            }
        }

        return errors;
    }

    private static OpCode?[] MakeCodes()
    {
        OpCode?[] codes = new OpCode?[512];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            OpCode code = (OpCode)field.GetValue(null)!;
            codes[(code.Size == 2 ? 256 : 0) + code.Op2] = code;
        }

        return codes;
    }

    private static CodeError? Check(PEReader file, int address)
    {
        try
        {
            MethodBodyBlock body = file.GetMethodBody(address);
            BlobReader code = body.GetILReader();
            HashSet<int> starts = [code.Length];
            while (code.RemainingBytes > 0)
            {
                starts.Add(code.Offset);
                if (Skip(ref code) is { } error)
                {
                    return error;
                }
            }

            return AreAt(starts, body.ExceptionRegions) ? null : new CodeError(VerifierError.EHClauseOutOfRange, 0, null);
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            return new CodeError(VerifierError.BadMetadata, 0, null);
        }
    }

    /// <summary>Skips an instruction; returns its error, null if it is defined and complete.</summary>
    private static CodeError? Skip(ref BlobReader code)
    {
        int offset = code.Offset;
        int encoding = code.ReadByte();
        string name = $"0x{encoding:X2}";
        if (encoding == Prefix)
        {
            if (code.RemainingBytes == 0)
            {
                return new CodeError(VerifierError.MethodEnd, offset, name);
            }

            int second = code.ReadByte();
            encoding = 256 + second;
            name += $"{second:X2}";
        }

        if (Codes[encoding] is not { } defined)
        {
            return new CodeError(VerifierError.UnknownOpcode, offset, name);
        }

        long size = SizeOf(defined.OperandType);
        if (defined.OperandType == OperandType.InlineSwitch && code.RemainingBytes >= size)
        {
            size = 4L * code.ReadUInt32();
        }

        if (size > code.RemainingBytes)
        {
            return new CodeError(VerifierError.MethodEnd, offset, defined.Name);
        }

        code.Offset += (int)size;
        return null;
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar or OperandType.ShortInlineArg => 1,
        OperandType.InlineVar or OperandType.InlineArg => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static bool AreAt(HashSet<int> starts, ImmutableArray<ExceptionRegion> regions)
    {
        foreach (ExceptionRegion region in regions)
        {
            bool isAt = starts.Contains(region.TryOffset) && starts.Contains(region.TryOffset + region.TryLength)
                && starts.Contains(region.HandlerOffset) && starts.Contains(region.HandlerOffset + region.HandlerLength)
                && (region.Kind != ExceptionRegionKind.Filter || starts.Contains(region.FilterOffset));
            if (!isAt)
            {
                return false;
            }
        }

        return true;
    }
}
