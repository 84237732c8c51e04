using System;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Lyra.IlVerify.Reading;

/// <summary>Checks the form of signatures (ECMA-335 II.23.2): their elements, their counts, and that no type contains itself.</summary>
internal sealed class SignatureCheck(MetadataReader metadata)
{
    private readonly bool[] _checked = new bool[metadata.GetTableRowCount(TableIndex.TypeSpec) + 1];

    public void CheckType(TypeSpecificationHandle type) => CheckSpecification(type, depth: 0);

    /// <summary>Checks the signature of a field, method, property or method instance, or of locals.</summary>
    public void Check(BlobHandle signature)
    {
        BlobReader blob = metadata.GetBlobReader(signature);
        byte header = blob.ReadByte();
        switch (header & 0x0F)
        {
            case 0x06:
                CheckType(ref blob, depth: 0);
                break;
            case 0x07 or 0x0A:
                CheckTypes(ref blob, ReadCount(ref blob), depth: 0);
                break;
            default:
                CheckMethod(ref blob, header, depth: 0);
                break;
        }
    }

    private static int ReadCount(ref BlobReader blob)
    {
        int count = blob.ReadCompressedInteger();
        return count <= blob.RemainingBytes ? count
            : throw new BadImageFormatException("a signature counts more elements than it contains");
    }

    private void CheckMethod(ref BlobReader blob, byte header, int depth)
    {
        if ((header & 0x10) != 0)
        {
            blob.ReadCompressedInteger();
        }

        int parameters = ReadCount(ref blob);
        CheckTypes(ref blob, parameters + 1, depth);
    }

    private void CheckTypes(ref BlobReader blob, int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            CheckType(ref blob, depth);
        }
    }

    private void CheckType(ref BlobReader blob, int depth)
    {
        if (depth > Damage.DeepestNesting)
        {
            throw new BadImageFormatException("a type in a signature is nested in itself or too deeply");
        }

        byte element = blob.ReadByte();
        switch (element)
        {
            case (>= 0x01 and <= 0x0E) or 0x16 or 0x18 or 0x19 or 0x1C:
                break;
            case 0x0F or 0x10 or 0x1D or 0x41 or 0x45:
                CheckType(ref blob, depth + 1);
                break;
            case 0x11 or 0x12:
                CheckToken(ref blob, depth);
                break;
            case 0x13 or 0x1E:
                blob.ReadCompressedInteger();
                break;
            case 0x14:
                CheckArray(ref blob, depth);
                break;
            case 0x15:
                blob.ReadByte();
                CheckToken(ref blob, depth);
                CheckTypes(ref blob, ReadCount(ref blob), depth + 1);
                break;
            case 0x1B:
                CheckMethod(ref blob, blob.ReadByte(), depth + 1);
                break;
            case 0x1F or 0x20:
                CheckToken(ref blob, depth);
                CheckType(ref blob, depth + 1);
                break;
            default:
                throw new BadImageFormatException($"a signature contains the undefined element 0x{element:X2}");
        }
    }

    private void CheckArray(ref BlobReader blob, int depth)
    {
        CheckType(ref blob, depth + 1);
        int rank = blob.ReadCompressedInteger();
        int sizes = ReadCount(ref blob);
        for (int i = 0; i < sizes; i++)
        {
            blob.ReadCompressedInteger();
        }

        int bounds = ReadCount(ref blob);
        for (int i = 0; i < bounds; i++)
        {
            blob.ReadCompressedSignedInteger();
        }

        if (rank is < 1 or > 32 || sizes > rank || bounds > rank)
        {
            throw new BadImageFormatException($"a signature contains an array of {rank} dimensions");
        }
    }

    private void CheckToken(ref BlobReader blob, int depth)
    {
        if (blob.ReadTypeHandle() is { Kind: HandleKind.TypeSpecification } type)
        {
            CheckSpecification((TypeSpecificationHandle)type, depth + 1);
        }
    }

    private void CheckSpecification(TypeSpecificationHandle type, int depth)
    {
        int row = MetadataTokens.GetRowNumber(type);
        if (row <= 0 || row >= _checked.Length || _checked[row])
        {
            return;
        }

        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification(type).Signature);
        CheckType(ref blob, depth);
        _checked[row] = true;
    }
}
