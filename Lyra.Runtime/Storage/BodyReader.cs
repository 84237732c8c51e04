using System;
using System.Buffers.Binary;
using System.Numerics;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Storage;

/// <summary>
/// Reads the parts of a stored module, and never beyond its bytes. A count is accepted only if the remaining bytes could hold that many
/// items, so that a damaged count can't make the reader allocate.
/// </summary>
/// <param name="bytes">The stored bytes.</param>
/// <param name="meter">Counts what is made of them.</param>
internal sealed class BodyReader(byte[] bytes, WorkMeter meter)
{
    /// <summary>The bytes of the objects that are made of a stored byte, as measured with some MB of one construct each.</summary>
    private const long MadePerByte = 4;

    private int _position;

    public int Remaining => bytes.Length - _position;

    public static ModuleFormatException Damaged(string what) => new($"The stored module is damaged: {what}.");

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw Damaged("a flag is neither 0 nor 1"),
    };

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public TEnum Enum<TEnum>()
        where TEnum : struct, Enum
    {
        TEnum value = (TEnum)System.Enum.ToObject(typeof(TEnum), Byte());
        return System.Enum.IsDefined(value) ? value : throw Damaged($"a {typeof(TEnum).Name} is unknown");
    }

    /// <summary>Reads a number of items, each of which takes at least this many bytes.</summary>
    public int Count(int smallestItem)
    {
        int count = Int();
        return count >= 0 && count <= Remaining / smallestItem ? count : throw Damaged("a count is larger than what follows");
    }

    /// <summary>Reads a count and the items.</summary>
    public T[] Items<T>(int smallestItem, Func<BodyReader, T> read)
    {
        int count = Count(smallestItem);
        T[] items = count == 0 ? [] : new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    public string Text()
    {
        int length = Count(1);
        bool isWide = Flag();
        if (length > Remaining / (isWide ? 2 : 1))
        {
            throw Damaged("a text is longer than what follows");
        }

        ReadOnlySpan<byte> units = Take(isWide ? length * 2 : length);
        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = (char)(isWide ? BinaryPrimitives.ReadUInt16LittleEndian(units[(2 * i)..]) : units[i]);
        }

        return new string(text);
    }

    public BigInteger Big() => new(Take(Count(1)));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Damaged("it ends too early");
        }

        meter.Count(count * MadePerByte);
        ReadOnlySpan<byte> taken = bytes.AsSpan(_position, count);
        _position += count;
        return taken;
    }
}
