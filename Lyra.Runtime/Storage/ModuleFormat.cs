using System;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Storage;

/// <summary>
/// The format of a stored module, written by <see cref="ModuleWriter"/> and read by <see cref="ModuleReader"/>. Everything is
/// little-endian.
/// <code>
/// header   magic "LYRC" · format version (4 bytes) · hash of the opcode table (8) · length of the body (8) · SHA-256 of the body (32)
/// body     source: file name, text · variables · externals · builtins · prototypes, children before their parents, main last
/// count    4 bytes, then the items
/// str      length in code units (4), 0 when each unit is one byte, else 1 and each unit is two
/// value    a byte of <see cref="ConstantTag"/>, then the payload
/// </code>
/// </summary>
internal static class ModuleFormat
{
    /// <summary>Must increase with each change of the body's layout or of the permitted contents of its tables.</summary>
    public const int Version = 7;

    public const int MagicLength = 4;
    public const int ChecksumLength = 32;
    public const int HeaderLength = MagicLength + 4 + 8 + 8 + ChecksumLength;

    private static readonly Lazy<ulong> LazyTableHash = new(ComputeTableHash);

    public static ReadOnlySpan<byte> Magic => "LYRC"u8;

    /// <summary>
    /// A hash of the names and operands of all opcodes, in order (FNV-1a). It detects code that was stored with another opcode table and
    /// would mean something else.
    /// </summary>
    public static ulong TableHash => LazyTableHash.Value;

    private static ulong ComputeTableHash()
    {
        ulong hash = 14695981039346656037;
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            foreach (char c in $"{row.Mnemonic} {row.Operands}\n")
            {
                hash = unchecked((hash ^ c) * 1099511628211);
            }
        }

        return hash;
    }
}
