using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Storage;

namespace Lyra.Fuzz.Mutation;

/// <summary>
/// Mutates the bytes of a stored module. It usually corrects the length and the checksum afterwards, because the reader would otherwise
/// reject the module before reading the rest.
/// </summary>
internal static class ByteMutations
{
    private const int LengthAt = 16;
    private const int ChecksumAt = 24;

    private static readonly int[] Edges = [0, 1, -1, 2, 127, 128, 255, 256, 65_535, 65_536, int.MaxValue, int.MinValue, 4_096, 1 << 24];

    public static byte[] Apply(byte[] module, FuzzRandom random)
    {
        List<byte> bytes = [.. module];
        int count = random.Pick(1, 1, 1, 2, 3, 8);
        for (int i = 0; i < count; i++)
        {
            ApplyOne(bytes, random);
        }

        byte[] result = [.. bytes];
        if (!random.Chance(3) && result.Length >= ModuleFormat.HeaderLength)
        {
            BinaryPrimitives.WriteInt64LittleEndian(result.AsSpan(LengthAt), result.Length - ModuleFormat.HeaderLength);
            SHA256.HashData(result.AsSpan(ModuleFormat.HeaderLength), result.AsSpan(ChecksumAt));
        }

        return result;
    }

    private static void ApplyOne(List<byte> bytes, FuzzRandom random)
    {
        int at = Position(bytes, random);
        if (at >= bytes.Count)
        {
            bytes.Add((byte)random.Below(256));
            return;
        }

        switch (random.Below(8))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 2:
                bytes[at] = (byte)random.Below(256);
                break;
            case 3:
                bytes.Insert(at, (byte)random.Below(256));
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(random.Between(1, 9), bytes.Count - at));
                break;
            case 5:
                Overwrite(bytes, at, random.Chance(60) ? random.PickFrom(Edges) : random.Below(300));
                break;
            case 6:
                SwapWords(bytes, at, Position(bytes, random));
                break;
            default:
                Cut(bytes, at, random);
                break;
        }
    }

    /// <summary>Usually a position after the header.</summary>
    private static int Position(List<byte> bytes, FuzzRandom random) =>
        random.Chance(2) || bytes.Count <= ModuleFormat.HeaderLength ? random.Below(Math.Max(1, bytes.Count))
            : random.Between(ModuleFormat.HeaderLength, bytes.Count - 1);

    private static void Overwrite(List<byte> bytes, int at, int value)
    {
        for (int i = 0; i < sizeof(int) && at + i < bytes.Count; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * i));
        }
    }

    private static void SwapWords(List<byte> bytes, int first, int second)
    {
        for (int i = 0; i < sizeof(long) && first + i < bytes.Count && second + i < bytes.Count; i++)
        {
            (bytes[first + i], bytes[second + i]) = (bytes[second + i], bytes[first + i]);
        }
    }

    private static void Cut(List<byte> bytes, int at, FuzzRandom random)
    {
        if (random.Chance(50))
        {
            bytes.RemoveRange(at, bytes.Count - at);
            return;
        }

        bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Between(1, 64), bytes.Count - at)));
    }
}
