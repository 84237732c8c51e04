using System;
using System.Globalization;
using System.Security.Cryptography;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>digest</c>: digests of a str (of its bytes in UTF-8) or of bytes, as hexadecimal digits in lower case.
/// </summary>
/// <remarks>The CRC is that of ISO 3309, as in zlib, PNG and Python's <c>zlib.crc32</c>.</remarks>
internal static class DigestModule
{
    /// <summary>The reversed polynomial of CRC-32.</summary>
    private const uint Polynomial = 0xEDB88320;

    public static void Rows(RowReader rows)
    {
        rows.Row("md5(data)")?.Register(static (c, a) => Hash(c, a[0], "digest.md5", HashAlgorithmName.MD5), Restartable);
        rows.Row("sha1(data)")?.Register(static (c, a) => Hash(c, a[0], "digest.sha1", HashAlgorithmName.SHA1), Restartable);
        rows.Row("sha256(data)")?.Register(static (c, a) => Hash(c, a[0], "digest.sha256", HashAlgorithmName.SHA256), Restartable);
        rows.Row("sha512(data)")?.Register(static (c, a) => Hash(c, a[0], "digest.sha512", HashAlgorithmName.SHA512), Restartable);
        rows.Row("crc32(data)")?.Register(Crc32, Restartable);
        rows.Row("hmac(name, key, data)")?.Register(Hmac, Restartable);
    }

    private static Value Hash(ScriptContext context, in Value data, string proc, HashAlgorithmName name)
    {
        byte[] bytes = ByteData.Of(context, data, proc, "data");
        using IncrementalHash hash = IncrementalHash.CreateHash(name);
        return Finish(context, hash, bytes);
    }

    private static Value Hmac(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        HashAlgorithmName name = Argument.Text(arguments[0], "digest.hmac", "name") switch
        {
            "md5" => HashAlgorithmName.MD5,
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            "sha512" => HashAlgorithmName.SHA512,
            _ => throw Throw.ValueError("digest.hmac: 'name' must be \"md5\", \"sha1\", \"sha256\" or \"sha512\""),
        };
        byte[] key = ByteData.Of(context, arguments[1], "digest.hmac", "key");
        byte[] data = ByteData.Of(context, arguments[2], "digest.hmac", "data");
        using IncrementalHash hash = IncrementalHash.CreateHMAC(name, key);
        return Finish(context, hash, data);
    }

    private static Value Finish(ScriptContext context, IncrementalHash hash, ReadOnlySpan<byte> data)
    {
        context.Charge(data.Length >> 3);
        for (; data.Length > Pieces.Bytes; data = data[Pieces.Bytes..])
        {
            hash.AppendData(data[..Pieces.Bytes]);
            context.CheckClock();
        }

        hash.AppendData(data);
        return Make.Text(context, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private static Value Crc32(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        byte[] data = ByteData.Of(context, arguments[0], "digest.crc32", "data");
        context.Charge(data.Length);
        uint crc = uint.MaxValue;
        for (int i = 0; i < data.Length; i++)
        {
            crc ^= data[i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (Polynomial & (0 - (crc & 1)));
            }

            Pieces.Look(context, i);
        }

        return Make.Text(context, (~crc).ToString("x8", CultureInfo.InvariantCulture));
    }
}
