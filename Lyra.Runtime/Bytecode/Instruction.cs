using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// One instruction: 8 bytes, the opcode and three 16-bit operands; B and C together are one 32-bit operand where the opcode says so.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct Instruction
{
    /// <summary>The size of an instruction.</summary>
    public const int Bytes = 8;

    [FieldOffset(0)]
    public Opcode Op;

    [FieldOffset(2)]
    public ushort A;

    [FieldOffset(4)]
    public ushort B;

    [FieldOffset(6)]
    public ushort C;

    /// <summary>B and C as one signed operand.</summary>
    [FieldOffset(4)]
    public int Wide;

    /// <summary>All 64 bits, for equality and storage.</summary>
    [FieldOffset(0)]
    public ulong Raw;

    public Instruction(Opcode op, int a, int b, int c)
    {
        Unsafe.SkipInit(out this);
        Op = op;
        A = (ushort)a;
        B = (ushort)b;
        C = (ushort)c;
    }

    public Instruction(Opcode op, int a, int wide)
    {
        Unsafe.SkipInit(out this);
        Op = op;
        A = (ushort)a;
        Wide = wide;
    }

    public readonly short SignedB => (short)B;

    public readonly short SignedC => (short)C;
}
