using System;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Lyra.IlVerify.Reports;

namespace Lyra.IlVerify.Reading;

/// <summary>Checks the form of signatures (ECMA-335 II.23.2): their elements, their counts, and that no type contains itself.</summary>
internal sealed class SignatureCheck(MetadataReader metadata)
{
    /// <summary>The most types in a signature, with those inside the types that it names.</summary>
    private const int MostTypes = 2_000;

    /// <summary>The number of the last generic parameter that metadata can define (II.22.20).</summary>
    private const int LastParameter = ushort.MaxValue;

    /// <summary>The number of types in each named type, 0 before it is checked.</summary>
    private readonly int[] _sizes = new int[metadata.GetTableRowCount(TableIndex.TypeSpec) + 1];

    private int _types;

    public void CheckType(TypeSpecificationHandle type)
    {
        _types = 0;
        CheckSpecification(type, depth: 0);
    }

    /// <summary>Checks the signature of a field, method, property or method instance, or of locals.</summary>
    public void Check(BlobHandle signature)
    {
        _types = 0;
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

    /// <summary>Mono.Cecil creates all generic parameters up to this one.</summary>
    private static void ReadParameter(ref BlobReader blob)
    {
        int number = blob.ReadCompressedInteger();
        if (number > LastParameter)
        {
            throw new BadImageFormatException($"a signature contains the generic parameter {number}");
        }
    }

    private void CheckMethod(ref BlobReader blob, byte header, int depth)
    {
        if ((header & 0x10) != 0)
        {
            ReadParameter(ref blob);
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
        AddTypes(1);
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
                ReadParameter(ref blob);
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
        if (row <= 0 || row >= _sizes.Length)
        {
            return;
        }

        if (_sizes[row] > 0)
        {
            AddTypes(_sizes[row]);
            return;
        }

        int before = _types;
        BlobReader blob = metadata.GetBlobReader(metadata.GetTypeSpecification(type).Signature);
        CheckType(ref blob, depth);
        _sizes[row] = _types - before;
    }

    private void AddTypes(int count)
    {
        _types += count;
        if (_types > MostTypes)
        {
            throw new BadImageFormatException("a signature contains too many types");
        }
    }
}
